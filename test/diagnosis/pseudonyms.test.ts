import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import {
  bits,
  contains,
  type Family,
  formatAddress,
  network,
  parseAddress,
  parsePrefix,
} from "#core/addresses/address.ts";
import { diagnoseSaved } from "#core/diagnosis/diagnosis.ts";
import { AddressPseudonyms } from "#core/diagnosis/pseudonyms/addresses.ts";
import { pseudonymised } from "#core/diagnosis/pseudonyms/pseudonyms.ts";
import type { Saved } from "#core/diagnosis/saved.ts";
import { savedDiagnoses } from "./saved.ts";

/** A coin that falls the same way in every run. */
function coin(seed: number): () => boolean {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state > 1_073_741_824;
  };
}

/** The same with what clusters of companies have: load balancers of a cloud, doors with names, and a search list of their own. */
function named(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(named);
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, named(one)]));
  if (Array.isArray(fields.search)) fields.search.push("eu.corp.acme-internal.example");
  if (typeof fields.spec === "object" && fields.spec !== null && "clusterIPs" in fields.spec) {
    const ingress = [{ hostname: "k8s-acmeshop-0a1b.elb.eu-west-1.amazonaws.com" }, { hostname: "lb.acme.example" }];
    Object.assign(fields, { status: { loadBalancer: { ingress } } });
    Object.assign(fields.spec, { rules: [{ host: "*.shop.acme.example" }], externalName: "acmedb.example.com" });
  }
  return fields;
}

describe("a diagnosis under pseudonyms", () => {
  for (const [name, { subject, outside, observations, proves }] of savedDiagnoses())
    it(`says the same, and nothing of whose it was: ${name}`, async () => {
      const whole: Saved = {
        kind: "kube-ipv6-diagnosis",
        format: 1,
        context: "acme-prod",
        startedAt: 0,
        took: 0,
        execs: 0,
        subject: { ...subject, ...(outside.length > 0 ? { outside } : {}) },
        observations: observations.map((one) => ({
          asked: one.id,
          command: "acme-prod n1",
          line: "fd00:10:244:1::11",
          ...(named(one) as typeof one),
        })),
      };
      const made = await pseudonymised(whole, coin(name.length));
      assert.ok(made, "its verdicts are as they were");
      assert.equal((await diagnoseSaved(made)).first?.cause ?? "", proves);
      const text = JSON.stringify(made);
      assert.deepEqual(text.match(/acme|\bn[12]-p\d\b|(?<![\w-])n[123](?![\w-])|fd00:10:|10\.(?:244|96)\./g), null);
    });
});

describe("addresses under pseudonyms", () => {
  const address = fc.oneof(
    fc.bigInt(0n, 2n ** 32n - 1n).map((value) => ({ family: "IPv4" as Family, value })),
    fc.bigInt(0n, 2n ** 128n - 1n).map((value) => ({ family: "IPv6" as Family, value })),
    fc.bigInt(0n, 2n ** 60n).map((value) => ({ family: "IPv6" as Family, value: (0xfdn << 120n) | (value << 20n) })),
    fc.bigInt(0n, 2n ** 60n).map((value) => ({ family: "IPv6" as Family, value: (0x2a01n << 112n) | (value << 40n) })),
  );

  it("share prefixes of the same length, and only those", () => {
    fc.assert(
      fc.property(address, address, fc.integer(), (a, b, seed) => {
        fc.pre(a.family === b.family && !/ff:fe/.test(formatAddress(a) + formatAddress(b)));
        const all = new AddressPseudonyms(coin(Math.abs(seed)));
        const [one, other] = [a, b].map((each) => parseAddress(all.in(formatAddress(each)))?.value ?? -1n);
        assert.equal(common(one ?? 0n, other ?? 0n, a.family), common(a.value, b.value, a.family));
      }),
    );
  });

  it("of a prefix have no bits beyond its length where it had none, and hold what it held", () => {
    fc.assert(
      fc.property(address, fc.nat(128), fc.integer(), ({ family, value }, some, seed) => {
        const length = some % (bits(family) + 1);
        const held = { family, value, leadingZeros: false };
        const whole = network({ address: held, length, leadingZeros: false });
        const all = new AddressPseudonyms(coin(Math.abs(seed)));
        const prefix = parsePrefix(all.in(`${formatAddress(whole.address)}/${length}`));
        const inside = parseAddress(all.in(formatAddress(held)));
        assert.ok(prefix && inside && contains(prefix, inside));
      }),
    );
  });

  it("are the same where they are everybody's, and another card's where a card made them", () => {
    const all = new AddressPseudonyms(() => true);
    const known =
      "::1 :: fe80::1 ff02::1 ff02::1:ff00:1 2001:db8::7 127.0.0.1 169.254.20.10 64:ff9b::/96 12:34:56 1.36.0 a:b";
    assert.equal(all.in(known), known);
    assert.equal(
      all.in("52:54:00:12:34:56 fe80::5054:ff:fe12:3456 ff02::1:ff12:3456"),
      "52:54:00:ff:ff:ff fe80::5054:ff:feff:ffff ff02::1:ffff:ffff",
    );
    assert.equal(all.in("64:ff9b::8.8.8.8").startsWith("64:ff9b::"), true);
    for (const text of ["10.1.2.3:80", "10.1.2.3.", "10.1.2.3-10.1.2.9", "a=10.1.2.3/24,"])
      assert.doesNotMatch(all.in(text), /10\.1\.2/);
    assert.notEqual(all.in("[2a01:4f8:1::5]:443, 8.8.8.8"), "[2a01:4f8:1::5]:443, 8.8.8.8");
  });
});

/** How many leading bits two addresses share. */
function common(a: bigint, b: bigint, family: Family): number {
  const differs = a ^ b;
  return differs === 0n ? bits(family) : bits(family) - differs.toString(2).length;
}
