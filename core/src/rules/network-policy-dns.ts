import { allowsDns, type DnsPolicy, dnsPolicies, selectedLabels, selectorOf } from "../facts/network-policies.ts";
import { selectsAll } from "../facts/selectors.ts";
import { isolates } from "../kinds/network-policy.ts";
import type { Known } from "../lint/fact.ts";
import type { Rule } from "../lint/rule.ts";

const kubeDns = `to:
  - namespaceSelector:
      matchLabels:
        kubernetes.io/metadata.name: kube-system
    podSelector:
      matchLabels:
        k8s-app: kube-dns
ports:
  - protocol: UDP
    port: 53
  - protocol: TCP
    port: 53`;

export const rule: Rule = {
  summary: "An egress policy lets no DNS query out",
  why: `Once a policy isolates a pod's egress, everything it does not name is cut off, DNS included: the pod then resolves
neither A nor AAAA records, which looks like a network fault. Another policy that selects the same pods may allow it as well.`,
  source: "https://kubernetes.io/docs/concepts/services-networking/network-policies/",
  severity: "warning",
  codes: ["NP006"],
  kinds: ["NetworkPolicy"],
  example: {
    bad: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
spec:
  podSelector: {}
  policyTypes: [Egress]
  egress:
    - to:
        - podSelector: {}
`,
    good: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
spec:
  podSelector: {}
  policyTypes: [Egress]
  egress:
    - to:
        - podSelector: {}
    - to:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: kube-system
          podSelector:
            matchLabels:
              k8s-app: kube-dns
      ports:
        - protocol: UDP
          port: 53
        - protocol: TCP
          port: 53
`,
  },

  *check(policy, world) {
    const egress = policy.get("spec", "egress");
    // An empty list shuts everything off on purpose, and in a template the DNS rule may come from elsewhere.
    if (!egress?.items().length || policy.partial || !isolates(policy, "egress")) return;
    if (allowsDns(policy, world.cluster === "v6" || world.cluster === "dual-v6")) return;
    const selector = selectorOf(policy);
    const own = selectedLabels(policy);
    const elsewhere = ({ value, namespace }: Known<DnsPolicy>) =>
      value.allowsDns &&
      namespace === policy.namespace &&
      (["{}", selector].includes(value.selector) || (own && value.labels && selectsAll(value.labels, own)));
    if (world.all(dnsPolicies).some(elsewhere)) return;
    yield {
      at: egress.key,
      message: "no egress rule lets DNS out; add UDP and TCP 53 to kube-dns",
      fix: { title: "Allow DNS to kube-dns", edits: [egress.append(kubeDns)] },
    };
  },
};
