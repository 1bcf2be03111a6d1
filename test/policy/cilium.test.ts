import { describe } from "node:test";
import { address, decides, outside, pod } from "./support.ts";

const web = pod("default", "web", "{app: web}", { node: "n1" });
const db = pod("default", "db", "{app: db}", { node: "n2", containerPorts: [{ name: "sql", containerPort: 5432 }] });
const dns = pod("kube-system", "coredns", "{k8s-app: kube-dns}");
const ops = pod("ops", "tool", "{app: tool}", { namespaceLabels: { team: "ops" } });

const cnp = (spec: string, name = "c") => `
---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: {name: ${name}, namespace: default}
spec: ${spec}
`;
const ccnp = (spec: string) => `
---
apiVersion: cilium.io/v2
kind: CiliumClusterwideNetworkPolicy
metadata: {name: cw}
spec: ${spec}
`;

describe("toCIDR 0.0.0.0/0", () =>
  decides(cnp("{endpointSelector: {}, egress: [{toCIDR: [0.0.0.0/0]}]}"), {
    "opens the outside over IPv4 only": {
      from: web,
      to: outside,
      IPv4: "allowed",
      IPv6: "denied",
      by: { IPv4: "spec.egress[0].toCIDR[0]" },
    },
    "stands for no pod": { from: web, to: db, IPv4: "denied", IPv6: "denied" },
    "may or may not stand for a node": {
      from: web,
      to: address("192.0.2.1", "n2"),
      IPv4: /policy-cidr-match-mode/,
      IPv6: /no IPv6/,
    },
    "lets a ping out": { from: web, to: outside, traffic: "ping", IPv4: "allowed", IPv6: "denied" },
    "leaves ingress alone": { from: outside, to: web, IPv4: "allowed", IPv6: "allowed" },
  }));

describe("toCIDRSet", () => {
  describe("with except", () =>
    decides(cnp('{endpointSelector: {}, egress: [{toCIDRSet: [{cidr: "::/0", except: ["2606:4700::/32"]}]}]}'), {
      "takes its prefix away": { from: web, to: outside, IPv4: "denied", IPv6: "denied" },
      "leaves the rest": { from: web, to: address("2a00::1"), IPv4: /no IPv4/, IPv6: "allowed" },
    }));
  const group = "{endpointSelector: {}, egress: [{toCIDRSet: [{cidrGroupRef: partners}]}]}";
  describe("with a group that was given", () =>
    decides(
      `${cnp(group)}
---
apiVersion: cilium.io/v2alpha1
kind: CiliumCIDRGroup
metadata: {name: partners}
spec: {externalCIDRs: ["2606:4700::/32"]}
`,
      { "matches its prefixes": { from: web, to: outside, IPv4: "denied", IPv6: "allowed" } },
    ));
  describe("with a group that was not given", () =>
    decides(cnp(group), {
      "is not decided": { from: web, to: outside, IPv4: /CiliumCIDRGroup/, IPv6: /CiliumCIDRGroup/ },
    }));
});

describe("entities", () => {
  describe("world-ipv4", () =>
    decides(cnp("{endpointSelector: {}, egress: [{toEntities: [world-ipv4]}]}"), {
      "is the outside over IPv4": { from: web, to: outside, IPv4: "allowed", IPv6: "denied" },
    }));
  describe("world", () =>
    decides(cnp("{endpointSelector: {}, egress: [{toEntities: [world]}]}"), {
      "is the outside in both families": { from: web, to: outside, IPv4: "allowed", IPv6: "allowed" },
      "is no pod": { from: web, to: db, IPv4: "denied", IPv6: "denied" },
    }));
  describe("cluster", () =>
    decides(cnp("{endpointSelector: {}, egress: [{toEntities: [cluster]}]}"), {
      "is every pod": { from: web, to: ops, IPv4: "allowed", IPv6: "allowed" },
      "is every node": { from: web, to: address("2001:db8::1", "n2"), IPv4: /no IPv4/, IPv6: "allowed" },
      "is not the outside": { from: web, to: outside, IPv4: "denied", IPv6: "denied" },
    }));
  describe("host and remote-node", () =>
    decides(cnp("{endpointSelector: {}, egress: [{toEntities: [remote-node]}]}"), {
      "are told apart by the node": { from: web, to: address("2001:db8::1", "n2"), IPv4: /no IPv4/, IPv6: "allowed" },
      "are not decided without it": {
        from: { ...ops, namespace: "default" },
        to: address("2001:db8::1", "n2"),
        IPv4: /no IPv4/,
        IPv6: /is the node of/,
      },
    }));
  describe("kube-apiserver", () =>
    decides(cnp("{endpointSelector: {}, egress: [{toEntities: [kube-apiserver]}]}"), {
      "may be any address": { from: web, to: outside, IPv4: /API server/, IPv6: /API server/ },
      "is no pod": { from: web, to: db, IPv4: "denied", IPv6: "denied" },
    }));
  describe("all", () =>
    decides(ccnp("{endpointSelector: {}, egress: [{toEntities: [all]}]}"), {
      "is everybody": { from: ops, to: outside, IPv4: "allowed", IPv6: "allowed" },
    }));
});

describe("endpoints", () => {
  describe("of a namespaced policy", () =>
    decides(
      cnp(
        "{endpointSelector: {matchLabels: {app: db}}, ingress: [{fromEndpoints: [{matchLabels: {'k8s:app': web}}]}, {fromEndpoints: [{matchLabels: {io.kubernetes.pod.namespace: kube-system, k8s-app: kube-dns}}]}, {fromEndpoints: [{matchLabels: {'k8s:io.cilium.k8s.namespace.labels.team': ops}}]}]}",
      ),
      {
        "are those of its namespace": {
          from: web,
          to: db,
          IPv4: "allowed",
          IPv6: "allowed",
          by: { IPv6: "spec.ingress[0].fromEndpoints[0]" },
        },
        "or of the namespace they name": { from: dns, to: db, IPv4: "allowed", IPv6: "allowed" },
        "or of namespaces with a label": { from: ops, to: db, IPv4: "allowed", IPv6: "allowed" },
        "whose labels may not be known": {
          from: pod("other", "x"),
          to: db,
          IPv4: /labels of namespace other/,
          IPv6: /labels of namespace other/,
        },
      },
    ));
  describe("of a namespaced policy with an empty selector", () =>
    decides(cnp("{endpointSelector: {}, ingress: [{fromEndpoints: [{}]}]}"), {
      "are all of its namespace": { from: web, to: db, IPv4: "allowed", IPv6: "allowed" },
      "are none of others": { from: ops, to: db, IPv4: "denied", IPv6: "denied" },
    }));
  describe("of a clusterwide policy", () =>
    decides(
      ccnp(
        "{endpointSelector: {matchLabels: {io.kubernetes.pod.namespace: default}}, ingress: [{fromEndpoints: [{}]}]}",
      ),
      {
        "are those of every namespace": { from: ops, to: db, IPv4: "allowed", IPv6: "allowed" },
        "are no addresses": { from: outside, to: db, IPv4: "denied", IPv6: "denied" },
        "the policy selects by namespace": { from: outside, to: ops, IPv4: "allowed", IPv6: "allowed" },
      },
    ));
});

describe("a rule without anything", () =>
  decides(cnp("{endpointSelector: {}, egress: [{}]}"), {
    "isolates and allows nothing": { from: web, to: outside, IPv4: "denied", IPv6: "denied" },
    "leaves ingress alone": { from: outside, to: web, IPv4: "allowed", IPv6: "allowed" },
  }));

describe("an empty list of rules", () =>
  decides(cnp("{endpointSelector: {}, egress: []}"), {
    "does nothing": { from: web, to: outside, IPv4: "allowed", IPv6: "allowed" },
  }));

describe("deny rules", () =>
  decides(
    cnp(
      '{endpointSelector: {}, egressDeny: [{toCIDR: ["2606:4700::/32"], toPorts: [{ports: [{port: "443", protocol: TCP}]}]}], egress: [{toEntities: [all]}]}',
    ) + cnp("{endpointSelector: {}, egress: [{toEntities: [world]}]}", "z"),
    {
      "win over every policy that allows": {
        from: web,
        to: outside,
        IPv4: "allowed",
        IPv6: "denied",
        by: { IPv6: "spec.egressDeny[0].toCIDR[0]" },
      },
      "at their ports": { from: web, to: outside, traffic: "TCP 80", IPv4: "allowed", IPv6: "allowed" },
    },
  ));

describe("enableDefaultDeny", () => {
  describe("false", () =>
    decides(
      cnp(
        '{endpointSelector: {}, enableDefaultDeny: {egress: false}, egressDeny: [{toCIDR: ["::/0"]}], egress: [{toPorts: [{ports: [{port: "53"}]}]}]}',
      ),
      {
        "denies what is denied and nothing else": { from: web, to: outside, IPv4: "allowed", IPv6: "denied" },
      },
    ));
  describe("left out beside deny rules", () =>
    decides(cnp('{endpointSelector: {}, egressDeny: [{toCIDR: ["::/0"]}]}'), {
      "isolates all the same": { from: web, to: outside, IPv4: "denied", IPv6: "denied" },
    }));
});

describe("ports and ICMP", () =>
  decides(
    cnp(
      '{endpointSelector: {}, ingress: [{toPorts: [{ports: [{port: sql}, {port: "8000", endPort: 8010, protocol: TCP}], rules: {http: [{method: GET}]}}]}, {icmps: [{fields: [{family: IPv6, type: EchoRequest}, {type: 128}]}]}]}',
    ),
    {
      "by name": { from: outside, to: db, traffic: "TCP 5432", IPv4: "allowed", IPv6: "allowed" },
      "in a range": { from: outside, to: db, traffic: "TCP 8010", IPv4: "allowed", IPv6: "allowed" },
      "no others": { from: outside, to: db, traffic: "TCP 9000", IPv4: "denied", IPv6: "denied" },
      "a type without a family is one of IPv4": {
        from: outside,
        to: db,
        traffic: "ping",
        IPv4: "denied",
        IPv6: "allowed",
      },
    },
  ));

describe("names", () =>
  decides(cnp("{endpointSelector: {}, egress: [{toFQDNs: [{matchName: example.com}]}, {toEntities: [world-ipv4]}]}"), {
    "leave open what nothing else allows": { from: web, to: outside, IPv4: "allowed", IPv6: /allows by name/ },
    "stand for no pod": { from: web, to: db, IPv4: "denied", IPv6: "denied" },
  }));

describe("with a Kubernetes NetworkPolicy", () =>
  decides(
    `${cnp("{endpointSelector: {}, egress: [{toEntities: [world-ipv6]}]}")}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: k, namespace: default}
spec: {podSelector: {}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0}}]}]}
`,
    {
      "what both allow adds up": { from: web, to: outside, IPv4: "allowed", IPv6: "allowed" },
      "an ipBlock stands for no pod": { from: web, to: db, IPv4: "denied", IPv6: "denied" },
    },
  ));

describe("with an admin policy", () =>
  decides(
    `${cnp("{endpointSelector: {}, egress: [{toEntities: [world]}]}")}
---
apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata: {name: a}
spec: {tier: Admin, priority: 1, subject: {namespaces: {}}, egress: [{action: Deny, to: [{networks: ["::/0"]}]}]}
`,
    { "the order is not documented": { from: web, to: outside, IPv4: /not documented/, IPv6: /not documented/ } },
  ));

describe("several rules in one object", () =>
  decides(
    `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: {name: c, namespace: default}
specs:
  - {endpointSelector: {matchLabels: {app: web}}, egress: [{toEntities: [world-ipv6]}]}
  - {endpointSelector: {matchLabels: {app: db}}, egress: [{toEntities: [world-ipv4]}]}
`,
    {
      "select each for itself": {
        from: web,
        to: outside,
        IPv4: "denied",
        IPv6: "allowed",
        by: { IPv6: "specs[0].egress[0].toEntities[0]" },
      },
      "and the other": {
        from: db,
        to: outside,
        IPv4: "allowed",
        IPv6: "denied",
        by: { IPv4: "specs[1].egress[0].toEntities[0]" },
      },
    },
  ));

describe("the node", () =>
  decides(cnp("{endpointSelector: {}, ingress: [{}]}"), {
    "of a pod reaches it": { from: address("2001:db8::1", "n1"), to: web, IPv4: /no IPv4/, IPv6: "allowed" },
    "of another pod does not": { from: address("2001:db8::2", "n2"), to: web, IPv4: /no IPv4/, IPv6: "denied" },
    "has no policies of its own here": {
      from: pod("default", "agent", "{}", { hostNetwork: true }),
      to: outside,
      IPv4: "allowed",
      IPv6: "allowed",
    },
  }));

describe("policies for hosts", () =>
  decides(ccnp("{nodeSelector: {}, ingress: [{fromEntities: [cluster]}]}"), {
    "leave open what reaches a host": {
      from: outside,
      to: pod("default", "agent", "{}", { hostNetwork: true }),
      IPv4: /policies for hosts/,
      IPv6: /policies for hosts/,
    },
    "do not concern pods": { from: outside, to: web, IPv4: "allowed", IPv6: "allowed" },
  }));
