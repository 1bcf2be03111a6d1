import type { Family } from "../addresses/address.ts";
import { familyOf } from "../addresses/address.ts";
import { clusterPlan } from "../kinds/cluster-plan.ts";
import { plannedPrefixes } from "../kinds/planned-list.ts";
import type { Rule } from "../lint/rule.ts";
import { prefixFamiliesOf } from "../literals/subnet-list.ts";

export const rule: Rule = {
  summary: "Nodes get addresses of one family where pods have two",
  why: `The kubelet of Talos takes the node's addresses from \`validSubnets\` alone: "For dual stack configuration, there should be two subnets:
one for IPv4, another for IPv6". With subnets of one family the node has no address of the other: pods in the node's network have
none, and host ports and node ports answer over one family. A subnet with an exclamation mark in front only keeps addresses out.`,
  source: "https://www.talos.dev/latest/reference/configuration/v1alpha1/config/#Config.machine.kubelet.nodeIP",
  severity: "warning",
  kinds: ["TalosConfig"],
  mentions: [/validSubnets/],
  example: {
    bad: `machine:
  kubelet:
    nodeIP:
      validSubnets:
        - 10.0.0.0/24
cluster:
  network:
    podSubnets: [10.244.0.0/16, "fd12:3456:789a::/56"]
    serviceSubnets: [10.96.0.0/12, "fd12:3456:789b::/112"]
`,
    good: `machine:
  kubelet:
    nodeIP:
      validSubnets:
        - 10.0.0.0/24
        - fd12:3456:789a:ff::/64
cluster:
  network:
    podSubnets: [10.244.0.0/16, "fd12:3456:789a::/56"]
    serviceSubnets: [10.96.0.0/12, "fd12:3456:789b::/112"]
`,
  },

  *check(config) {
    const pods = prefixFamiliesOf(plannedPrefixes(clusterPlan(config)?.pods) ?? []);
    const subnets = config.get("machine", "kubelet", "nodeIP", "validSubnets")?.items() ?? [];
    const families = subnets.flatMap(({ text = "" }) => (text.startsWith("!") ? [] : [familyOf(text)]));
    if (families.length === 0 || families.includes(undefined)) return;
    const missing = pods.find((family: Family) => !families.includes(family));
    if (missing && pods.some((family: Family) => families.includes(family)))
      yield {
        at: subnets.find(({ text = "" }) => !text.startsWith("!")),
        message: `pods have ${missing}, and nodes get no ${missing} address of these subnets: add an ${missing} one`,
      };
  },
};
