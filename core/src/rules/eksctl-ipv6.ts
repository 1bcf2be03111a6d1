import type { Rule } from "../lint/rule.ts";
import { absent } from "../manifest/missing.ts";

const needed = ["vpc-cni", "coredns", "kube-proxy"];

export const rule: Rule = {
  summary: "eksctl does not make an IPv6 cluster of this file",
  why: `With \`ipFamily: IPv6\` eksctl wants the addons vpc-cni, coredns and kube-proxy by name and OpenID Connect for their roles, and takes
no serviceIPv4CIDR: EKS chooses the range of Services itself. An IPv6 cluster of EKS is single-stack for pods and Services.`,
  source: "https://eksctl.io/usage/vpc-ip-family/",
  severity: "error",
  kinds: ["ClusterConfig"],
  groups: ["eksctl.io"],
  mentions: [/ipFamily/],
  example: {
    bad: `apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata:
  name: shop
  region: eu-central-1
kubernetesNetworkConfig:
  ipFamily: IPv6
  serviceIPv4CIDR: 10.100.0.0/16
addons:
  - name: vpc-cni
  - name: coredns
  - name: kube-proxy
iam:
  withOIDC: true
`,
    good: `apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata:
  name: shop
  region: eu-central-1
kubernetesNetworkConfig:
  ipFamily: IPv6
addons:
  - name: vpc-cni
  - name: coredns
  - name: kube-proxy
iam:
  withOIDC: true
`,
  },

  *check(config) {
    const network = config.get("kubernetesNetworkConfig");
    const family = network?.get("ipFamily");
    if (!family?.text) return;
    if (!/^ipv[46]$/i.test(family.text))
      yield { at: family, message: `invalid value "${family.text}" for ipFamily; allowed are IPv4 and IPv6` };
    if (!/^ipv6$/i.test(family.text)) return;
    const range = network?.get("serviceIPv4CIDR");
    if (range) yield { at: range, message: "service IPv4 CIDR is not supported with IPv6: remove it, EKS chooses one" };
    const nat = config.get("vpc", "nat");
    if (nat) yield { at: nat.key, message: "setting NAT is not supported with IPv6: remove it" };
    const names =
      config
        .get("addons")
        ?.items()
        .map((addon) => addon.get("name")?.text) ?? [];
    const lacking = needed.filter((name) => !names.includes(name));
    if (config.partial || names.includes(undefined) || config.get("autoModeConfig", "enabled")?.boolean === true)
      return;
    if (lacking.length > 0)
      yield {
        at: config.get("addons")?.key ?? absent(config, "addons"),
        message: `the default core addons must be defined for IPv6; missing addon(s): ${lacking.join(", ")}`,
      };
    if (config.get("iam", "withOIDC")?.boolean !== true)
      yield {
        at: config.get("iam", "withOIDC") ?? absent(config, "iam", "withOIDC"),
        message: "oidc needs to be enabled if IPv6 is set: write iam.withOIDC: true",
      };
  },
};
