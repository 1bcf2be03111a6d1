import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { KubeObject } from "#core/cluster/cluster.ts";
import { decide, decider, type PolicyFlow, summarizePolicies } from "#core/policy/policy.ts";
import { outside, pod } from "./support.ts";

const peer = fc.oneof(
  fc
    .constantFrom("::/0", "0.0.0.0/0", "10.0.0.0/8", "fd00::/8", "2606:4700::/32")
    .map((cidr) => ({ ipBlock: { cidr } })),
  fc.constantFrom({ podSelector: {} }, { podSelector: { matchLabels: { app: "db" } } }, { namespaceSelector: {} }),
);
const port = fc.constantFrom({ port: 443 }, { port: 1, endPort: 500 }, { protocol: "UDP" }, { port: "sql" });
const rule = fc.record(
  { to: fc.array(peer, { maxLength: 3 }), ports: fc.array(port, { maxLength: 2 }) },
  { requiredKeys: [] },
);
const egress = fc.array(rule, { maxLength: 3 });

const kubernetes = egress.map((rules) => ({
  apiVersion: "networking.k8s.io/v1",
  kind: "NetworkPolicy",
  metadata: { name: "x", namespace: "default" },
  spec: { podSelector: {}, policyTypes: ["Egress"], egress: rules },
}));

const ciliumRule = fc.record(
  {
    toEntities: fc.array(fc.constantFrom("world", "world-ipv4", "world-ipv6", "cluster", "all"), { maxLength: 2 }),
    toCIDR: fc.array(fc.constantFrom("::/0", "10.0.0.0/8", "2606:4700::/32"), { maxLength: 2 }),
    toPorts: fc.constantFrom([{ ports: [{ port: "443" }] }], [{ ports: [{ port: "53", protocol: "UDP" }] }]),
  },
  { requiredKeys: [] },
);
const cilium = fc
  .record(
    { egress: fc.array(ciliumRule, { maxLength: 2 }), egressDeny: fc.array(ciliumRule, { maxLength: 1 }) },
    { requiredKeys: ["egress"] },
  )
  .map((spec) => ({
    apiVersion: "cilium.io/v2",
    kind: "CiliumNetworkPolicy",
    metadata: { name: "c", namespace: "default" },
    spec: { endpointSelector: {}, ...spec },
  }));

const web = pod("default", "web", "{app: web}");
const db = pod("default", "db", "{app: db}", {
  containerPorts: [{ name: "sql", containerPort: 5432, protocol: "TCP" }],
});
const flow: fc.Arbitrary<PolicyFlow> = fc
  .record({
    family: fc.constantFrom("IPv4" as const, "IPv6" as const),
    out: fc.boolean(),
    protocol: fc.constantFrom("TCP" as const, "UDP" as const),
    port: fc.constantFrom(53, 443, 5432),
  })
  .map(({ family, out, protocol, port: number }) => ({
    from: web,
    to: out ? outside[family] : db,
    family,
    protocol,
    port: number,
  }));

const ruling = (policies: readonly unknown[], asked: PolicyFlow) => decide(policies as KubeObject[], asked).ruling;

test("several NetworkPolicies allow what one of them allows alone", () => {
  fc.assert(
    fc.property(fc.array(kubernetes, { minLength: 1, maxLength: 4 }), flow, (policies, asked) => {
      const alone = policies.map((policy) => ruling([policy], asked));
      assert.equal(ruling(policies, asked), alone.includes("allowed") ? "allowed" : "denied");
    }),
  );
});

test("objects that are read once give the same decisions", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(cilium, kubernetes), { maxLength: 3 }), fc.array(flow), (given, flows) => {
      const decideOne = decider(given as unknown as KubeObject[]);
      assert.deepEqual(
        flows.map(decideOne),
        flows.map((one) => decide(given as unknown as KubeObject[], one)),
      );
    }),
  );
});

test("the order of objects makes no difference where nothing has an order", () => {
  const policies = fc.oneof(
    fc.array(kubernetes, { maxLength: 4 }),
    fc.array(fc.oneof(cilium, kubernetes), { maxLength: 4 }),
  );
  fc.assert(
    fc.property(policies, flow, (given, asked) => {
      assert.equal(ruling(given.toReversed(), asked), ruling(given, asked));
    }),
  );
});

test("a summary that says everything or nothing agrees with every decision", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(cilium, kubernetes), { maxLength: 3 }), flow, (given, asked) => {
      const { kind } = summarizePolicies(given as unknown as KubeObject[]).egress[asked.family];
      if (kind === "everything") assert.equal(ruling(given, asked), "allowed");
      if (kind === "nothing") assert.equal(ruling(given, asked), "denied");
    }),
    { numRuns: 300 },
  );
});
