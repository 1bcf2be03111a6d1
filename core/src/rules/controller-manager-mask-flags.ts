import { prefixesOfCluster } from "../facts/node-masks.ts";
import { clusterPlan } from "../kinds/cluster-plan.ts";
import { type Flag, flagFiles, isOn, programFlags } from "../kinds/flags.ts";
import { plannedPrefixes } from "../kinds/planned-list.ts";
import type { Rule } from "../lint/rule.ts";
import { isSingleOrDual, prefixesOf, subnetList } from "../literals/subnet-list.ts";
import type { Field } from "../manifest/field.ts";
import { podKinds, type Resource } from "../manifest/resource.ts";

const whole = "node-cidr-mask-size";

export const rule: Rule = {
  summary: "The controller manager does not take these mask flags together",
  why: `--node-cidr-mask-size is for single-stack clusters, whatever their family. A dual-stack cluster has
--node-cidr-mask-size-ipv4 and --node-cidr-mask-size-ipv6, and a single-stack one may use the flag of its own family. They are
only read while --allocate-node-cidrs is on.`,
  source: "https://github.com/kubernetes/kubernetes/blob/master/cmd/kube-controller-manager/app/core.go",
  severity: "error",
  codes: ["KCM001", "KCM002", "KCM003"],
  kinds: [...podKinds, "ClusterConfiguration", ...flagFiles],
  mentions: [/node-cidr-mask-size/],
  example: {
    bad: `apiVersion: v1
kind: Pod
metadata:
  name: kube-controller-manager
  namespace: kube-system
spec:
  containers:
    - name: kube-controller-manager
      command:
        - kube-controller-manager
        - --allocate-node-cidrs=true
        - --cluster-cidr=10.244.0.0/16,fd12:3456:789a::/56
        - --node-cidr-mask-size=24
`,
    good: `apiVersion: v1
kind: Pod
metadata:
  name: kube-controller-manager
  namespace: kube-system
spec:
  containers:
    - name: kube-controller-manager
      command:
        - kube-controller-manager
        - --allocate-node-cidrs=true
        - --cluster-cidr=10.244.0.0/16,fd12:3456:789a::/56
        - --node-cidr-mask-size-ipv4=24
`,
  },

  *check(resource, world) {
    const flags = programFlags(resource, "kube-controller-manager");
    const clusterCidr = flags?.get("cluster-cidr") ?? podSubnet(resource);
    const planned = plannedPrefixes(clusterPlan(resource)?.pods) ?? prefixesOfCluster(world, resource);
    const isAllocated = planned !== undefined || podSubnet(resource) !== undefined;
    if (!flags || !(isOn(flags.get("allocate-node-cidrs")) || (isAllocated && !flags.has("allocate-node-cidrs"))))
      return;
    const prefixes = clusterCidr ? prefixesOf(subnetList(clusterCidr)) : planned;
    if (!prefixes?.[0] || !isSingleOrDual(prefixes)) return;
    const { family } = prefixes[0].address;
    const single = given(flags.get(whole));
    const ipv4 = given(flags.get(`${whole}-ipv4`));
    const ipv6 = given(flags.get(`${whole}-ipv6`));
    const foreign = family === "IPv4" ? ipv6 : ipv4;
    if (prefixes.length === 2) {
      const message = `usage of --${whole} is not allowed with dual-stack clusters; use --${whole}-ipv4 and -ipv6`;
      if (single) yield { at: single, codes: ["KCM001"], message };
    } else if (single && (ipv4 ?? ipv6)) {
      const message = `usage of --${whole}-ipv4 and --${whole}-ipv6 is not allowed if --${whole} is set; keep one style`;
      yield { at: single, codes: ["KCM003"], message };
    } else if (foreign) {
      const message = `usage of --${foreign.name} is not allowed for a single-stack ${family} cluster; remove it`;
      yield { at: foreign, codes: ["KCM002"], message };
    }
  },
};

/**
 * kubeadm makes --cluster-cidr of it, and turns the allocation on.
 * {@link https://github.com/kubernetes/kubernetes/blob/master/cmd/kubeadm/app/phases/controlplane/manifests.go}
 */
function podSubnet(config: Resource): Field | undefined {
  return config.kind === "ClusterConfiguration" ? config.get("networking", "podSubnet") : undefined;
}

/** 0 is as good as not given. */
function given(flag: Flag | undefined): Flag | undefined {
  return flag && Number(flag.text) !== 0 ? flag : undefined;
}
