import { type Family, familyOf } from "../addresses/address.ts";
import { plannedFamilies } from "../facts/pod-families.ts";
import { ranges } from "../facts/ranges.ts";
import { clusterOf } from "../facts/service-ranges.ts";
import { ciliumConfig } from "../kinds/cilium-config.ts";
import { mentionsCilium } from "../kinds/cilium-values.ts";
import type { Report, Rule, World } from "../lint/rule.ts";
import type { Field } from "../manifest/field.ts";
import { absent } from "../manifest/missing.ts";
import type { Resource } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "The network plugin lacks a family that the cluster is planned with",
  why: `Which families pods have, two sides say: the cluster (podSubnet, cluster-cidr), and the plugin that gives the addresses. A plugin
that is left at IPv4 makes a dual-stack cluster whose pods have one address: Services get IPv6 addresses that nobody answers for.
flannel wants \`EnableIPv6\` and \`IPv6Network\`, Cilium \`ipv6.enabled\`, Calico a pool of each family.`,
  source: "https://kubernetes.io/docs/concepts/services-networking/dual-stack/#prerequisites",
  severity: "warning",
  codes: ["X003"],
  kinds: ["FlannelNetConf", "ConfigMap", "HelmValues", "IPPool", "Installation"],
  mentions: [mentionsCilium, /"?Network"?:|cidr:/],
  example: {
    bad: manifest('{"Network": "10.244.0.0/16"}'),
    good: manifest('{"Network": "10.244.0.0/16", "EnableIPv6": true, "IPv6Network": "fd12:3456:789a::/56"}'),
  },

  *check(resource, world) {
    const plan = plannedFamilies(world);
    const families = plan?.families ?? [];
    const shape = clusterOf(world);
    const wanted = (family: Family) =>
      plan ? families.includes(family) : shape.startsWith("dual") || shape === (family === "IPv6" ? "v6" : "v4");
    const why = plan ? `${plan.key} gives them` : "the cluster has";
    const severity = plan ? "warning" : "information";
    for (const { family, at, remedy } of lackedBy(resource, plan !== undefined, world))
      if (wanted(family)) yield { at, severity, message: `pods get no ${family}, which ${why}: ${remedy}` };
  },
};

interface Lack {
  readonly family: Family;
  readonly at: Report["at"];
  readonly remedy: string;
}

function lackedBy(resource: Resource, planned: boolean, world: World): readonly Lack[] {
  switch (resource.kind) {
    case "FlannelNetConf":
      return flannel(resource);
    case "IPPool":
      return planned && /projectcalico\.org$/.test(resource.group) ? pools(resource, world) : [];
    case "Installation":
      return planned && resource.group === "operator.tigera.io" ? installed(resource) : [];
    default:
      return cilium(resource, planned);
  }
}

function flannel(conf: Resource): readonly Lack[] {
  const network = conf.get("Network");
  const off = conf.get("EnableIPv6");
  if (!network || conf.get("IPv6Network") || off?.boolean === true) return [];
  return [{ family: "IPv6", at: off ?? network, remedy: 'add "EnableIPv6": true and IPv6Network' }];
}

/** Off by default, so that what is left out counts where a plan stands beside it; other files may complete what nobody planned. */
function cilium(resource: Resource, planned: boolean): readonly Lack[] {
  const config = ciliumConfig(resource);
  if (!config) return [];
  const said = config.get("enable-ipv6");
  const isLeftOut = planned && config.lacks("enable-ipv6");
  if (!(said ? config.off("enable-ipv6") : isLeftOut)) return [];
  const at = said ?? firstOf(config.data) ?? absent(resource, "data");
  return [
    {
      family: "IPv6",
      at,
      remedy: `write ${config.key("enable-ipv6")}: ${resource.kind === "ConfigMap" ? '"true"' : "true"}`,
    },
  ];
}

function firstOf(data: Field) {
  return data.entries()[0]?.[1].key;
}

/** Said once, of the first pool. */
function pools(pool: Resource, world: World): readonly Lack[] {
  const all = world.all(ranges).filter(({ kind }) => kind === "IPPool");
  const texts = all.flatMap(({ value }) => value.filter(({ role }) => role === "pod").map(({ text }) => text));
  const cidr = pool.get("spec", "cidr");
  return all[0]?.isOf(pool) && cidr ? lacked(texts, cidr) : [];
}

function installed(installation: Resource): readonly Lack[] {
  const cidrs = (installation.get("spec", "calicoNetwork", "ipPools")?.items() ?? []).flatMap(
    (pool) => pool.get("cidr") ?? [],
  );
  return cidrs[0]
    ? lacked(
        cidrs.map(({ text = "" }) => text),
        cidrs[0],
      )
    : [];
}

function lacked(texts: readonly string[], at: Field): readonly Lack[] {
  const families = texts.map((text) => familyOf(text));
  if (families.length === 0 || families.includes(undefined)) return [];
  return (["IPv4", "IPv6"] as const).flatMap((family) =>
    families.includes(family) ? [] : [{ family, at, remedy: `add a pool of its ${family} prefix` }],
  );
}

function manifest(netConf: string): string {
  return `apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
networking:
  podSubnet: 10.244.0.0/16,fd12:3456:789a::/56
  serviceSubnet: 10.96.0.0/16,fd12:3456:789a:ffff::/112
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: kube-flannel-cfg
data:
  net-conf.json: |
    ${netConf}
`;
}
