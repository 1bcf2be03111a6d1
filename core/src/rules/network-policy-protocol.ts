import { policyRules } from "../kinds/network-policy.ts";
import type { Rule } from "../lint/rule.ts";

const supported = ["TCP", "UDP", "SCTP"];

export const rule: Rule = {
  summary: "A NetworkPolicy names a protocol other than TCP, UDP and SCTP",
  why: `The API server takes TCP, UDP and SCTP, in capitals, and nothing else. ICMP and ICMPv6 cannot be named in a
NetworkPolicy: a rule without \`ports\` lets all protocols through, and Calico's and Cilium's own policies can tell ICMPv6 apart.`,
  source: "https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/networking/validation/validation.go",
  severity: "error",
  codes: ["NP001"],
  kinds: ["NetworkPolicy"],
  example: {
    bad: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
spec:
  podSelector: {}
  ingress:
    - ports:
        - protocol: tcp
          port: 443
`,
    good: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
spec:
  podSelector: {}
  ingress:
    - ports:
        - protocol: TCP
          port: 443
`,
  },

  *check(policy) {
    for (const port of policyRules(policy).flatMap(({ rule }) => rule.get("ports")?.items() ?? [])) {
      const protocol = port.get("protocol");
      if (protocol?.text === undefined || supported.includes(protocol.text)) continue;
      const capital = supported.find((name) => name === protocol.text?.toUpperCase());
      const advice = capital ? "" : /^icmp/i.test(protocol.text) ? "; a rule without ports lets ICMP through" : "";
      yield {
        at: protocol,
        message: `Unsupported value: "${protocol.text}": supported values: "TCP", "UDP", "SCTP"${advice}`,
        fix: capital ? { kind: "spelling", title: `Write ${capital}`, edits: [protocol.replace(capital)] } : undefined,
      };
    }
  },
};
