import { bits, formatPrefix, network, type Prefix, parsePrefix } from "../../addresses/address.ts";
import { spanOf } from "../../addresses/span.ts";
import { clusterPlan } from "../../kinds/cluster-plan.ts";
import { programFlags } from "../../kinds/flags.ts";
import type { Field } from "../../manifest/field.ts";
import type { Resource } from "../../manifest/resource.ts";

/** How many nodes the prefixes of a field are for: each node gets one of the length that the cluster cuts, which the same file may set. */
export function nodesIn(field: Field, resource: Resource): string | undefined {
  return lines(field, (prefix) => {
    const length = nodeLength(prefix, resource);
    return length === undefined ? undefined : cut(prefix, length, "node");
  });
}

/** How many Services; the API server's limits are those of every version. */
export function serviceRoom(field: Field): string | undefined {
  return lines(field, (prefix) => {
    const { address, length } = prefix;
    const room = `${power(bits(address.family) - length)} Services`;
    if (address.family === "IPv4") return room;
    if (length < 64) return `${room}: refused, the shortest length is /64, and /108 before Kubernetes 1.34`;
    return length < 108 ? `${room}: refused before Kubernetes 1.34, which took /108 at the shortest` : room;
  });
}

/** How many blocks of addresses Calico makes of a pool. */
export function blocksIn(field: Field): string | undefined {
  const size = field.parent?.get("blockSize")?.text;
  return lines(field, (prefix) => {
    const length = size === undefined ? (prefix.address.family === "IPv6" ? 122 : 26) : Number(size);
    if (!Number.isInteger(length) || length < prefix.length || length > bits(prefix.address.family)) return undefined;
    const each = power(bits(prefix.address.family) - length);
    return `${power(length - prefix.length)} blocks of ${each} addresses (/${length}), one or more a node`;
  });
}

/** What a pool of load balancer addresses is for, by an entry of it: a prefix, or two ends. */
export function servicesOfPool(field: Field): string | undefined {
  const span = spanOf(field.text ?? "");
  if (!span) return undefined;
  const { family } = span.first;
  const count = span.last.value - span.first.value + 1n;
  const pool = field.parent?.items().flatMap(({ text }) => spanOf(text ?? "")?.first.family ?? []) ?? [];
  const both = new Set(pool).size > 1;
  return `${grouped(count)} ${family} addresses. ${both ? "The pool has both families, so that dual-stack Services get an address of each." : `The pool has ${family} alone: a dual-stack Service gets no pair of addresses from it.`}`;
}

/** Cilium's operator cuts its pool by a length of its own. */
export function nodesOfCilium(field: Field): string | undefined {
  const written = (key: string) =>
    field.resource.root.get(...mask, key)?.text ?? field.resource.get("cilium", ...mask, key)?.text;
  return lines(field, (prefix) => {
    const { family } = prefix.address;
    const length = Number(
      written(`cluster${family === "IPv6" ? "PoolIPv6" : "PoolIPv4"}MaskSize`) ?? (family === "IPv6" ? 120 : 24),
    );
    return Number.isInteger(length) ? cut(prefix, length, "node") : undefined;
  });
}

const mask = ["ipam", "operator"] as const;

function nodeLength({ address: { family } }: Prefix, resource: Resource): number | undefined {
  const plan = clusterPlan(resource);
  if (plan) return plan.nodeMask(family)?.length;
  const flags = programFlags(resource, "kube-controller-manager");
  const flag = flags?.get(`node-cidr-mask-size-${family.toLowerCase()}`) ?? flags?.get("node-cidr-mask-size");
  const length = Number(flag?.text ?? (family === "IPv6" ? 64 : 24));
  return Number.isInteger(length) ? length : undefined;
}

/** The controller manager refuses more than 16 bits between the two: pkg/controller/nodeipam/ipam/cidrset/cidr_set.go */
function cut(prefix: Prefix, length: number, what: string): string {
  const steps = length - prefix.length;
  if (steps < 0) return `no ${what} fits, since each gets a /${length}`;
  if (prefix.address.family === "IPv6" && steps > 16)
    return `refused: it is more than 16 bits shorter than a ${what}'s /${length}`;
  return steps === 0
    ? `one ${what}, which gets all of it (/${length})`
    : `${power(steps)} ${what}s, each with a /${length}`;
}

/** A line for each prefix of a list in one text. */
function lines(field: Field, of: (prefix: Prefix) => string | undefined): string | undefined {
  const said = (field.text ?? "").split(/[\s,]+/).flatMap((text) => {
    const prefix = parsePrefix(text);
    const what = prefix && of(prefix);
    return what ? [`\`${formatPrefix(network(prefix))}\`: ${what}.`] : [];
  });
  return said.length > 0 ? said.join("\n\n") : undefined;
}

function power(exponent: number): string {
  return exponent > 40 ? `2^${exponent}` : grouped(1n << BigInt(exponent));
}

function grouped(count: bigint): string {
  if (count > 1n << 40n) return `about 2^${count.toString(2).length - 1}`;
  return count.toLocaleString("en");
}
