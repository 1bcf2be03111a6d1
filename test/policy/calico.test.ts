import { describe } from "node:test";
import { address, decides, outside, pod } from "./support.ts";

const web = pod("default", "web", "{app: web}", { serviceAccount: "web" });
const db = pod("default", "db", "{app: db}", {
  serviceAccount: "db",
  containerPorts: [{ name: "sql", containerPort: 5432 }],
});
const ops = pod("ops", "tool", "{app: tool}", { namespaceLabels: { team: "ops" } });

const policy = (spec: string, name = "x", kind = "NetworkPolicy") => `
---
apiVersion: projectcalico.org/v3
kind: ${kind}
metadata: {name: ${name}${kind === "NetworkPolicy" ? ", namespace: default" : ""}}
spec: ${spec}
`;
const global = (spec: string, name = "g") => policy(spec, name, "GlobalNetworkPolicy");

describe("a policy in the syntax of Kubernetes", () =>
  decides(
    policy('{selector: {matchLabels: {app: my-app}}, ingress: [], egress: [{to: [{ipBlock: {cidr: "::/0"}}]}]}'),
    {
      "is refused, so that nobody knows what is in force": {
        from: web,
        to: outside,
        IPv4: /must be a string/,
        IPv6: /must be a string/,
      },
      "does not concern ingress": { from: outside, to: web, IPv4: "allowed", IPv6: "allowed" },
    },
  ));

describe("the same in Calico's syntax", () =>
  decides(policy(`{selector: app == 'web', egress: [{action: Allow, destination: {nets: ["::/0"]}}]}`), {
    "stops IPv4, DNS included": {
      from: web,
      to: outside,
      IPv4: "denied",
      IPv6: "allowed",
      by: { IPv4: "spec.egress", IPv6: "spec.egress[0].destination.nets[0]" },
    },
    "defaults its types to the rules there are": { from: outside, to: web, IPv4: "allowed", IPv6: "allowed" },
    "leaves other pods alone": { from: db, to: outside, IPv4: "allowed", IPv6: "allowed" },
  }));

describe("one rule for each family", () =>
  decides(
    policy(
      `{selector: app == "web", types: [Egress], egress: [{action: Allow, protocol: UDP, destination: {ports: [53]}}, {action: Allow, destination: {nets: ["::/0"]}}, {action: Allow, destination: {nets: [0.0.0.0/0]}}]}`,
    ),
    {
      "opens both": {
        from: web,
        to: outside,
        IPv4: "allowed",
        IPv6: "allowed",
        by: { IPv4: "spec.egress[2].destination.nets[0]" },
      },
    },
  ));

describe("ipVersion and ICMP", () =>
  decides(
    policy(
      `{selector: all(), types: [Ingress], ingress: [{action: Allow, ipVersion: 6, protocol: ICMPv6, icmp: {type: 128}}, {action: Deny, ipVersion: 4}, {action: Allow, protocol: TCP}]}`,
    ),
    {
      "a ping over IPv6 only": { from: outside, to: web, traffic: "ping", IPv4: "denied", IPv6: "allowed" },
      "a rule for one family leaves the other to the next rule": {
        from: outside,
        to: web,
        IPv4: "denied",
        IPv6: "allowed",
      },
    },
  ));

describe("notNets", () => {
  describe("of one family", () =>
    decides(
      policy("{selector: all(), types: [Egress], egress: [{action: Allow, destination: {notNets: [10.0.0.0/8]}}]}"),
      {
        "make the rule one for that family": { from: web, to: outside, IPv4: "allowed", IPv6: "denied" },
        "except their prefixes": { from: web, to: address("10.1.1.1"), IPv4: "denied", IPv6: /no IPv6/ },
      },
    ));
  describe("of everything", () =>
    decides(policy('{selector: all(), types: [Egress], egress: [{action: Allow, destination: {notNets: ["::/0"]}}]}'), {
      "match nothing": { from: web, to: outside, IPv4: "denied", IPv6: "denied" },
    }));
});

describe("prefixes of both families in one rule", () =>
  decides(
    policy('{selector: all(), types: [Egress], egress: [{action: Allow, destination: {nets: ["::/0", 0.0.0.0/0]}}]}'),
    {
      "are refused": { from: web, to: outside, IPv4: /both IPv4 and IPv6/, IPv6: /both IPv4 and IPv6/ },
    },
  ));

describe("order", () => {
  const deny = `{order: 10, selector: all(), types: [Egress], egress: [{action: Deny, destination: {nets: ["::/0"]}}]}`;
  const allow = (order: string) => `{${order} selector: all(), types: [Egress], egress: [{action: Allow}]}`;
  describe("a smaller one", () =>
    decides(policy(deny) + policy(allow("order: 5,"), "a"), {
      "comes first": { from: web, to: outside, IPv4: "allowed", IPv6: "allowed" },
    }));
  describe("none", () =>
    decides(policy(allow(""), "a") + policy(deny), {
      "comes last": { from: web, to: outside, IPv4: "allowed", IPv6: "denied" },
    }));
  describe("equal ones", () =>
    decides(policy(deny, "z") + policy(allow("order: 10,"), "a"), {
      "go by name": { from: web, to: outside, IPv4: "allowed", IPv6: "allowed" },
    }));
});

describe("with Kubernetes NetworkPolicies", () => {
  const kubernetes = `
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: k, namespace: default}
spec: {podSelector: {}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: "::/0"}}]}]}
`;
  const deny = (order: number) =>
    policy(`{order: ${order}, selector: all(), types: [Egress], egress: [{action: Deny}]}`);
  describe("a Calico policy of an order below 1000", () =>
    decides(kubernetes + deny(999), { "comes first": { from: web, to: outside, IPv4: "denied", IPv6: "denied" } }));
  describe("a Calico policy of an order above 1000", () =>
    decides(kubernetes + deny(1001), { "comes after": { from: web, to: outside, IPv4: "denied", IPv6: "allowed" } }));
  describe("which allow", () =>
    decides(
      kubernetes + policy("{order: 2000, selector: all(), types: [Egress], egress: [{action: Allow, ipVersion: 4}]}"),
      {
        "add up with Calico's": { from: web, to: outside, IPv4: "allowed", IPv6: "allowed" },
      },
    ));
});

describe("tiers", () => {
  const tier = (order: number, action = "Deny") => `
---
apiVersion: projectcalico.org/v3
kind: Tier
metadata: {name: security}
spec: {order: ${order}, defaultAction: ${action}}
`;
  const security = global(
    `{tier: security, selector: all(), types: [Egress], egress: [{action: Pass, ipVersion: 6}, {action: Log}, {action: Deny, destination: {nets: [203.0.113.0/24]}}]}`,
  );
  const open = policy("{selector: all(), types: [Egress], egress: [{action: Allow}]}", "open");
  describe("of a known order", () =>
    decides(tier(100) + security + open, {
      "decide before the default tier, unless they pass": { from: web, to: outside, IPv4: "denied", IPv6: "allowed" },
      "deny what they do not match": { from: web, to: address("198.51.100.1"), IPv4: "denied", IPv6: /no IPv6/ },
    }));
  describe("that pass by default", () =>
    decides(tier(100, "Pass") + security + open, {
      "leave the rest to the next": { from: web, to: address("198.51.100.1"), IPv4: "allowed", IPv6: /no IPv6/ },
    }));
  describe("behind the default tier", () =>
    decides(tier(2_000_000) + security + open, {
      "have nothing left to say": { from: web, to: outside, IPv4: "allowed", IPv6: "allowed" },
    }));
  describe("that were not given", () =>
    decides(security + open, {
      "cannot be placed": { from: web, to: outside, IPv4: /tier security, whose Tier object/, IPv6: /tier security/ },
    }));
  describe("passed by everything", () =>
    decides(tier(100) + security, {
      "end in the profile of the namespace, which allows": { from: web, to: outside, IPv4: "denied", IPv6: "allowed" },
    }));
});

describe("selectors of peers", () => {
  describe("in a namespaced policy", () =>
    decides(
      policy(
        `{selector: app == 'db', ingress: [{action: Allow, source: {selector: 'app in {"web", "tool"}'}, destination: {ports: [sql, '8000:8010']}, protocol: TCP}]}`,
      ),
      {
        "reach pods of its namespace": {
          from: web,
          to: db,
          traffic: "TCP 5432",
          IPv4: "allowed",
          IPv6: "allowed",
          by: { IPv6: "spec.ingress[0].source.selector" },
        },
        "at a range of ports": { from: web, to: db, traffic: "TCP 8010", IPv4: "allowed", IPv6: "allowed" },
        "reach no other namespace": { from: ops, to: db, traffic: "TCP 5432", IPv4: "denied", IPv6: "denied" },
        "match no address": { from: outside, to: db, traffic: "TCP 5432", IPv4: "denied", IPv6: "denied" },
      },
    ));
  describe("with a namespaceSelector", () =>
    decides(
      policy(
        `{selector: app == 'db', ingress: [{action: Allow, source: {namespaceSelector: team == 'ops' || projectcalico.org/name == 'default'}}]}`,
      ),
      {
        "by a label": { from: ops, to: db, IPv4: "allowed", IPv6: "allowed" },
        "by name, for labels nobody knows": { from: web, to: db, IPv4: "allowed", IPv6: "allowed" },
        "by a label nobody knows": {
          from: pod("other", "x"),
          to: db,
          IPv4: /labels of namespace other/,
          IPv6: /labels of namespace other/,
        },
      },
    ));
  describe("in a global policy", () =>
    decides(global("{selector: app == 'db', ingress: [{action: Allow, source: {selector: app == 'tool'}}]}"), {
      "reach every namespace": { from: ops, to: db, IPv4: "allowed", IPv6: "allowed" },
    }));
  describe("of service accounts", () =>
    decides(policy("{selector: app == 'db', ingress: [{action: Allow, source: {serviceAccounts: {names: [web]}}}]}"), {
      "by name": { from: web, to: db, IPv4: "allowed", IPv6: "allowed" },
      "by a name nobody knows": {
        from: pod("default", "y"),
        to: db,
        IPv4: /service account of default\/y/,
        IPv6: /service account/,
      },
    }));
  describe("of service accounts by label", () =>
    decides(global("{selector: all(), serviceAccountSelector: role == 'web', types: [Egress]}"), {
      "need the ServiceAccount": {
        from: web,
        to: outside,
        IPv4: /labels of service account default\/web/,
        IPv6: /labels of service account/,
      },
    }));
  describe("that are network sets", () =>
    decides(
      `${global("{selector: all(), types: [Egress], egress: [{action: Deny, destination: {selector: blocked == 'yes'}}]}")}
---
apiVersion: projectcalico.org/v3
kind: GlobalNetworkSet
metadata: {name: bad, labels: {blocked: "yes"}}
spec: {nets: ["2606:4700::/32", 192.0.2.1]}
`,
      {
        "match their prefixes, per family": {
          from: web,
          to: outside,
          IPv4: "denied",
          IPv6: "denied",
          by: { IPv4: "spec.egress", IPv6: "spec.egress[0].destination.selector" },
        },
      },
    ));
});

describe("policies that never bind a pod", () => {
  describe("untracked ones", () =>
    decides(global("{selector: all(), doNotTrack: true, applyOnForward: true, types: [Egress]}"), {
      "are left out": { from: web, to: outside, IPv4: "allowed", IPv6: "allowed" },
    }));
  describe("staged ones", () =>
    decides(policy("{selector: all(), types: [Egress]}", "s", "StagedGlobalNetworkPolicy"), {
      "are left out": { from: web, to: outside, IPv4: "allowed", IPv6: "allowed" },
    }));
});

describe("Calico beside Cilium", () =>
  decides(
    `${policy("{selector: all(), types: [Egress]}")}
---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: {name: c, namespace: default}
spec: {endpointSelector: {}, egress: [{toEntities: [all]}]}
`,
    { "is not decided": { from: web, to: outside, IPv4: /Calico and of Cilium/, IPv6: /Calico and of Cilium/ } },
  ));

describe("what a rule leaves out", () =>
  decides(
    policy(
      "{selector: all(), types: [Ingress], ingress: [{action: Deny, protocol: TCP, destination: {notPorts: [443]}}, {action: Deny, source: {notSelector: app == 'db'}}, {action: Allow, notProtocol: UDP}]}",
    ),
    {
      ports: {
        from: db,
        to: web,
        traffic: "TCP 80",
        IPv4: "denied",
        IPv6: "denied",
        by: { IPv6: "spec.ingress[0].protocol" },
      },
      "pods of its namespace, and nothing outside it": { from: ops, to: web, IPv4: "allowed", IPv6: "allowed" },
      "of its own namespace": { from: pod("default", "job"), to: web, IPv4: "denied", IPv6: "denied" },
      protocols: { from: db, to: web, traffic: "UDP 53", IPv4: "denied", IPv6: "denied" },
      "nothing else": { from: db, to: web, IPv4: "allowed", IPv6: "allowed" },
    },
  ));

describe("what a flow does not tell", () =>
  decides(
    policy("{selector: all(), types: [Ingress], ingress: [{action: Allow, protocol: TCP, source: {ports: [1024]}}]}"),
    {
      "is not decided": { from: db, to: web, IPv4: /source port/, IPv6: /source port/ },
    },
  ));
