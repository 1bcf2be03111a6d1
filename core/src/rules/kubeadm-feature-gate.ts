import type { Rule } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "The feature gate IPv6DualStack is gone",
  why: `Dual-stack became stable in Kubernetes 1.23 and needs no gate; the gate was removed soon after, and kubeadm refuses
names it does not know. Two subnets of different families are all it takes.`,
  source: "https://kubernetes.io/docs/reference/command-line-tools-reference/feature-gates-removed/",
  severity: "error",
  codes: ["KADM018"],
  kinds: ["ClusterConfiguration"],
  groups: ["kubeadm.k8s.io"],
  example: {
    bad: `apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
featureGates:
  IPv6DualStack: true
  NodeLocalCRISocket: true
`,
    good: `apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
featureGates:
  NodeLocalCRISocket: true
`,
  },

  *check(config, world) {
    const gates = config.get("featureGates");
    const gate = gates?.get("IPv6DualStack");
    if (!gates || !gate || !world.atLeast(24)) return;
    const edit = gates.entries().length > 1 ? gate.remove() : gates.remove();
    const { start, end } = gate.key;
    yield {
      at: { path: gates.path, start, end },
      message: "IPv6DualStack is not a valid feature name; delete it, dual-stack needs no gate",
      fix: { kind: "decision", title: "Delete the gate", edits: [edit] },
    };
  },
};
