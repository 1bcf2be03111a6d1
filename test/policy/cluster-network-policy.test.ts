import { describe } from "node:test";
import { address, decides, outside, pod } from "./support.ts";

const web = pod("default", "web", "{app: web}");
const db = pod("default", "db", "{app: db}", { containerPorts: [{ name: "sql", containerPort: 5432 }] });
const guard = pod("ops", "guard", "{}", { namespaceLabels: { team: "ops" } });

const cnp = (name: string, spec: string) => `
---
apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata: {name: ${name}}
spec: ${spec}
`;
const allowAll = `
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: open, namespace: default}
spec: {podSelector: {}, ingress: [{}], egress: [{}]}
`;
const denyAll = `
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: closed, namespace: default}
spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
`;
const every = "subject: {namespaces: {}}";

describe("a denied prefix of one family in the Admin tier", () =>
  decides(
    cnp("a", `{tier: Admin, priority: 10, ${every}, egress: [{action: Deny, to: [{networks: ["2606:4700::/32"]}]}]}`) +
      allowAll,
    {
      "wins over a NetworkPolicy, in that family": {
        from: web,
        to: outside,
        IPv4: "allowed",
        IPv6: "denied",
        by: { IPv6: "spec.egress[0].to[0].networks[0]", IPv4: "spec.egress[0]" },
      },
      "isolates nobody": { from: guard, to: address("2a00::1"), IPv4: /no IPv4/, IPv6: "allowed" },
      "does not apply to ingress": { from: outside, to: web, IPv4: "allowed", IPv6: "allowed" },
    },
  ));

describe("what the Admin tier accepts", () =>
  decides(
    cnp(
      "a",
      `{tier: Admin, priority: 10, ${every}, ingress: [{action: Accept, from: [{namespaces: {matchLabels: {team: ops}}}]}]}`,
    ) + denyAll,
    {
      "a NetworkPolicy cannot deny": {
        from: guard,
        to: web,
        IPv4: "allowed",
        IPv6: "allowed",
        by: { IPv6: "spec.ingress[0].from[0].namespaces" },
      },
      "leaves others to the NetworkPolicy": { from: outside, to: web, IPv4: "denied", IPv6: "denied" },
      "depends on the labels of a namespace": {
        from: pod("other", "x"),
        to: web,
        IPv4: /labels of namespace other/,
        IPv6: /labels of namespace other/,
      },
      "does not cover pods on the host's network": {
        from: { ...guard, hostNetwork: true },
        to: web,
        IPv4: "denied",
        IPv6: "denied",
      },
    },
  ));

describe("what the Admin tier passes", () =>
  decides(
    cnp("a", `{tier: Admin, priority: 1, ${every}, egress: [{action: Pass, to: [{networks: ["::/0"]}]}]}`) +
      cnp(
        "b",
        `{tier: Admin, priority: 2, ${every}, egress: [{action: Deny, to: [{networks: ["::/0", 0.0.0.0/0]}]}]}`,
      ) +
      allowAll,
    { "is left to the next tier, in that family": { from: web, to: outside, IPv4: "denied", IPv6: "allowed" } },
  ));

describe("the Baseline tier", () => {
  const baseline = cnp(
    "b",
    `{tier: Baseline, priority: 1, ${every}, egress: [{action: Deny, to: [{networks: ["::/0"]}]}]}`,
  );
  describe("alone", () => decides(baseline, { decides: { from: web, to: outside, IPv4: "allowed", IPv6: "denied" } }));
  describe("behind a NetworkPolicy", () =>
    decides(baseline + allowAll, {
      "has nothing left to say": { from: web, to: outside, IPv4: "allowed", IPv6: "allowed" },
    }));
});

describe("the order", () => {
  const deny = `${every}, ingress: [{action: Deny, from: [{namespaces: {}}]}]`;
  const accept = `${every}, ingress: [{action: Accept, from: [{namespaces: {}}]}]`;
  describe("by priority", () =>
    decides(cnp("a", `{tier: Admin, priority: 20, ${deny}}`) + cnp("b", `{tier: Admin, priority: 10, ${accept}}`), {
      "the smaller comes first": { from: db, to: web, IPv4: "allowed", IPv6: "allowed" },
    }));
  describe("of equal priorities", () =>
    decides(cnp("a", `{tier: Admin, priority: 10, ${deny}}`) + cnp("b", `{tier: Admin, priority: 10, ${accept}}`), {
      "is not defined": { from: db, to: web, IPv4: /same priority/, IPv6: /same priority/ },
      "does not matter where neither matches": { from: outside, to: web, IPv4: "allowed", IPv6: "allowed" },
    }));
  describe("of equal priorities that agree", () =>
    decides(cnp("a", `{tier: Admin, priority: 10, ${deny}}`) + cnp("b", `{tier: Admin, priority: 10, ${deny}}`), {
      "does not matter": { from: db, to: web, IPv4: "denied", IPv6: "denied" },
    }));
  describe("of rules", () =>
    decides(
      cnp(
        "a",
        `{tier: Admin, priority: 1, subject: {pods: {namespaceSelector: {}, podSelector: {matchLabels: {app: db}}}}, ingress: [
        {action: Accept, from: [{pods: {podSelector: {matchLabels: {app: web}}}}], protocols: [{tcp: {destinationPort: {range: {start: 5000, end: 6000}}}}]},
        {action: Deny, from: [{namespaces: {}}]}]}`,
      ),
      {
        "the first that matches decides": { from: web, to: db, traffic: "TCP 5432", IPv4: "allowed", IPv6: "allowed" },
        "the next decides the rest": { from: web, to: db, traffic: "UDP 5432", IPv4: "denied", IPv6: "denied" },
        "pods that are no subject are left alone": { from: db, to: web, IPv4: "allowed", IPv6: "allowed" },
      },
    ));
});

describe("peers and actions that cannot be decided", () => {
  describe("names", () =>
    decides(
      cnp(
        "a",
        `{tier: Admin, priority: 1, ${every}, egress: [{action: Accept, to: [{domainNames: [example.com]}]}, {action: Deny, to: [{networks: ["::/0"]}]}]}`,
      ),
      {
        "leave it open where the rest would differ": { from: web, to: outside, IPv4: "allowed", IPv6: /example\.com/ },
      },
    ));
  describe("nodes", () =>
    decides(cnp("a", `{tier: Admin, priority: 1, ${every}, egress: [{action: Deny, to: [{nodes: {}}]}]}`), {
      "every node": {
        from: pod("default", "x", "{}", { node: "n2" }),
        to: address("2001:db8::1", "n1"),
        IPv4: /no IPv4/,
        IPv6: "denied",
      },
      "no outside address": { from: web, to: outside, IPv4: "allowed", IPv6: "allowed" },
    }));
  describe("an unknown kind of peer", () =>
    decides(cnp("a", `{tier: Admin, priority: 1, ${every}, egress: [{action: Deny, to: [{moons: {}}]}]}`), {
      "fails closed": { from: web, to: outside, IPv4: "denied", IPv6: "denied" },
    }));
  describe("a selector of an older version of the API", () =>
    decides(
      cnp(
        "a",
        `{tier: Admin, priority: 1, ${every}, ingress: [{action: Deny, from: [{namespaces: {sameLabels: [team]}}]}]}`,
      ),
      {
        "is not taken for one that selects everything": {
          from: db,
          to: web,
          IPv4: /no field "sameLabels"/,
          IPv6: /no field "sameLabels"/,
        },
      },
    ));
  describe("an unknown action", () =>
    decides(cnp("a", `{tier: Admin, priority: 1, ${every}, egress: [{action: Alow, to: [{networks: ["::/0"]}]}]}`), {
      "could be anything": { from: web, to: outside, IPv4: "allowed", IPv6: /"Alow"/ },
    }));
});

describe("v1alpha1", () =>
  decides(
    `
apiVersion: policy.networking.k8s.io/v1alpha1
kind: AdminNetworkPolicy
metadata: {name: a}
spec:
  priority: 5
  ${every}
  ingress:
    - {action: Allow, from: [{namespaces: {}}], ports: [{portNumber: {protocol: TCP, port: 5432}}, {namedPort: sql}, {portRange: {protocol: UDP, start: 1, end: 9}}]}
---
apiVersion: policy.networking.k8s.io/v1alpha1
kind: BaselineAdminNetworkPolicy
metadata: {name: default}
spec:
  ${every}
  ingress: [{action: Deny, from: [{namespaces: {}}]}]
`,
    {
      "allows a port": { from: web, to: db, traffic: "TCP 5432", IPv4: "allowed", IPv6: "allowed" },
      "allows a range": { from: web, to: db, traffic: "UDP 9", IPv4: "allowed", IPv6: "allowed" },
      "leaves the rest to the baseline": { from: web, to: db, traffic: "TCP 80", IPv4: "denied", IPv6: "denied" },
    },
  ));
