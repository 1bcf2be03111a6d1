import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { causes } from "#core/causes/index.ts";
import type { KubeObject } from "#core/cluster/cluster.ts";
import type { Cause } from "#core/judging/cause.ts";
import { keepConfigMap, keepDaemonSet, keepNode, keepPod, keepSpec } from "#core/probing/redact.ts";
import { type CauseId, type Given, judge } from "./case.ts";
import { exampleOf } from "./example.ts";
import * as seen from "./observed.ts";

const keepers: readonly (readonly [RegExp, (object: KubeObject) => KubeObject])[] = [
  [/^pods?( |$)/, keepPod],
  [/^nodes$/, keepNode],
  [/^daemon-sets$/, keepDaemonSet],
  [/^config-map( |$)/, keepConfigMap],
  [/^(services?|endpoint-slices|network-policies|policies|namespace|calico-pools|calico-felix)( |$)/, keepSpec],
];

/** The case as a report keeps it: each object through what leaves out all that nobody reads. */
function kept({ pods, nodes, services, seen: all = {}, ...dialled }: Given): Given {
  const through = (name: string, value: unknown): unknown => {
    const keep = keepers.find(([pattern]) => pattern.test(name))?.[1];
    if (!keep || typeof value !== "object" || value === null || "refusal" in value) return value;
    const one = (object: object) => keep({ metadata: { name: "x" }, ...object } as KubeObject);
    return Array.isArray(value) ? value.map(one) : one(value);
  };
  return {
    ...dialled,
    ...(pods ? { pods: pods.map(keepPod) } : {}),
    ...(nodes ? { nodes: nodes.map(keepNode) } : {}),
    ...(services ? { services: services.map(keepSpec) } : {}),
    seen: Object.fromEntries(Object.entries(all).map(([name, value]) => [name, through(name, value)])),
  };
}

describe("what a report keeps of objects", () => {
  for (const id of Object.keys(causes) as CauseId[])
    it(`is all that ${id} reads: it says the same of it`, () => {
      const given = exampleOf(id);
      // What a proof rests on are the objects themselves.
      const { rests: _, died: _died, ...said } = judge(id, given);
      const { rests: _kept, died: _diedKept, ...saidOfKept } = judge(id, kept(given));
      assert.equal(said.status, (causes[id] as Cause).unprovable ? "possible" : "proven");
      assert.deepEqual(saidOfKept, said);
    });

  const agent = (name: string, ...env: object[]) => ({
    metadata: { name, namespace: "kube-system" },
    spec: { template: { spec: { containers: [{ env }] } } },
  });
  const elsewhere = { configMapKeyRef: { name: "calico-config", key: "ip6" } };
  const silent = [{ outcome: "timeout", ms: 2000 }] as const;
  for (const [id, name] of [
    ["calico-ip6-autodetection", "IP6"],
    ["calico-felix-ipv6-off", "FELIX_IPV6SUPPORT"],
  ] as const)
    it(`${id}: a variable from a ConfigMap is not known, which is neither set nor not set`, () => {
      const sets = [agent("calico-node", { name, valueFrom: elsewhere })];
      const given = { "daemon-sets": sets, "calico-felix": [], routes: seen.routes(seen.staticDefault) };
      const { status, because } = judge(id, kept({ dials: silent, seen: given }));
      assert.equal(status, "unknown", because);
      assert.match(because, /not kept/);
    });

  it("cilium-ipv6-disabled: a value that is not kept is not known", () => {
    const given = exampleOf("cilium-ipv6-disabled");
    const config = { data: { "enable-ipv6": "x".repeat(300) } };
    const { status, because } = judge(
      "cilium-ipv6-disabled",
      kept({ ...given, seen: { ...given.seen, "config-map": config } }),
    );
    assert.equal(status, "unknown", because);
  });
});
