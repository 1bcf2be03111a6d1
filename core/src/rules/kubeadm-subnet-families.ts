import { freeServiceRange } from "../facts/free-service-range.ts";
import type { Report, Rule } from "../lint/rule.ts";
import { isSingleOrDual, prefixesOf, prefixFamiliesOf, subnetList } from "../literals/subnet-list.ts";
import type { Field } from "../manifest/field.ts";

/** What kubeadm takes where serviceSubnet is left out. */
const defaultServiceSubnet = "10.96.0.0/12";

export const rule: Rule = {
  summary: "Pods and Services do not have the same families",
  why: `kubeadm accepts a dual-stack podSubnet with a single-stack serviceSubnet and the reverse. In the first case no Service
can be dual-stack, and RequireDualStack is refused; in the second, Services get addresses that no pod can answer for. Where they share no family, no Service ever gets an endpoint.`,
  source: "https://kubernetes.io/docs/setup/production-environment/tools/kubeadm/dual-stack-support/",
  severity: "warning",
  codes: ["KADM010", "X002"],
  kinds: ["ClusterConfiguration"],
  groups: ["kubeadm.k8s.io"],
  example: {
    bad: `apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
networking:
  podSubnet: 10.244.0.0/16,fd12:3456:789a::/56
  serviceSubnet: 10.96.0.0/12
`,
    good: `apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
networking:
  podSubnet: 10.244.0.0/16,fd12:3456:789a::/56
  serviceSubnet: 10.96.0.0/12,fd12:3456:789a:ffff::/112
`,
  },

  *check(config, world) {
    const podSubnet = config.get("networking", "podSubnet");
    const serviceSubnet = config.get("networking", "serviceSubnet");
    if (!podSubnet || (!serviceSubnet && config.partial)) return;
    const pods = prefixesOf(subnetList(podSubnet));
    const services = serviceSubnet ? prefixesOf(subnetList(serviceSubnet)) : undefined;
    if (![pods ?? [], services ?? []].every(isSingleOrDual)) return;
    const podFamilies = prefixFamiliesOf(pods ?? []);
    const serviceFamilies = serviceSubnet ? prefixFamiliesOf(services ?? []) : (["IPv4"] as const);
    if (podFamilies.length === 0 || serviceFamilies.length === 0) return;
    // Two single-stack lists are not of two sizes: they begin with different families.
    const codes = podFamilies.length === serviceFamilies.length ? ["X002"] : ["KADM010"];
    const missing = podFamilies.find((family) => !serviceFamilies.includes(family));
    const unserved = serviceFamilies.find((family) => !podFamilies.includes(family));
    if (missing && unserved && serviceSubnet)
      yield {
        at: serviceSubnet,
        codes,
        severity: "error",
        message: `pods have ${missing} and Services ${unserved}: no Service gets an endpoint; give both the same`,
      };
    else if (missing)
      yield {
        at: serviceSubnet ?? podSubnet,
        codes,
        message: serviceSubnet
          ? `pods have ${missing}, Services do not; add an ${missing} prefix to serviceSubnet`
          : `pods have ${missing}, Services only ${defaultServiceSubnet}; set serviceSubnet`,
        fix: missing === "IPv6" ? beside(serviceSubnet, freeServiceRange(world, pods ?? [])) : undefined,
      };
    else if (unserved)
      yield {
        at: podSubnet,
        codes,
        message: `Services have ${unserved}, pods do not; add an ${unserved} prefix to podSubnet`,
      };
  },
};

function beside(field: Field | undefined, range: string | undefined): Report["fix"] {
  const text = field?.text && range ? `${field.text},${range}` : undefined;
  return text ? { kind: "decision", title: `Write ${text}`, edits: [field?.replace(text)] } : undefined;
}
