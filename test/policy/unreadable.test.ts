import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import type { KubeObject } from "#core/cluster/cluster.ts";
import { decide, explainDecision, policiesFor, policyHover, selects, summarizePolicies } from "#core/policy/policy.ts";
import { decides, objects, outside, pod } from "./support.ts";

const web = pod("default", "web", "{app: web}");

describe("a policy of a kind that is not understood", () =>
  decides("{apiVersion: crd.antrea.io/v1beta1, kind: ClusterNetworkPolicy, metadata: {name: a}, spec: {}}", {
    "leaves everything open": {
      from: web,
      to: outside,
      IPv4: /ClusterNetworkPolicy a .* not understood/,
      IPv6: /not understood/,
    },
  }));

describe("what the API server would refuse is not guessed at:", () => {
  const refused = (ingress: string) => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: x}
spec: {podSelector: {}, ingress: ${ingress}}
`;
  const cases = {
    "an address for a prefix": ['[{from: [{ipBlock: {cidr: "2001:db8::1"}}, {}]}]', /no API server accepts/],
    "an IPv4-mapped prefix": ['[{from: [{ipBlock: {cidr: "::ffff:10.0.0.0/104"}}]}]', /no API server accepts/],
    "a selector that is a number": ["[{from: [{podSelector: 3}]}]", /3 is no label selector/],
    "a selector that forgets matchLabels": ["[{from: [{podSelector: {app: web}}]}]", /no field "app"/],
    "a protocol it does not support": ["[{ports: [{protocol: ICMP}]}]", /"ICMP", and only TCP, UDP and SCTP/],
    "a prefix beside a selector": [
      '[{from: [{ipBlock: {cidr: "::/0"}, podSelector: {}}]}]',
      /both ipBlock and another peer/,
    ],
    "a rule that is a word": ["[everybody]", /ingress\[0\] does not have the shape/],
    "peers that are no list": ["[{from: everybody}]", /ingress\[0\]\.from does not have the shape/],
    "ports that are no mappings": ["[{ports: [443]}]", /ingress\[0\]\.ports does not have the shape/],
  } as const;
  for (const [name, [ingress, why]] of Object.entries(cases)) {
    decides(refused(ingress), { [name]: { from: outside, to: web, IPv4: why, IPv6: why } });
  }
  decides(refused("[null]"), {
    "but null is an empty rule": { from: outside, to: web, IPv4: "allowed", IPv6: "allowed" },
  });
});

test("objects in a List count as if they stood alone, and other objects do not matter", () => {
  const given = objects(`
kind: List
apiVersion: v1
items:
  - {apiVersion: v1, kind: ConfigMap, metadata: {name: c}}
  - apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata: {name: x, namespace: default}
    spec: {podSelector: {}, policyTypes: [Ingress]}
`);
  const flow = { from: outside.IPv6, to: web, family: "IPv6", protocol: "TCP", port: 1 } as const;
  assert.equal(decide(given, flow).ruling, "denied");
  assert.equal(policiesFor(given, web).length, 1);
});

const kinds = [
  ["networking.k8s.io/v1", "NetworkPolicy"],
  ["policy.networking.k8s.io/v1alpha1", "AdminNetworkPolicy"],
  ["policy.networking.k8s.io/v1alpha2", "ClusterNetworkPolicy"],
  ["projectcalico.org/v3", "NetworkPolicy"],
  ["projectcalico.org/v3", "GlobalNetworkPolicy"],
  ["cilium.io/v2", "CiliumNetworkPolicy"],
  ["cilium.io/v2", "CiliumClusterwideNetworkPolicy"],
] as const;

/** Real field names over values of any shape, so that the readers are reached and then surprised. */
const fields =
  "spec specs podSelector namespaceSelector matchLabels matchExpressions key operator values policyTypes types ingress egress ingressDeny egressDeny from to ports port endPort protocol protocols ipBlock cidr except tier priority subject namespaces pods nodes networks domainNames tcp destinationPort number range portNumber order selector action source destination nets notNets notSelector notPorts serviceAccounts ipVersion icmp icmps type endpointSelector fromEndpoints toEndpoints toCIDR toCIDRSet cidrGroupRef fromEntities toEntities toPorts toFQDNs enableDefaultDeny".split(
    " ",
  );
const scalars = fc.oneof(
  fc.constantFrom(
    ...fields,
    "Allow",
    "Deny",
    "Pass",
    "In",
    "Exists",
    "Ingress",
    "Egress",
    "TCP",
    "::/0",
    "10.0.0.0/8",
    "app == 'web'",
    "(((",
    "!",
    "world-ipv6",
    "__proto__",
  ),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  // What cannot be made a text of.
  fc.constant({ toString: 1, valueOf: 1 }),
);
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 7, withCrossShrink: true },
    scalars,
    fc.dictionary(fc.constantFrom(...fields), tie("tree"), { maxKeys: 6 }),
    fc.array(tie("tree"), { maxLength: 3 }),
  ),
}));
const policies = fc.array(
  fc.record({
    kind: fc.constantFrom(...kinds),
    metadata: fc.oneof(fc.constant({ name: "x", namespace: "default" }), tree),
    spec: fc.oneof(fc.dictionary(fc.constantFrom(...fields), tree), tree),
  }),
  { maxLength: 3 },
);

test("no policy makes it throw, and every ruling has its reason", () => {
  fc.assert(
    fc.property(policies, fc.constantFrom("IPv4" as const, "IPv6" as const), (drawn, family) => {
      const given = drawn.map(
        ({ kind: [apiVersion, kind], metadata, spec }) =>
          ({ apiVersion, kind, metadata, spec }) as unknown as KubeObject,
      );
      const decision = decide(given, { from: web, to: outside[family], family, protocol: "TCP", port: 443 });
      for (const one of [decision.egress, decision.ingress]) {
        assert.ok(one.why.includes(family));
        assert.equal(one.ruling === "unknown", one.unknownBecause !== undefined);
        if (one.ruling === "denied") assert.ok(one.decidedBy);
      }
      assert.ok(explainDecision(decision).includes(decision.ruling));
      summarizePolicies(given, web);
      for (const policy of given) assert.equal(selects(policy, web), policiesFor([policy], web).length > 0);
      for (const policy of given) assert.ok(policyHover(policy).startsWith("| | IPv4 | IPv6 |"));
    }),
    { numRuns: 300 },
  );
});

test("what stands in a list of objects may be anything", () => {
  fc.assert(
    fc.property(fc.array(fc.anything()), (given) => {
      decide(given as KubeObject[], { from: web, to: outside.IPv6, family: "IPv6", protocol: "TCP" });
      summarizePolicies(given as KubeObject[]);
    }),
    { numRuns: 200 },
  );
});
