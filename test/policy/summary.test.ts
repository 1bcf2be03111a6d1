import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { decide, explainDecision, policyHover, selects, summarizePolicies } from "#core/policy/policy.ts";
import { objects, outside, pod } from "./support.ts";

const networkPolicy = (spec: string) => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: x, namespace: default}
spec: ${spec}
`;
const calico = (spec: string) => `
apiVersion: projectcalico.org/v3
kind: GlobalNetworkPolicy
metadata: {name: g}
spec: ${spec}
`;
const cilium = (spec: string) => `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: {name: c, namespace: default}
spec: ${spec}
`;

/** The lines for ingress and egress, and what DNS may do over IPv4 and IPv6. */
const cases: Readonly<Record<string, readonly [string, readonly [string, string], readonly [string, string]]>> = {
  "one prefix of each family": [
    networkPolicy(
      '{podSelector: {}, policyTypes: [Ingress, Egress], ingress: [{from: [{ipBlock: {cidr: "2001:db8::/32"}}, {ipBlock: {cidr: 10.0.0.0/8}}]}], egress: [{to: [{ipBlock: {cidr: "2001:db8::/32"}}, {ipBlock: {cidr: 0.0.0.0/0}}]}]}',
    ),
    ["ingress: IPv4 10.0.0.0/8; IPv6 2001:db8::/32", "egress: IPv4 anywhere; IPv6 2001:db8::/32"],
    ["allowed", "unknown"],
  ],
  "IPv6 only": [
    networkPolicy(
      '{podSelector: {}, policyTypes: [Ingress, Egress], ingress: [{from: [{ipBlock: {cidr: "::/0"}}]}], egress: [{to: [{ipBlock: {cidr: "::/0"}}]}]}',
    ),
    ["ingress: IPv4 nothing; IPv6 anyone", "egress: IPv4 nothing; IPv6 anywhere"],
    ["denied", "allowed"],
  ],
  "an exception": [
    networkPolicy(
      "{podSelector: {}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8]}}]}]}",
    ),
    ["ingress: anyone, IPv4 and IPv6 (not limited)", "egress: IPv4 0.0.0.0/0 except 10.0.0.0/8; IPv6 nothing"],
    ["unknown", "denied"],
  ],
  "selectors hold for both families": [
    networkPolicy(
      "{podSelector: {}, egress: [{to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}, podSelector: {matchLabels: {k8s-app: kube-dns}}}], ports: [{protocol: UDP, port: dns}]}]}",
    ),
    [
      "ingress: IPv4 and IPv6 nothing",
      "egress: IPv4 and IPv6 pods k8s-app=kube-dns of namespaces kubernetes.io/metadata.name=kube-system (UDP dns)",
    ],
    ["allowed", "allowed"],
  ],
  "egress without DNS": [
    networkPolicy(
      "{podSelector: {}, policyTypes: [Egress], egress: [{to: [{podSelector: {}}], ports: [{port: 443}, {port: 8000, endPort: 8010}]}]}",
    ),
    [
      "ingress: anyone, IPv4 and IPv6 (not limited)",
      "egress: IPv4 and IPv6 all pods of default (TCP 443, TCP 8000-8010)",
    ],
    ["denied", "denied"],
  ],
  "everything beside something": [
    networkPolicy("{podSelector: {}, ingress: [{from: [{podSelector: {}}], ports: [{port: 1}]}, {}]}"),
    ["ingress: IPv4 and IPv6 anyone", "egress: anywhere, IPv4 and IPv6 (not limited)"],
    ["allowed", "allowed"],
  ],
  "Calico: a rule for each family": [
    calico(
      `{selector: all(), types: [Egress], egress: [{action: Deny, destination: {nets: ["2001:db8::/32"]}}, {action: Allow, ipVersion: 6}, {action: Allow, protocol: UDP, destination: {ports: [53]}}, {action: Allow, protocol: ICMP}]}`,
    ),
    [
      "ingress: anyone, IPv4 and IPv6 (not limited)",
      "egress: IPv4 anywhere (UDP 53); anywhere (ICMP); IPv6 not 2001:db8::/32; everything else",
    ],
    ["allowed", "unknown"],
  ],
  "Cilium: entities and a denied prefix": [
    cilium(
      '{endpointSelector: {}, egress: [{toEntities: [world-ipv4]}, {toCIDR: ["2000::/3"]}], egressDeny: [{toCIDR: ["2001:db8::/32"]}]}',
    ),
    [
      "ingress: anyone, IPv4 and IPv6 (not limited)",
      "egress: IPv4 entity world-ipv4; IPv6 not outside the cluster 2001:db8::/32; outside the cluster 2000::/3",
    ],
    ["denied", "denied"],
  ],
  "an admin policy isolates nobody": [
    `
apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata: {name: a}
spec: {tier: Admin, priority: 1, subject: {namespaces: {}}, egress: [{action: Deny, to: [{networks: ["::/0"]}]}]}
`,
    ["ingress: anyone, IPv4 and IPv6 (not limited)", "egress: IPv4 anywhere; IPv6 nothing"],
    ["allowed", "denied"],
  ],
};

describe("what a policy allows", () => {
  for (const [name, [policy, lines, dns]] of Object.entries(cases))
    test(name, () => {
      const summary = summarizePolicies(objects(policy));
      assert.deepEqual(summary.lines, lines);
      assert.deepEqual([summary.dns.IPv4, summary.dns.IPv6], dns);
    });
});

test("policies of one pod add up; those that select other pods do not count", () => {
  const given = [
    ...objects(
      networkPolicy(
        '{podSelector: {matchLabels: {app: web}}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: "::/0"}}]}]}',
      ),
    ),
    ...objects(
      networkPolicy("{podSelector: {}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0}}]}]}"),
    ),
  ];
  assert.deepEqual(
    summarizePolicies(given, pod("default", "web", "{app: web}")).lines[1],
    "egress: IPv4 and IPv6 anywhere",
  );
  assert.deepEqual(
    summarizePolicies(given, pod("default", "db", "{app: db}")).lines[1],
    "egress: IPv4 anywhere; IPv6 nothing",
  );
  assert.deepEqual(
    given.map((policy) => selects(policy, pod("default", "db", "{app: db}"))),
    [false, true],
  );
});

test("each allowed peer knows where it is written, and in which families", () => {
  const [policy] = objects(
    networkPolicy('{podSelector: {}, ingress: [{from: [{podSelector: {}}, {ipBlock: {cidr: "2001:db8::/32"}}]}]}'),
  );
  const { peers } = summarizePolicies([policy as never]).ingress.IPv6;
  assert.deepEqual(
    peers.map(({ path, families, text }) => ({ path, families, text })),
    [
      { path: "spec.ingress[0].from[0].podSelector", families: ["IPv4", "IPv6"], text: "all pods of default" },
      { path: "spec.ingress[0].from[1].ipBlock.cidr", families: ["IPv6"], text: "2001:db8::/32" },
    ],
  );
});

test("a tier that was not given makes the summary unknown instead of wrong", () => {
  assert.equal(
    summarizePolicies(objects(calico("{tier: far, selector: all(), types: [Egress]}"))).egress.IPv6.kind,
    "unknown",
  );
});

test("what a server would refuse is not summarized as if it were in force", () => {
  const refused = {
    "a bare address": networkPolicy('{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: "2001:db8::1"}}]}]}'),
    "ICMP as the protocol of a port": networkPolicy("{podSelector: {}, ingress: [{ports: [{protocol: ICMP}]}]}"),
    "a Calico policy in the syntax of Kubernetes": calico(
      "{selector: {matchLabels: {a: b}}, ingress: [{from: [{podSelector: {}}]}]}",
    ),
    "ICMP types beside ports": cilium(
      '{endpointSelector: {}, ingress: [{icmps: [{fields: [{type: 8}]}], toPorts: [{ports: [{port: "80"}]}]}]}',
    ),
  };
  for (const [name, policy] of Object.entries(refused))
    for (const family of ["IPv4", "IPv6"] as const) {
      const { kind, text } = summarizePolicies(objects(policy)).ingress[family];
      assert.equal(kind, "unknown", name);
      assert.match(text, /^not known: ./);
    }
});

test("the hover is a table of both families, with selectors escaped", () => {
  const hover = policyHover(
    objects(
      calico(
        "{selector: all(), types: [Egress], egress: [{action: Allow, destination: {selector: a == 'b' || has(c)}}]}",
      ),
    )[0] as never,
  );
  assert.equal(hover.split("\n")[0], "| | IPv4 | IPv6 |");
  assert.ok(hover.includes("a == 'b' \\|\\| has(c)"), hover);
  assert.ok(hover.includes("isolated for both families at once"), hover);
});

test("an explanation names the ruling, both directions, the rule that decided and what to know beside it", () => {
  const given = objects(networkPolicy('{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: "::/0"}}]}]}'));
  const web = pod("default", "web", "{app: web}");
  const db = pod("default", "db", "{app: db}");
  assert.equal(
    explainDecision(decide(given, { from: web, to: db, family: "IPv6", protocol: "TCP", port: 5432 })),
    `IPv6 TCP 5432 from default/web to default/db: allowed
  egress  allowed
    IPv6 egress from default/web to default/db (TCP 5432) is allowed: no policy limits default/web in this direction
  ingress allowed
    IPv6 ingress to default/db from default/web (TCP 5432) is allowed by NetworkPolicy default/x, spec.ingress[0].from[0].ipBlock.cidr (::/0)
    decided by NetworkPolicy default/x: spec.ingress[0].from[0].ipBlock.cidr
    note: Cilium does not match pods by ipBlock: there only a podSelector or namespaceSelector lets this flow pass`,
  );
  const denied = decide(given, { from: outside.IPv4, to: db, family: "IPv4", protocol: "TCP", port: 5432 });
  assert.match(
    denied.ingress.why,
    /NetworkPolicy default\/x isolates default\/db and no rule matches; the prefixes it names are all IPv6$/,
  );
  assert.equal(decide(given, { from: web, to: db, family: "IPv6", protocol: "TCP" }, "cilium").ruling, "denied");
});
