import { describe } from "node:test";
import { address, decides, outside, pod } from "./support.ts";

const web = pod("default", "web", "{app: web}");
const db = pod("default", "db", "{app: db}", {
  containerPorts: [
    { name: "sql", containerPort: 5432, protocol: "TCP" },
    { name: "sql", containerPort: 5433, protocol: "UDP" },
  ],
});
const dns = pod("kube-system", "coredns", "{k8s-app: kube-dns}");
const ops = pod("ops", "tool", "{app: tool}", { namespaceLabels: { team: "ops" } });

const policy = (spec: string, name = "x") => `
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: ${name}, namespace: default}
spec: ${spec}
`;

describe("no policy", () =>
  decides("", {
    "allows both families": { from: web, to: outside, IPv4: "allowed", IPv6: "allowed" },
    "does not judge a flow between two families": {
      from: web,
      to: address("203.0.113.7"),
      IPv4: "allowed",
      IPv6: /203\.0\.113\.7 has no IPv6 address/,
    },
    "does not judge a flow of a family that a pod does not have": {
      from: web,
      to: pod("default", "old", "{}", { ips: ["10.244.1.9"] }),
      IPv4: "allowed",
      IPv6: /default\/old has no IPv6 address/,
    },
    "does not judge a ping of the other family": {
      from: web,
      to: outside,
      traffic: "ICMPv6",
      IPv4: /ICMPv6 belongs to IPv6/,
      IPv6: "allowed",
    },
    "takes an IPv4-mapped address for the IPv4 address it is": {
      from: web,
      to: address("::ffff:203.0.113.7"),
      IPv4: "allowed",
      IPv6: /no IPv6 address/,
    },
  }));

describe("egress to 0.0.0.0/0 only", () =>
  decides(
    policy(
      "{podSelector: {matchLabels: {app: web}}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0}}]}]}",
    ),
    {
      "stops IPv6": {
        from: web,
        to: outside,
        IPv4: "allowed",
        IPv6: "denied",
        by: { IPv4: "spec.egress[0].to[0].ipBlock.cidr", IPv6: "spec.egress" },
      },
      "leaves ingress alone": { from: outside, to: web, IPv4: "allowed", IPv6: "allowed" },
      "leaves other pods alone": { from: db, to: outside, IPv4: "allowed", IPv6: "allowed" },
      "leaves other namespaces alone": {
        from: pod("other", "web", "{app: web}"),
        to: outside,
        IPv4: "allowed",
        IPv6: "allowed",
      },
      "reaches a DNS server over IPv4 only": { from: web, to: dns, traffic: "UDP 53", IPv4: "allowed", IPv6: "denied" },
      "does not keep a pod from itself": { from: web, to: web, IPv4: "allowed", IPv6: "allowed" },
    },
  ));

describe("egress to ::/0 only", () =>
  decides(policy('{podSelector: {}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: "::/0"}}]}]}'), {
    "stops IPv4": { from: web, to: outside, IPv4: "denied", IPv6: "allowed" },
    "reaches a pod whose addresses are not known yet": {
      from: web,
      to: { ...db, ips: [] },
      IPv4: "denied",
      IPv6: "allowed",
    },
  }));

describe("the policy for one prefix of each family", () =>
  decides(
    policy(`
      podSelector: {matchLabels: {app: web}}
      policyTypes: [Ingress, Egress]
      ingress: [{from: [{ipBlock: {cidr: "2001:db8::/32"}}, {ipBlock: {cidr: 10.0.0.0/8}}]}]
      egress: [{to: [{ipBlock: {cidr: "2001:db8::/32"}}, {ipBlock: {cidr: 0.0.0.0/0}}]}]`),
    {
      "opens all of IPv4 but no IPv6 outside": { from: web, to: outside, IPv4: "allowed", IPv6: "denied" },
      "lets pods in by the IPv4 pod range only": {
        from: db,
        to: web,
        IPv4: "allowed",
        IPv6: "denied",
        by: { IPv4: "spec.ingress[0].from[1].ipBlock.cidr", IPv6: "spec.ingress" },
      },
      "reaches DNS over IPv4 only": { from: web, to: dns, traffic: "UDP 53", IPv4: "allowed", IPv6: "denied" },
      "cannot say whether a pod without an address is in a prefix": {
        from: { ...db, ips: [] },
        to: web,
        IPv4: /default\/db has no known address/,
        IPv6: /default\/db has no known address/,
      },
    },
  ));

describe("the policy meant to add IPv6", () =>
  decides(
    policy(`
      podSelector: {}
      policyTypes: [Ingress, Egress]
      ingress: [{from: [{ipBlock: {cidr: "::/0"}}]}]
      egress: [{to: [{ipBlock: {cidr: "::/0"}}]}]`),
    {
      "stops IPv4 between pods": { from: web, to: db, IPv4: "denied", IPv6: "allowed" },
      "stops IPv4 to the outside": { from: web, to: outside, IPv4: "denied", IPv6: "allowed" },
      "stops IPv4 from the outside": { from: outside, to: web, IPv4: "denied", IPv6: "allowed" },
      "stops DNS over IPv4": { from: web, to: dns, traffic: "UDP 53", IPv4: "denied", IPv6: "allowed" },
    },
  ));

describe("the same beside a policy that allows by selector", () =>
  decides(
    policy('{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: "::/0"}}]}]}', "six") +
      policy("{podSelector: {matchLabels: {app: db}}, ingress: [{from: [{podSelector: {}}]}]}", "peers"),
    {
      "adds up for a pod that both select": { from: web, to: db, IPv4: "allowed", IPv6: "allowed" },
      "does not add up for a pod that one selects": { from: db, to: web, IPv4: "denied", IPv6: "allowed" },
    },
  ));

describe("except", () => {
  describe("of its own family", () =>
    decides(
      policy(
        '{podSelector: {}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: "::/0", except: ["2606:4700::/32"]}}, {ipBlock: {cidr: 0.0.0.0/0}}]}]}',
      ),
      {
        "takes its prefix away": { from: web, to: outside, IPv4: "allowed", IPv6: "denied" },
        "leaves the rest": { from: web, to: address("2a00::1"), IPv4: /no IPv4/, IPv6: "allowed" },
        "cannot be decided for an address that is not known": {
          from: web,
          to: { ...db, ips: [] },
          IPv4: "allowed",
          IPv6: /has no known address/,
        },
      },
    ));
  describe("of the other family", () =>
    decides(
      policy(
        '{podSelector: {}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: "::/0", except: [203.0.113.0/24]}}]}]}',
      ),
      {
        "takes nothing away": { from: web, to: outside, IPv4: "denied", IPv6: "allowed" },
      },
    ));
});

describe("selectors", () => {
  describe("of labels", () =>
    decides(
      policy(
        "{podSelector: {matchExpressions: [{key: app, operator: In, values: [db]}]}, ingress: [{from: [{podSelector: {matchExpressions: [{key: app, operator: NotIn, values: [web]}]}}]}]}",
      ),
      {
        "let in what NotIn does not name": {
          from: pod("default", "job", "{}"),
          to: db,
          IPv4: "allowed",
          IPv6: "allowed",
        },
        "keep out what NotIn names": { from: web, to: db, IPv4: "denied", IPv6: "denied" },
        "do not reach into other namespaces": { from: ops, to: db, IPv4: "denied", IPv6: "denied" },
        "never match an address": { from: outside, to: db, IPv4: "denied", IPv6: "denied" },
      },
    ));
  describe("of namespaces by name", () =>
    decides(
      policy(
        "{podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}, podSelector: {matchLabels: {k8s-app: kube-dns}}}]}]}",
      ),
      {
        "need no labels of the namespace": {
          from: dns,
          to: db,
          IPv4: "allowed",
          IPv6: "allowed",
          by: { IPv6: "spec.ingress[0].from[0].podSelector" },
        },
        "keep out others": { from: ops, to: db, IPv4: "denied", IPv6: "denied" },
      },
    ));
  describe("of namespaces by label", () =>
    decides(policy("{podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {team: ops}}}]}]}"), {
      "match known labels": { from: ops, to: db, IPv4: "allowed", IPv6: "allowed" },
      "are undecided without them": {
        from: dns,
        to: db,
        IPv4: /labels of namespace kube-system/,
        IPv6: /\(team is asked for\)/,
      },
    }));
  describe("of namespaces whose object is given", () =>
    decides(
      `${policy("{podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {team: ops}}}]}]}")}
---
apiVersion: v1
kind: Namespace
metadata: {name: kube-system, labels: {team: ops}}
`,
      { "take its labels": { from: dns, to: db, IPv4: "allowed", IPv6: "allowed" } },
    ));
});

describe("policyTypes", () => {
  describe("left out, with egress rules", () =>
    decides(policy("{podSelector: {}, egress: [{}]}"), {
      "mean both": { from: web, to: db, IPv4: "denied", IPv6: "denied", by: { IPv6: "spec" } },
      "allow what the empty rule allows": {
        from: web,
        to: outside,
        IPv4: "allowed",
        IPv6: "allowed",
        by: { IPv6: "spec.egress[0]" },
      },
    }));
  describe("left out, without egress rules", () =>
    decides(policy("{podSelector: {}, ingress: []}"), {
      "mean ingress": { from: outside, to: web, IPv4: "denied", IPv6: "denied" },
      "leave egress alone": { from: web, to: outside, IPv4: "allowed", IPv6: "allowed" },
    }));
  describe("without Egress", () =>
    decides(policy("{podSelector: {}, policyTypes: [Ingress], ingress: [{}], egress: []}"), {
      "make egress rules moot": { from: web, to: outside, IPv4: "allowed", IPv6: "allowed" },
    }));
  describe("with an empty list of peers", () =>
    decides(policy("{podSelector: {}, ingress: [{from: [], ports: [{port: 443}]}]}"), {
      "let everybody in": {
        from: outside,
        to: web,
        IPv4: "allowed",
        IPv6: "allowed",
        by: { IPv6: "spec.ingress[0].ports[0].port" },
      },
      "at that port": { from: outside, to: web, traffic: "TCP 80", IPv4: "denied", IPv6: "denied" },
    }));
});

describe("ports", () =>
  decides(
    policy(`
      podSelector: {}
      ingress:
        - ports: [{port: sql}, {port: 8000, endPort: 8010}, {protocol: UDP, port: 53}, {protocol: SCTP}]`),
    {
      "by name": { from: outside, to: db, traffic: "TCP 5432", IPv4: "allowed", IPv6: "allowed" },
      "by name, of another protocol": { from: outside, to: db, traffic: "UDP 5433", IPv4: "denied", IPv6: "denied" },
      "by a name that the pod does not have": {
        from: outside,
        to: web,
        traffic: "TCP 5432",
        IPv4: "denied",
        IPv6: "denied",
      },
      "by name, of containers that are not known": {
        from: outside,
        to: { kind: "pod", namespace: "default", name: "y", labels: {}, ips: ["10.1.1.1", "fd00::1"] },
        traffic: "TCP 5432",
        IPv4: /container ports are not known/,
        IPv6: /container ports are not known/,
      },
      "in a range": { from: outside, to: web, traffic: "TCP 8010", IPv4: "allowed", IPv6: "allowed" },
      "beyond a range": { from: outside, to: web, traffic: "TCP 8011", IPv4: "denied", IPv6: "denied" },
      "default to TCP": { from: outside, to: web, traffic: "UDP 8000", IPv4: "denied", IPv6: "denied" },
      "all of a protocol": { from: outside, to: web, traffic: "SCTP 9", IPv4: "allowed", IPv6: "allowed" },
      "cannot be decided for a flow without one": {
        from: outside,
        to: web,
        traffic: "TCP",
        IPv4: /port of the flow/,
        IPv6: /port of the flow/,
      },
      "do not let a ping in for certain": {
        from: outside,
        to: web,
        traffic: "ping",
        IPv4: /TCP, UDP and SCTP only/,
        IPv6: /TCP, UDP and SCTP only/,
      },
    },
  ));

describe("a rule without ports", () =>
  decides(policy('{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: "::/0"}}]}]}'), {
    "lets a ping in": { from: outside, to: web, traffic: "ping", IPv4: /TCP, UDP and SCTP only/, IPv6: "allowed" },
  }));

describe("nodes and the host's network", () => {
  const here = pod("default", "web", "{app: web}", { node: "n1" });
  const agent = pod("default", "agent", "{}", { hostNetwork: true, ips: ["192.0.2.1", "2001:db8::1"], node: "n2" });
  decides(policy("{podSelector: {}, policyTypes: [Ingress, Egress], ingress: [{from: [{podSelector: {}}]}]}"), {
    "a pod's own node reaches it": { from: address("192.0.2.1", "n1"), to: here, IPv4: "allowed", IPv6: /no IPv6/ },
    "another node does not": { from: address("2001:db8::2", "n2"), to: here, IPv4: /no IPv4/, IPv6: "denied" },
    "which node a pod is on may not be known": {
      from: address("2001:db8::2", "n2"),
      to: web,
      IPv4: /no IPv4/,
      IPv6: /which node default\/web runs on/,
    },
    "a pod's way to its own node depends on the plugin": {
      from: here,
      to: address("2001:db8::1", "n1"),
      IPv4: /no IPv4/,
      IPv6: /Calico and Cilium apply egress/,
    },
    "a policy may or may not apply to a pod there": {
      from: agent,
      to: outside,
      IPv4: /host's network/,
      IPv6: /host's network/,
    },
    "a selector may or may not recognise a pod there": {
      from: agent,
      to: here,
      IPv4: /host's network/,
      IPv6: /host's network/,
    },
  });
});
