import assert from "node:assert/strict";
import { test } from "node:test";
import { firstFamily, type Resolver } from "#core/addresses/address-selection.ts";

const four = { to: "198.51.100.1", from: "10.244.1.11" };
const ula = "fd00:10:244:1::11";
const gua = "2a01:4f8::11";

// Measured for glibc 2.36 with getaddrinfo, and as Go's and musl's tables say.
const measured: readonly (readonly [string, { to: string; from: string | undefined }, Record<Resolver, string>])[] = [
  [
    "a unique local pod to a global address",
    { to: "2a00:1450::1", from: ula },
    { glibc: "IPv4 5", musl: "IPv4 5", Go: "IPv4 5" },
  ],
  [
    "a unique local pod to a unique local address",
    { to: "fd00:10:96::80", from: ula },
    { glibc: "IPv6 6", musl: "IPv4 6", Go: "IPv4 6" },
  ],
  [
    "a global pod to a unique local Service",
    { to: "fd00:10:96::80", from: gua },
    { glibc: "IPv4 5", musl: "IPv4 5", Go: "IPv4 5" },
  ],
  [
    "a global pod to a global address",
    { to: "2a00:1450::1", from: gua },
    { glibc: "IPv6 6", musl: "IPv6 6", Go: "IPv6 6" },
  ],
  [
    "a pod without a way over IPv6",
    { to: "2a00:1450::1", from: undefined },
    { glibc: "IPv4 1", musl: "IPv4 1", Go: "IPv4 1" },
  ],
  [
    "a pod with a link-local address only",
    { to: "2a00:1450::1", from: "fe80::1" },
    { glibc: "IPv4 2", musl: "IPv4 2", Go: "IPv4 2" },
  ],
];

for (const [what, six, wanted] of measured)
  test(`${what}: who comes first, and by which rule`, () => {
    for (const [resolver, expected] of Object.entries(wanted)) {
      const choice = firstFamily(six, four, resolver as Resolver);
      assert.equal(`${choice?.family} ${/^rule (\d)/.exec(choice?.because ?? "")?.[1]}`, expected, resolver);
    }
  });

test("nobody comes first where neither can be reached, or an address is none", () => {
  assert.equal(firstFamily({ to: gua, from: undefined }, { ...four, from: undefined }, "Go"), undefined);
  assert.equal(firstFamily({ to: "nonsense", from: gua }, four, "Go"), undefined);
});
