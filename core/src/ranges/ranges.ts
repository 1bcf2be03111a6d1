/** How full the ranges of a cluster are, for each family: of Services, of pods on nodes, and of the pools that plugins hand out from. */

import {
  type Address,
  contains,
  familyOf,
  formatPrefix,
  type Prefix,
  parseAddress,
  parsePrefix,
  size,
} from "../addresses/address.ts";
import type { KubeObject } from "../cluster/cluster.ts";
import { list, mapping, number, string, strings } from "../policy/read.ts";
import { flatten } from "../policy/surroundings.ts";
import { asText } from "../text/as-text.ts";

export interface RangeUse {
  readonly kind: "services" | "node" | "nodes" | "pool";
  /** `ServiceCIDR kubernetes`, `Node a`, `IPPool default` */
  readonly owner: string;
  readonly range: string;
  readonly family: "IPv4" | "IPv6";
  /** What can be handed out: addresses, or of `nodes` prefixes for nodes. */
  readonly total: bigint;
  readonly used: number;
  readonly free: bigint;
  readonly notes: readonly string[];
}

export interface AddressHolder {
  readonly address: string;
  /** `Service shop/web`, `Pod shop/web-1` */
  readonly holder: string;
}

export interface Ranges {
  readonly ranges: readonly RangeUse[];
  readonly holders: readonly AddressHolder[];
}

export function rangesOf(given: readonly KubeObject[]): Ranges {
  const objects = flatten(given);
  const of = (kind: string) => objects.filter((object) => object.kind === kind);
  const services = serviceHolders(of("IPAddress"), of("Service"));
  const pods = of("Pod").flatMap(podHolders);
  return {
    ranges: [
      ...serviceRanges(of("ServiceCIDR"), services),
      ...nodeRanges(of("Node"), pods),
      ...clusterRanges(of("Node"), of("ConfigMap")),
      ...pools(of("IPPool"), of("IPAMBlock"), pods),
    ],
    holders: [...services, ...pods],
  };
}

/** IPAddress objects say what is taken; without them the Services themselves do. */
function serviceHolders(addresses: readonly KubeObject[], services: readonly KubeObject[]): readonly AddressHolder[] {
  if (addresses.length > 0)
    return addresses.map(({ metadata, spec }) => {
      const { resource, namespace, name } = mapping(mapping(spec).parentRef);
      const kind = resource === "services" ? "Service" : String(resource);
      return { address: metadata.name, holder: `${kind} ${string(namespace) ?? ""}/${asText(name)}` };
    });
  return services.flatMap(({ metadata, spec }) =>
    strings(mapping(spec).clusterIPs)
      .filter(({ text }) => familyOf(text))
      .map(({ text }) => ({ address: text, holder: `Service ${metadata.namespace}/${metadata.name}` })),
  );
}

function podHolders({ metadata, spec, status }: KubeObject): readonly AddressHolder[] {
  const { phase, podIPs } = mapping(status);
  if (mapping(spec).hostNetwork === true || phase === "Succeeded" || phase === "Failed") return [];
  const ips = list(podIPs).flatMap((entry) => string(mapping(entry).ip) ?? []);
  return ips.map((address) => ({ address, holder: `Pod ${metadata.namespace}/${metadata.name}` }));
}

/**
 * The allocator leaves out the first address, and of IPv4 the last as well: pkg/registry/core/service/ipallocator/ipallocator.go.
 * An address in several ServiceCIDRs counts in each; one that lies in no other keeps a ServiceCIDR from going.
 */
function serviceRanges(cidrs: readonly KubeObject[], holders: readonly AddressHolder[]): readonly RangeUse[] {
  const all = cidrs.flatMap((object) => prefixesOf(object).map((prefix) => ({ object, prefix })));
  const taken = addressed(holders);
  return all.map(({ object, prefix }) => {
    const inside = taken.filter(({ address }) => contains(prefix, address));
    const others = all.filter((other) => other.object !== object).map((other) => other.prefix);
    const pinned = inside.filter(({ address }) => !others.some((other) => contains(other, address)));
    const reserved = prefix.address.family === "IPv4" ? 2n : 1n;
    const total = size(prefix) > reserved ? size(prefix) - reserved : 0n;
    const going = object.metadata.deletionTimestamp !== undefined;
    const notes = [
      ...(going && pinned.length > 0
        ? [`does not go while ${some(pinned.map(({ holder }) => holder))} have addresses of it alone`]
        : []),
      ...(going && pinned.length === 0 ? ["is going"] : []),
    ];
    return use("services", `ServiceCIDR ${object.metadata.name}`, prefix, total, inside.length, notes);
  });
}

function prefixesOf({ spec }: KubeObject): readonly Prefix[] {
  return strings(mapping(spec).cidrs).flatMap(({ text }) => parsePrefix(text) ?? []);
}

function nodeRanges(nodes: readonly KubeObject[], pods: readonly AddressHolder[]): readonly RangeUse[] {
  const taken = addressed(pods);
  return nodes.flatMap(({ metadata, spec, status }) => {
    const room = number(mapping(mapping(status).allocatable).pods);
    return podCIDRs(spec).map((prefix) => {
      const used = taken.filter(({ address }) => contains(prefix, address)).length;
      // The network's own address, the bridge's, and of IPv4 the broadcast address.
      const reserved = prefix.address.family === "IPv4" ? 3n : 2n;
      const total = size(prefix) > reserved ? size(prefix) - reserved : 0n;
      const tight = room !== undefined && total < BigInt(room);
      const notes = tight ? [`the kubelet takes ${room} pods, and there are addresses for ${total}`] : [];
      return use("node", `Node ${metadata.name}`, prefix, total, used, notes);
    });
  });
}

function podCIDRs(spec: unknown): readonly Prefix[] {
  const { podCIDRs: all, podCIDR } = mapping(spec);
  const texts =
    list(all).length > 0 ? strings(all).map(({ text }) => text) : strings([podCIDR]).map(({ text }) => text);
  return texts.flatMap((text) => parsePrefix(text) ?? []);
}

/** Room for nodes, where kubeadm's configuration says which range their prefixes are cut from. */
function clusterRanges(nodes: readonly KubeObject[], configs: readonly KubeObject[]): readonly RangeUse[] {
  const config = configs.find(({ metadata }) => metadata.name === "kubeadm-config");
  const text = string(mapping(config?.data).ClusterConfiguration) ?? "";
  const subnets = (/^[ \t]*podSubnet:[ \t]*["']?([^\s"']+)/m.exec(text)?.[1] ?? "").split(",");
  const cut = nodes.flatMap(({ spec }) => podCIDRs(spec));
  return subnets.flatMap((subnet) => {
    const prefix = parsePrefix(subnet);
    const own = prefix ? cut.filter((one) => contains(prefix, one)) : [];
    const [first] = own;
    if (!prefix || !first) return [];
    const total = 1n << BigInt(first.length - prefix.length);
    const notes = own.some(({ length }) => length !== first.length)
      ? ["its nodes have prefixes of several lengths"]
      : [];
    return [use("nodes", `podSubnet, /${first.length} a node`, prefix, total, own.length, notes)];
  });
}

/** Calico's pools; a block belongs to a node, so that what is free in it only that node can hand out. */
function pools(
  all: readonly KubeObject[],
  blocks: readonly KubeObject[],
  pods: readonly AddressHolder[],
): readonly RangeUse[] {
  const taken = addressed(pods);
  const cut = blocks.flatMap(({ spec }) => parsePrefix(asText(mapping(spec).cidr)) ?? []);
  return all.flatMap(({ metadata, spec }) => {
    const { cidr, blockSize, disabled } = mapping(spec);
    const prefix = parsePrefix(asText(cidr));
    if (!prefix) return [];
    const used = taken.filter(({ address }) => contains(prefix, address)).length;
    const length = number(blockSize) ?? (prefix.address.family === "IPv4" ? 26 : 122);
    const count = 1n << BigInt(Math.max(0, length - prefix.length));
    const own = cut.filter((block) => contains(prefix, block)).length;
    const notes = [
      ...(disabled === true ? ["disabled: nothing new is handed out"] : []),
      ...(blocks.length > 0 ? [`${own} of ${count} blocks of /${length} are with nodes`] : []),
    ];
    return [use("pool", `IPPool ${metadata.name}`, prefix, size(prefix), used, notes)];
  });
}

function use(
  kind: RangeUse["kind"],
  owner: string,
  prefix: Prefix,
  total: bigint,
  used: number,
  notes: readonly string[],
): RangeUse {
  const { family } = prefix.address;
  return {
    kind,
    owner,
    range: formatPrefix(prefix),
    family,
    total,
    used,
    free: total > BigInt(used) ? total - BigInt(used) : 0n,
    notes,
  };
}

interface Taken {
  readonly address: Address;
  readonly holder: string;
}

function addressed(holders: readonly AddressHolder[]): readonly Taken[] {
  return holders.flatMap(({ address, holder }) => {
    const parsed = parseAddress(address);
    return parsed ? [{ address: parsed, holder }] : [];
  });
}

function some(texts: readonly string[]): string {
  return texts.length > 3 ? `${texts.slice(0, 3).join(", ")} and ${texts.length - 3} more` : texts.join(", ");
}
