import { otherFamily } from "../addresses/address.ts";
import { ingressPolicies } from "../facts/network-policies.ts";
import { exposedServices, familiesOn, selectsAll } from "../facts/selectors.ts";
import { usualClusterOf } from "../facts/service-ranges.ts";
import { sameNamespace } from "../facts/services.ts";
import { cidrsOf, isAny, policyRules } from "../kinds/network-policy.ts";
import type { Rule } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "A NetworkPolicy lets one family in to the pods of a dual-stack Service",
  why: `The Service answers on both families, its pods are isolated for both, and every peer let in is a block of one family:
connections of the other time out. Selectors let pods in whatever their family.`,
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
    const any = policyRules(policy).some(({ peers }) => cidrsOf(peers).some((cidr) => only && isAny(cidr, only)));
    if (own?.families.length !== 1 || !only || any || policy.partial) return;
    const service = world.all(exposedServices).find((known) => {
      const { selector } = known.value;
      const dual = familiesOn(usualClusterOf(world), known.value).length === 2;
      if (!dual || !sameNamespace(known, policy) || !selectsAll(own.selector, selector)) return false;
      const others = policies.filter(({ value }) => value.families.includes(otherFamily(only)));
      return !others.some(({ value }) => selectsAll(value.selector, selector));
    });
    if (!service) return;
    yield {
      at: policy.get("spec", "ingress")?.key,
      message: `Service ${service.name} is dual-stack, but only ${only} peers are let in; add ${otherFamily(only)} blocks`,
    };
  },
};
