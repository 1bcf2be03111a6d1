import { otherFamily, parseAddress } from "../addresses/address.ts";
import { clusterSubnets } from "../facts/cluster-subnets.ts";
import { programFlags } from "../kinds/flags.ts";
import type { Rule } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "node-ip names one family in a dual-stack cluster",
  why: `With one address in --node-ip, the Node has one InternalIP, and pods on the host network, the API server and
kube-proxy among them, are single-stack. Name an address of each family, the primary one first.`,
  source: "https://kubernetes.io/docs/setup/production-environment/tools/kubeadm/dual-stack-support/",
  severity: "warning",
  codes: ["KADM015"],
  kinds: ["InitConfiguration", "JoinConfiguration"],
  groups: ["kubeadm.k8s.io"],
  example: {
    bad: `apiVersion: kubeadm.k8s.io/v1beta4
kind: InitConfiguration
nodeRegistration:
  kubeletExtraArgs:
    - name: node-ip
      value: 10.0.0.11
---
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
networking:
  podSubnet: 10.244.0.0/16,fd12:3456:789a::/56
  serviceSubnet: 10.96.0.0/12,fd12:3456:789b::/108
`,
    good: `apiVersion: kubeadm.k8s.io/v1beta4
kind: InitConfiguration
nodeRegistration:
  kubeletExtraArgs:
    - name: node-ip
      value: 10.0.0.11,fd12:3456:789a:ff::11
---
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
networking:
  podSubnet: 10.244.0.0/16,fd12:3456:789a::/56
  serviceSubnet: 10.96.0.0/12,fd12:3456:789b::/108
`,
  },

  *check(config, world) {
    const at = programFlags(config, "kubelet")?.get("node-ip");
    const family = parseAddress(at?.text ?? "")?.family;
    const clusters = world.all(clusterSubnets);
    if (!family || clusters.length !== 1 || clusters[0]?.value.pods.length !== 2) return;
    const missing = otherFamily(family);
    yield { at, message: `the subnets are dual-stack, this node has no ${missing} address; add one after a comma` };
  },
};
