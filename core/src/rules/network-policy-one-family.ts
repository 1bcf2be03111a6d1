import { type Family, familyOf, otherFamily } from "../address.ts";
import { fact } from "../fact.ts";
import { exposedServices, familiesOn, labelsOf, selectsAll } from "../facts/selectors.ts";
import { clusterOf } from "../facts/service-ranges.ts";
import { sameNamespace } from "../facts/services.ts";
import { cidrsOf, isAny, isolates, policyRules } from "../manifest/network-policy.ts";
import type { Resource } from "../manifest/resource.ts";
import type { Rule } from "../rule.ts";

/** Which pods an ingress policy isolates, and the families of the peers it lets in. */
interface IngressPolicy {
  readonly selector: Readonly<Record<string, string>>;
  readonly families: readonly Family[];
}

const ingressPolicies = fact<IngressPolicy>(["NetworkPolicy"], (policy) => {
  const podSelector = policy.get("spec", "podSelector");
  const selector = labelsOf(podSelector?.get("matchLabels"));
  if (!selector || podSelector?.has("matchExpressions") || !isolates(policy, "ingress")) return undefined;
  return { selector, families: admitted(policy) };
});

export const rule: Rule = {
  summary: "A NetworkPolicy lets one family in to the pods of a dual-stack Service",
  why: `The Service answers on both families, its pods are isolated for both, and every peer that is let in is a block of one
family: connections of the other time out. Selectors let pods in whatever their family; blocks are needed for both.`,
  source: "https://kubernetes.io/docs/concepts/services-networking/network-policies/",
  severity: "warning",
  codes: ["X004"],
  kinds: ["NetworkPolicy"],
  example: {
    bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: {app: web}
  ipFamilyPolicy: RequireDualStack
  ports: [{port: 80}]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
spec:
  podSelector:
    matchLabels: {app: web}
  ingress:
    - from:
        - ipBlock: {cidr: 10.0.0.0/8}
`,
    good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: {app: web}
  ipFamilyPolicy: RequireDualStack
  ports: [{port: 80}]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
spec:
  podSelector:
    matchLabels: {app: web}
  ingress:
    - from:
        - ipBlock: {cidr: 10.0.0.0/8}
        - ipBlock: {cidr: "fd12:3456:789a::/48"}
`,
  },

  *check(policy, world) {
    const policies = world.all(ingressPolicies).filter((known) => sameNamespace(known, policy));
    const own = policies.find((known) => known.isOf(policy))?.value;
    const [only] = own?.families ?? [];
    // A block of everything is network-policy-ipv4-any's or -ipv6-any's to report.
    const any = policyRules(policy).some(({ peers }) => cidrsOf(peers).some((cidr) => only && isAny(cidr, only)));
    if (!own || !only || own.families.length !== 1 || any || policy.partial) return;
    const service = world.all(exposedServices).find((known) => {
      const { selector } = known.value;
      const dual = familiesOn(clusterOf(world), known.value).length === 2;
      if (!dual || !sameNamespace(known, policy) || !selectsAll(own.selector, selector)) return false;
      const beside = policies.filter(({ value }) => selectsAll(value.selector, selector));
      return !beside.some(({ value }) => value.families.includes(otherFamily(only)));
    });
    if (!service) return;
    yield {
      at: policy.get("spec", "ingress")?.key,
      message: `Service ${service.name} is dual-stack, but only ${only} peers are let in; add ${otherFamily(only)} blocks`,
    };
  },
};

/** Selectors, and rules without peers, let both in. */
function admitted(policy: Resource): readonly Family[] {
  const lists = policyRules(policy).filter(({ direction }) => direction === "ingress");
  const families = lists.flatMap(({ peers }): readonly Family[] => {
    const items = peers?.items() ?? [];
    if (items.length === 0 || items.some((peer) => !peer.has("ipBlock"))) return ["IPv4", "IPv6"];
    const cidrs = cidrsOf(peers).map((cidr) => familyOf(cidr?.text ?? ""));
    return cidrs.flatMap((family) => family ?? (["IPv4", "IPv6"] as const));
  });
  return [...new Set(families)];
}
