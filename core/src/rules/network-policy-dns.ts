import { allowsDns, type DnsPolicy, dnsPolicies } from "../facts/network-policies.ts";
import { isolates } from "../kinds/network-policy.ts";
import { mayMeet, type PodSelector, podSelector } from "../kinds/pod-selector.ts";
import type { KnownFact } from "../lint/fact.ts";
import type { Rule } from "../lint/rule.ts";
import type { Resource } from "../manifest/resource.ts";

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
    if (isOfGardener(policy)) return;
    if (allowsDns(policy, world.cluster === "v6" || world.cluster === "dual-v6")) return;
    const own = podSelector(policy.get("spec", "podSelector"));
    // Pods often get one policy for each of their labels, DNS among these; no pod has two values of one label.
    const others = world.digest(dnsPolicies, letOut).get(policy.namespace ?? "default") ?? [];
    if (others.some((selector) => mayMeet(selector, own))) return;
    yield {
      at: egress.key,
      message: "no egress rule lets DNS out; add UDP and TCP 53 to kube-dns",
      fix: { kind: "decision", title: "Allow DNS to kube-dns", edits: [egress.append(kubeDns)] },
    };
  },
};

/** The pods that may ask for names, by namespace; each selector once. */
function letOut(all: readonly KnownFact<DnsPolicy>[]): ReadonlyMap<string, readonly PodSelector[]> {
  const asking = all.filter(({ value }) => value.allowsDns);
  const spaces = Map.groupBy(asking, ({ namespace }) => namespace ?? "default");
  return new Map(
    [...spaces].map(([space, known]) => [
      space,
      [...new Map(known.map(({ value: { selector } }) => [selector.text, selector])).values()],
    ]),
  );
}

/** Each of Gardener's policies lets pods with one label reach one thing; its allow-to-dns is written by Gardener. {@link https://gardener.cloud/docs/gardener/network_policies/} */
function isOfGardener(policy: Resource): boolean {
  const labels = policy.get("spec", "podSelector", "matchLabels")?.entries() ?? [];
  return labels.length > 0 && labels.every(([key]) => key.startsWith("networking.gardener.cloud/to-"));
}
