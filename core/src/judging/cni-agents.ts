import { familyOf } from "../addresses/address.ts";
import type { KubeObject } from "../cluster/cluster.ts";
import { probe as calicoPools } from "../probes/calico-pools.ts";
import { probe as daemonSets } from "../probes/daemon-sets.ts";
import { notKept } from "../probing/keep-config.ts";
import { type Asking, NotLooked, tryAsk } from "../probing/probe.ts";

/** The DaemonSet whose name matches, wherever it is installed; undefined if none runs anywhere or nobody may look. */
export function* daemonSetNamed(pattern: RegExp): Asking<KubeObject | undefined> {
  const sets = yield* tryAsk(daemonSets, {});
  return sets.ok ? sets.value.find((set) => pattern.test(set.metadata.name) && runs(set)) : undefined;
}

/** One that is left of another plugin has no node that it is for; those for Windows make no IPv6 of Linux nodes. */
function runs({ metadata, status }: KubeObject): boolean {
  const gone = metadata.deletionTimestamp !== undefined || status?.desiredNumberScheduled === 0;
  return !gone && !/windows/.test(metadata.name);
}

/** Calico's agent, alone or with flannel; RKE2 calls the latter by its own name. */
export const calicoSets = /^(calico-node|(rke2-)?canal)/;
/** flannel's, alone or with Calico. */
export const flannelSets = /flannel|^(rke2-)?canal/;

/** Why Calico gives pods no addresses, although it runs; undefined where it does, or nothing says so. */
export function givesNoAddresses(set: KubeObject): string | undefined {
  if (/canal/.test(set.metadata.name)) return `${setName(set)} gives pods theirs from the nodes' podCIDRs`;
  if (/^true$/i.test(environment(set, "USE_POD_CIDR") ?? "")) return `${setName(set)} sets USE_POD_CIDR=true`;
  const backend = environment(set, "CALICO_NETWORKING_BACKEND");
  return backend === "none" ? `${setName(set)} does policies alone: CALICO_NETWORKING_BACKEND is none` : undefined;
}

export type Cni = "calico" | "cilium" | "flannel";

/** The plugin whose agent runs on the nodes, for advice that only mentions what is there; undefined where it is none of these. */
function* installedCni(): Asking<Cni | undefined> {
  if (yield* daemonSetNamed(/^cilium$/)) return "cilium";
  if (yield* daemonSetNamed(calicoSets)) return "calico";
  return (yield* daemonSetNamed(flannelSets)) ? "flannel" : undefined;
}

/** The advice for the plugin that is there, or all of it where that is not known. */
export function* adviceFor(advice: Readonly<Record<Cni, string>>): Asking<string> {
  const cni = yield* installedCni();
  return cni ? advice[cni] : Object.values(advice).join("; ");
}

/**
 * What says that pods have their addresses from pools of the CNI, whatever the nodes' podCIDRs are: "Calico gives them from its pool
 * fd00:10:244::/48"; undefined where nothing does. Canal's come from podCIDRs.
 */
export function* givenByPools(): Asking<string | undefined> {
  if (yield* daemonSetNamed(/^cilium$/)) return "Cilium gives them from its own pools, unless its ipam is kubernetes";
  const calico = yield* daemonSetNamed(calicoSets);
  if (!calico || givesNoAddresses(calico) !== undefined) return undefined;
  const pools = yield* tryAsk(calicoPools, {});
  const six = pools.ok ? pools.value.find((pool) => familyOf(cidrOf(pool)) === "IPv6" && isForPods(pool)) : undefined;
  return six && `Calico gives them from its pool ${six.spec?.cidr}, unless its ipam is host-local`;
}

export function cidrOf({ spec }: KubeObject): string {
  return String(spec?.cidr ?? "");
}

/** Pods are given addresses of it: not where it is for load balancers or tunnels alone, or for those who name it. */
export function isForPods({ spec }: KubeObject): boolean {
  const uses = (spec?.allowedUses ?? []) as readonly string[];
  return spec?.disabled !== true && spec?.nodeSelector !== "!all()" && (uses.length === 0 || uses.includes("Workload"));
}

/** A literal environment variable of any of its containers. */
export function environment(set: KubeObject, name: string): string | undefined {
  const containers = (set.spec?.template?.spec?.containers ?? []) as { env?: { name: string; value?: string }[] }[];
  const value = containers.flatMap(({ env }) => env ?? []).find((variable) => variable.name === name)?.value;
  return kept(`${name} of ${setName(set)}`, value);
}

/** What is in force and not kept in a report is not known, and never taken for what it says or for not being set. */
export function kept(what: string, value: string | undefined): string | undefined {
  if (value === notKept) throw new NotLooked(what, { reason: "unsupported", message: "its value is not kept" });
  return value;
}

export function setName({ metadata }: KubeObject): string {
  return `DaemonSet ${metadata.namespace ?? ""}/${metadata.name}`;
}
