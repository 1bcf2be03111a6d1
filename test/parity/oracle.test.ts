import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { KubeObject } from "#core/cluster/cluster.ts";
import { withEdit } from "#core/parity/edit.ts";
import type { Instance, Parity } from "#core/parity/model.ts";
import { parityOf } from "#core/parity/parity.ts";
import { decider } from "#core/policy/policy.ts";
import { anyhow, type Objects, paired, pods, policySets } from "./generated.ts";
import { flows, truthOf } from "./oracle.ts";

const numRuns = Number(process.env.FC_RUNS ?? 30);
const nameOf = ({ namespace, name }: { namespace: string; name?: string }) => `${namespace}/${name}`;

/** What the finder says, in the oracle's words. */
function keysOf({ differences }: Parity): Set<string> {
  const keys = new Set<string>();
  for (const { instances, direction, open } of differences)
    for (const { subject, peer, traffic } of instances)
      for (const pod of subject.groups.flatMap((group) => group.pods))
        for (const who of peer.pods ?? [undefined])
          for (const [protocol, port] of flows)
            if (
              who !== pod &&
              traffic.some((one) => one.protocol === protocol && one.first <= port && port <= one.last)
            )
              keys.add(
                `${nameOf(pod)} ${direction} ${who ? `pod ${nameOf(who)}` : peer.text} ${open} ${protocol}:${port}`,
              );
  return keys;
}

test("the differences are those of every address of the lattice and every port, asked one by one", () => {
  fc.assert(
    fc.property(policySets(anyhow), (policies) => {
      assert.deepEqual([...keysOf(parityOf([...policies, ...pods]))].sort(), [...truthOf(policies, pods)].sort());
    }),
    { numRuns },
  );
});

test("each witness is what decide says of its two flows", () => {
  fc.assert(
    fc.property(policySets(anyhow), (policies) => {
      const judge = decider([...policies, ...pods]);
      for (const { instances, direction, open } of parityOf([...policies, ...pods]).differences)
        for (const instance of instances)
          for (const family of ["IPv4", "IPv6"] as const) {
            const ruling = rulingOf(instance, judge, family)[direction].ruling;
            assert.equal(ruling, family === open ? "allowed" : "denied", JSON.stringify(instance.peer));
          }
    }),
    { numRuns },
  );
});

function rulingOf(
  { subject, pod, peer, traffic }: Instance,
  judge: ReturnType<typeof decider>,
  family: "IPv4" | "IPv6",
) {
  const [first] = traffic;
  assert.ok(first);
  const ends = subject.direction === "egress" ? { from: pod, to: peer[family] } : { from: peer[family], to: pod };
  const ping = family === "IPv4" ? "ICMP" : "ICMPv6";
  const protocol = first.protocol === "ping" ? ping : first.protocol;
  return judge({ ...ends, family, protocol, ...(first.protocol === "ping" ? {} : { port: first.first }) });
}

test("sets that say of both families the same differ in nothing", () => {
  fc.assert(
    fc.property(policySets(paired, { symmetric: true }), (policies) => {
      assert.deepEqual([...keysOf(parityOf([...policies, ...pods]))], []);
    }),
    { numRuns },
  );
});

test("one ::/0 less makes one difference, or none where other rules make up for it", () => {
  let made = 0;
  fc.assert(
    fc.property(policySets(paired, { symmetric: true, passes: false }), fc.nat(), (policies, which) => {
      const places = anySix(policies);
      if (places.length === 0) return;
      const mutated = places[which % places.length]?.() as Objects;
      const { differences } = parityOf([...mutated, ...pods]);
      const truth = truthOf(mutated, pods);
      assert.equal(
        differences.length,
        truth.size > 0 ? 1 : 0,
        JSON.stringify(differences.map((d) => [d.open, d.divergence])),
      );
      made += differences.length;
    }),
    { numRuns },
  );
  assert.ok(made > 0);
});

/** For each `::/0` of a set the set without it. */
function anySix(policies: Objects): (() => Objects)[] {
  const found: (() => Objects)[] = [];
  const walk = (value: unknown, path: readonly (string | number)[]): void => {
    if (Array.isArray(value))
      for (const [index, item] of value.entries()) {
        if (isAny(item)) found.push(() => without(policies, [...path, index]));
        walk(item, [...path, index]);
      }
    else if (typeof value === "object" && value !== null)
      for (const [key, item] of Object.entries(value)) walk(item, [...path, key]);
  };
  walk(policies, []);
  return found;
}

function isAny(item: unknown): boolean {
  return item === "::/0" || (item as { ipBlock?: { cidr?: string } })?.ipBlock?.cidr === "::/0";
}

/** A rule that has no prefix left goes as a whole: an empty list would mean everybody. */
function without(policies: Objects, path: readonly (string | number)[]): Objects {
  const copy = JSON.parse(JSON.stringify(policies)) as KubeObject[];
  const up = [...path];
  for (;;) {
    const index = up.pop();
    const parent = up.reduce<unknown>((value, step) => (value as Record<string | number, unknown>)[step], copy);
    if (Array.isArray(parent)) {
      parent.splice(Number(index), 1);
      if (parent.length > 0 || up.at(-1) === "ingress" || up.at(-1) === "egress" || up.length === 0) return copy;
    }
  }
}

test("an edit makes its difference go", () => {
  let tried = 0;
  fc.assert(
    fc.property(policySets(paired, { symmetric: true, passes: false }), fc.nat(), (policies, which) => {
      const places = anySix(policies);
      if (places.length === 0) return;
      const mutated = places[which % places.length]?.() as Objects;
      const [difference] = parityOf([...mutated, ...pods]).differences;
      if (!difference?.edit || !difference.source) return;
      const { edit, source } = difference;
      const mended = mutated.map((policy) => (policy === source ? withEdit(policy, edit) : policy));
      assert.deepEqual([...keysOf(parityOf([...mended, ...pods]))], [], JSON.stringify(edit));
      tried++;
    }),
    { numRuns },
  );
  assert.ok(tried > 0);
});
