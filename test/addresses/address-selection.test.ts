import assert from "node:assert/strict";
import { test } from "node:test";
import { firstFamily, type Resolver } from "#core/addresses/address-selection.ts";

const four = { to: "198.51.100.1", from: "10.244.1.11" };
const ula = "fd00:10:244:1::11";
const gua = "2a01:4f8::11";

const global = "2a00:1450::1";
const service = "fd00:10:96::80";

// Measured for glibc 2.36 with getaddrinfo, and as Go's and musl's tables say: who comes first, and by which rule.
const measured: readonly (readonly [
  what: string,
  to: string,
  from: string | undefined,
  glibc: string,
  others: string,
])[] = [
  ["a unique local pod to a global address", global, ula, "IPv4 5", "IPv4 5"],
  ["a unique local pod to a unique local address", service, ula, "IPv6 6", "IPv4 6"],
  ["a global pod to a unique local Service", service, gua, "IPv4 5", "IPv4 5"],
  ["a global pod to a global address", global, gua, "IPv6 6", "IPv6 6"],
  ["a pod without a way over IPv6", global, undefined, "IPv4 1", "IPv4 1"],
  ["a pod with a link-local address only", global, "fe80::1", "IPv4 2", "IPv4 2"],
];

for (const [what, to, from, glibc, others] of measured)
  test(`${what}: who comes first, and by which rule`, () => {
    const wanted: Record<Resolver, string> = { glibc, musl: others, Go: others };
    for (const [resolver, expected] of Object.entries(wanted)) {
      const choice = firstFamily({ to, from }, four, resolver as Resolver);
      assert.equal(`${choice?.family} ${/^rule (\d)/.exec(choice?.because ?? "")?.[1]}`, expected, resolver);
    }
  });

test("nobody comes first where neither can be reached, or an address is none", () => {
  assert.equal(firstFamily({ to: gua, from: undefined }, { ...four, from: undefined }, "Go"), undefined);
  assert.equal(firstFamily({ to: "nonsense", from: gua }, four, "Go"), undefined);
});
