import { describe } from "node:test";
import { address, decides, outside, pod } from "./support.ts";

const web = pod("default", "web", "{app: web}");
const db = pod("default", "db", "{app: db}");
const dns = pod("kube-system", "coredns", "{k8s-app: kube-dns}");

describe("no policy", () =>
  decides("", {
    "allows both families": { from: web, to: outside, IPv4: "allowed", IPv6: "allowed" },
    "does not judge a flow between two families": {
      from: web,
      to: address("203.0.113.7"),
      IPv4: "allowed",
      IPv6: /203\.0\.113\.7 has no IPv6 address/,
    },
  }));

describe("egress to 0.0.0.0/0 only", () => {
  decides(
    `
kind: NetworkPolicy
apiVersion: networking.k8s.io/v1
metadata: {name: x, namespace: default}
spec:
  podSelector: {matchLabels: {app: web}}
  policyTypes: [Egress]
  egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0}}]}]
`,
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
      "leaves pods of other namespaces alone": {
        from: pod("other", "web", "{app: web}"),
        to: outside,
        IPv4: "allowed",
        IPv6: "allowed",
      },
      "reaches a DNS server over IPv4 only": { from: web, to: dns, traffic: "UDP 53", IPv4: "allowed", IPv6: "denied" },
    },
  );
});
