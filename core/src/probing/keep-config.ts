import type { KubeObject } from "../cluster/cluster.ts";
import { parseCorefile } from "../program-files/corefile.ts";
import type { Directive } from "../program-files/directive.ts";

/** Stands where something was left out of an observation, so that it is never taken for something that is not set. */
export const notKept = "(not kept in a report)";

/**
 * The settings of a ConfigMap that decide about addresses and names. Every key stays, but of values only those that somebody reads:
 * a Corefile may hold the keys of a DNS provider, net-conf.json the password of a tunnel.
 */
export function keepConfig(data: unknown): Record<string, string> {
  if (typeof data !== "object" || data === null) return {};
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key, typeof value === "string" ? keepValue(key, value) : notKept]),
  );
}

/** "Corefile; not kept: credentials" */
export function configKeys({ data }: KubeObject): string {
  const kept = Object.entries<unknown>(data ?? {});
  const shown = kept.filter(([, value]) => value !== notKept).map(([key]) => key);
  const hidden = kept.filter(([, value]) => value === notKept).map(([key]) => key);
  return [shown.join(", ") || "nothing that is read", ...(hidden.length > 0 ? [`not kept: ${few(hidden)}`] : [])].join(
    "; ",
  );
}

function few(names: readonly string[]): string {
  return names.length > 6 ? `${names.slice(0, 6).join(", ")} and ${names.length - 6} more` : names.join(", ");
}

function keepValue(key: string, value: string): string {
  if (key === "Corefile" || key.endsWith(".server")) return keepCorefile(value);
  if (key === "net-conf.json") return keepNetConf(value);
  if (/^kind:\s*KubeProxyConfiguration\b/m.test(value)) return keepKubeProxy(value);
  return setting.test(key) && value.length <= 200 && !/secret|key|token|password|credential/i.test(key)
    ? value
    : notKept;
}

/** Names of cilium-config and its like, as far as they are about addresses and the way of packets. */
const setting =
  /ipv?[46]|^(ipam|routing-mode|tunnel|tunnel-protocol|tunnel-port|underlay-protocol|mtu|devices|datapath-mode|cluster-pool-.*|k8s-require-.*-pod-cidr|kube-proxy-replacement|auto-direct-node-routes|native-routing-cidr|masquerade|enable-bpf-masquerade|enable-host-legacy-routing|enable-policy|enable-k8s-networkpolicy|policy-cidr-match-mode|bpf-lb-mode|cni-chaining-mode|enable-bgp-control-plane|dnsproxy-.*|tofqdns-proxy-port)$/i;

/** Only directives of plugins that no credential is given to keep what stands behind their name; comments go. */
function keepCorefile(text: string): string {
  const servers = parseCorefile(text).map(
    ({ keys, plugins }) => `${keys.map(({ text }) => text).join(" ")} {\n${plugins.map(pluginText).join("")}}\n`,
  );
  return servers.join("");
}

function pluginText(directive: Directive): string {
  const { name, args, block } = directive;
  if (plugins.has(name.text)) return directiveText(directive, "    ");
  return `    ${name.text}${args.length > 0 || block ? ` ${notKept}` : ""}\n`;
}

function directiveText({ name, args, block }: Directive, indent: string): string {
  const words = [name, ...args].map(({ text }) => (/\s/.test(text) || text === "" ? JSON.stringify(text) : text));
  const inner = block?.map((one) => directiveText(one, `${indent}    `)).join("");
  return `${indent}${words.join(" ")}${inner === undefined ? "" : ` {\n${inner}${indent}}`}\n`;
}

/** {@link https://coredns.io/plugins/}; route53, azure, clouddns, etcd and tsig are not among them. */
const plugins = new Set(
  (
    "acl any autopath bind bufsize cache cancel chaos debug dns64 errors erratic file forward geoip header health hosts " +
    "import k8s_external kubernetes local log loadbalance loop metadata minimal multicluster multisocket nsid " +
    "pprof prometheus ready reload rewrite root template timeouts transfer view whoami fallthrough"
  ).split(" "),
);

/** Of kube-proxy's own file the lines that say how it serves Services; where its kubeconfig is stays out. */
function keepKubeProxy(text: string): string {
  const list = /^nodePortAddresses:[ \t]*(?:\n[ \t]*-[^\n]*)+/m.exec(text)?.[0].split("\n") ?? [];
  const lines = text
    .split("\n")
    .filter((line) => /^(apiVersion|kind|mode|clusterCIDR|bindAddress|detectLocalMode|nodePortAddresses):/.test(line))
    .flatMap((line) => (list.length > 0 && line === list[0] ? list : [line]));
  return `${lines.join("\n")}\n`;
}

function keepNetConf(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return notKept;
    return JSON.stringify(pick(value, networkKeys));
  } catch {
    // What is no JSON is said to be none, as flannel does.
    return notKept;
  }
}

/** {@link https://github.com/flannel-io/flannel/blob/master/Documentation/configuration.md} */
const networkKeys =
  /^(enableipv[46]|network|ipv6network|subnetlen|ipv6subnetlen|subnetm(in|ax)|ipv6subnetm(in|ax)|enablenftables|backend|type|port|vni|mtu|directrouting|gbp|learning|mode)$/i;

/** As flannel reads them, in any case; of the backend its PSK stays out. */
function pick(value: object, names: RegExp): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => names.test(key))
      .map(([key, one]) => [
        key,
        typeof one === "object" && one !== null && !Array.isArray(one) ? pick(one, names) : one,
      ]),
  );
}
