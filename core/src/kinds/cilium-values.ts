import type { Field } from "../manifest/field.ts";
import type { Resource } from "../manifest/resource.ts";

/** The keys of `cilium-config`, which are the flags of the agent and the operator, as it or the chart's values write them. */
export interface CiliumConfig {
  readonly data: Field;
  /** undefined where it is not written or comes from a template. */
  text(key: string): string | undefined;
  get(key: string): Field | undefined;
  /** How it is spelled here, its steps parted by dots. */
  key(key: string): string;
  /** It is certainly not written. */
  lacks(key: string): boolean;
  /** "true" as the programs read it: any case, and "1". */
  on(key: string): boolean;
  off(key: string): boolean;
}

/** Where the values of Cilium's chart say what `cilium-config` will, and what the chart makes of it when they say nothing. */
interface Value {
  readonly path: readonly string[];
  readonly byDefault?: string;
  /** The chart writes the key only if this family is on. */
  readonly family?: 4 | 6;
}

const pool = (version: 4 | 6, what: string) => ["ipam", "operator", `clusterPoolIPv${version}${what}`];

/** {@link https://github.com/cilium/cilium/blob/main/install/kubernetes/cilium/templates/cilium-configmap.yaml} */
const valuesOf: Readonly<Record<string, Value>> = {
  "enable-ipv4": { path: ["ipv4", "enabled"], byDefault: "true" },
  "enable-ipv6": { path: ["ipv6", "enabled"], byDefault: "false" },
  "enable-ipv4-masquerade": { path: ["enableIPv4Masquerade"], byDefault: "true", family: 4 },
  "enable-ipv6-masquerade": { path: ["enableIPv6Masquerade"], byDefault: "true", family: 6 },
  "enable-ip-masq-agent": { path: ["ipMasqAgent", "enabled"], byDefault: "false" },
  "enable-nat46x64-gateway": { path: ["nat46x64Gateway", "enabled"], byDefault: "false" },
  "routing-mode": { path: ["routingMode"] },
  "ipv4-native-routing-cidr": { path: ["ipv4NativeRoutingCIDR"] },
  "ipv6-native-routing-cidr": { path: ["ipv6NativeRoutingCIDR"] },
  ipam: { path: ["ipam", "mode"], byDefault: "cluster-pool" },
  "cluster-pool-ipv4-cidr": { path: pool(4, "PodCIDRList"), byDefault: "10.0.0.0/8", family: 4 },
  "cluster-pool-ipv4-mask-size": { path: pool(4, "MaskSize"), byDefault: "24", family: 4 },
  "cluster-pool-ipv6-cidr": { path: pool(6, "PodCIDRList"), byDefault: "fd00::/104", family: 6 },
  "cluster-pool-ipv6-mask-size": { path: pool(6, "MaskSize"), byDefault: "120", family: 6 },
};

/** Keys that the values of no other chart have. */
const telling = [
  "routingMode",
  "ipv4NativeRoutingCIDR",
  "ipv6NativeRoutingCIDR",
  "kubeProxyReplacement",
  "ipv4",
  "ipv6",
];

/** What a document holds one of if it can be values of Cilium's chart with anything to say on IPv6. */
export const mentionsCilium = /cilium-config|routingMode|NativeRoutingCIDR|clusterPoolIPv|kubeProxyReplacement/;

/** The values of Cilium's chart, alone or below its name, read as the ConfigMap that the chart makes of them; undefined for others. */
export function ciliumValues(resource: Resource): CiliumConfig | undefined {
  if (resource.kind !== "HelmValues") return undefined;
  const data = [resource.root, resource.get("cilium")].find(isCilium);
  if (!data) return undefined;
  const get = (key: string) => at(data, valuesOf[key]?.path);
  const text = (key: string): string | undefined => {
    const value = valuesOf[key];
    if (!value || (value.family && text(`enable-ipv${value.family}`) === "false")) return undefined;
    const written = get(key);
    return written ? textOf(written) : isWhole(resource, data) ? value.byDefault : undefined;
  };
  return {
    data,
    text,
    get,
    key: (key) => valuesOf[key]?.path.join(".") ?? key,
    lacks: (key) => !get(key) && isWhole(resource, data),
    on: (key) => text(key) === "true",
    off: (key) => text(key) === "false",
  };
}

function isCilium(values: Field | undefined): values is Field {
  const holds = (key: string) => values?.has(key) === true;
  const own = telling.filter(holds).length + (values?.has(...pool(6, "PodCIDRList")) ? 1 : 0);
  // `ipv6:` alone stands in many a chart's values.
  return own > 0 && (telling.slice(0, 4).some(holds) || values?.has("ipam", "operator") === true);
}

function at(data: Field, path: readonly string[] | undefined): Field | undefined {
  const field = path && data.get(...path);
  return field?.type === "null" ? undefined : field;
}

/** A list as the chart writes it, its items parted by blanks; undefined for what comes from a template. */
function textOf(field: Field | undefined): string | undefined {
  if (field?.type !== "seq") return field?.text;
  const items = field.items().map((item) => item.text);
  return items.includes(undefined) ? undefined : items.join(" ");
}

/** Nothing else adds to them: no template, no ConfigMap and no other file of values that the wrapper names. */
function isWhole({ holder, source }: Resource, data: Field): boolean {
  const sources = [
    holder.get("spec"),
    holder.get("spec", "source", "helm"),
    ...(holder.get("spec", "sources")?.items() ?? []),
  ];
  const more = ["valuesFrom", "valueFiles", "parameters", "valuesSecrets"];
  return data.node.kind === "map" && !source.includes("{{") && !sources.some((at) => more.some((key) => at?.has(key)));
}
