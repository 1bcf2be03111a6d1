import { familyOf } from "../addresses/address.ts";
import type { KubeObject } from "../cluster/cluster.ts";
import { flannelIPv6 } from "../kinds/flannel.ts";
import { familiesInTexts, objects, podCIDRs } from "./families.ts";
import type { Inventory } from "./inventory.ts";

/** The DaemonSet of a network plugin, as far as its settings stand in it. */
export interface Agent {
  readonly name: string;
  readonly namespace: string;
  /** Literal values of all containers; those from a ConfigMap or a field are not in it. */
  readonly env: ReadonlyMap<string, string>;
  /** Commands and arguments of all containers. */
  readonly args: readonly string[];
}

export interface CniAnswer {
  readonly ipv6: "on" | "off" | "unknown";
  readonly why: string;
}

export interface CniPlugin {
  readonly name: string;
  /** Names of its DaemonSet in the manifests its authors publish. */
  readonly runsAs: readonly string[];
  readonly configMap?: string;
  /** Where the setting that `ipv6` reads is documented. */
  readonly source: string;
  ipv6(agent: Agent, config: Readonly<Record<string, unknown>>, inventory: Inventory): CniAnswer;
}

/** The network plugins whose own settings say whether they carry IPv6. */
export const knownCnis: readonly CniPlugin[] = [
  {
    name: "Canal",
    runsAs: ["canal"],
    configMap: "canal-config",
    source: "https://docs.tigera.io/calico/latest/getting-started/kubernetes/flannel/install-for-flannel",
    ipv6: (agent, config) => {
      const flannel = netConf(config);
      return flannel.ipv6 === "on" && felixOff(agent) ? { ipv6: "off", why: FELIX_OFF } : flannel;
    },
  },
  {
    name: "Calico",
    runsAs: ["calico-node"],
    source: "https://docs.tigera.io/calico/latest/networking/ipam/ipv6",
    ipv6: (agent, _, inventory) => calico(agent, inventory),
  },
  {
    name: "Cilium",
    runsAs: ["cilium"],
    configMap: "cilium-config",
    source: "https://docs.cilium.io/en/stable/cmdref/cilium-agent/",
    ipv6: (_, config) => {
      const value = config["enable-ipv6"];
      if (typeof value !== "string") return { ipv6: "unknown", why: "enable-ipv6 is not to be seen in cilium-config." };
      return { ipv6: value === "true" ? "on" : "off", why: `cilium-config says enable-ipv6: "${value}".` };
    },
  },
  {
    name: "Flannel",
    runsAs: ["kube-flannel-ds", "kube-flannel"],
    configMap: "kube-flannel-cfg",
    source: "https://github.com/flannel-io/flannel/blob/master/Documentation/configuration.md",
    ipv6: (_, config) => netConf(config),
  },
  {
    name: "kube-router",
    runsAs: ["kube-router"],
    source: "https://www.kube-router.io/docs/ipv6/",
    ipv6: ({ args }) => {
      const flag = args.find((arg) => /^--enable-ipv6(=|$)/.test(arg));
      if (flag === undefined)
        return { ipv6: "off", why: "It runs without --enable-ipv6=true, and the default is IPv4 only." };
      return { ipv6: flag.endsWith("=false") ? "off" : "on", why: `It runs with ${flag}.` };
    },
  },
  {
    name: "kindnet",
    runsAs: ["kindnet"],
    source: "https://github.com/kubernetes-sigs/kind/blob/main/images/kindnetd/cmd/kindnetd/main.go",
    ipv6: ({ env }) => bySubnets("POD_SUBNET", env.get("POD_SUBNET")),
  },
  {
    name: "Antrea",
    runsAs: ["antrea-agent"],
    source: "https://antrea.io/docs/main/docs/antrea-ipam/",
    // Its agent takes each node's families from the node's podCIDRs.
    ipv6: (_agent, _config, { nodes }) =>
      bySubnets("podCIDRs of the nodes", objects(nodes).flatMap(podCIDRs).join(",")),
  },
  {
    name: "AWS VPC CNI",
    runsAs: ["aws-node"],
    source: "https://github.com/aws/amazon-vpc-cni-k8s#enable_ipv6-v1100",
    ipv6: ({ env }) => {
      const value = env.get("ENABLE_IPv6");
      const why =
        value === undefined ? "ENABLE_IPv6 is not set, and the default is false." : `ENABLE_IPv6 is "${value}".`;
      return { ipv6: value === "true" ? "on" : "off", why };
    },
  },
  {
    name: "Weave Net",
    runsAs: ["weave-net"],
    source: "https://github.com/weaveworks/weave/issues/19",
    ipv6: () => ({ ipv6: "off", why: "Weave Net has no IPv6." }),
  },
];

const FELIX_OFF = 'FELIX_IPV6SUPPORT is "false": it programs no IPv6 routes and no IPv6 policy.';

function felixOff({ env }: Agent): boolean {
  return env.get("FELIX_IPV6SUPPORT")?.toLowerCase() === "false";
}

function calico(agent: Agent, { ipPools }: Inventory): CniAnswer {
  if (felixOff(agent)) return { ipv6: "off", why: FELIX_OFF };
  if (!ipPools.ok) return { ipv6: "unknown", why: `Its IP pools were not to be seen: ${ipPools.refusal.message}` };
  const pool = ipPools.value.find((each) => isIPv6Pool(each) && each.spec?.disabled !== true);
  if (pool) return { ipv6: "on", why: `IPPool ${pool.metadata.name} gives pods addresses of ${pool.spec.cidr}.` };
  const disabled = ipPools.value.find(isIPv6Pool);
  if (disabled) return { ipv6: "off", why: `IPPool ${disabled.metadata.name} is IPv6, and disabled.` };
  return { ipv6: "off", why: `None of its ${ipPools.value.length} IP pools is an IPv6 one.` };
}

function isIPv6Pool({ spec }: KubeObject): boolean {
  return typeof spec?.cidr === "string" && familyOf(spec.cidr) === "IPv6";
}

/** Flannel's net-conf.json, a JSON text inside a ConfigMap. */
function netConf(config: Readonly<Record<string, unknown>>): CniAnswer {
  const text = config["net-conf.json"];
  if (typeof text !== "string") return { ipv6: "unknown", why: "Its net-conf.json is not to be seen." };
  const conf = flannelIPv6(text);
  if (conf === undefined) return { ipv6: "off", why: "Its net-conf.json is not valid JSON." };
  if (conf.enabled !== true) return { ipv6: "off", why: "Its net-conf.json does not have EnableIPv6: true." };
  if (typeof conf.network !== "string") return { ipv6: "off", why: "Its net-conf.json has no IPv6Network." };
  return { ipv6: "on", why: `Its net-conf.json has EnableIPv6 and IPv6Network ${conf.network}.` };
}

function bySubnets(what: string, text: string | undefined): CniAnswer {
  const families = familiesInTexts((text ?? "").split(","));
  if (families.length === 0) return { ipv6: "unknown", why: `${what}: no address range is to be seen.` };
  const ipv6 = families.includes("IPv6") ? "on" : "off";
  return { ipv6, why: `${what}: ${families.join(" and ")}.` };
}
