import { familyOf } from "../addresses/address.ts";
import type { KubeObject } from "../cluster/cluster.ts";
import { probe as calicoPools } from "../probes/calico-pools.ts";
import { probe as daemonSets } from "../probes/daemon-sets.ts";
import { notKept } from "../probing/keep-config.ts";
import { type Asking, NotLooked, tryAsk } from "../probing/probe.ts";

/** The DaemonSet whose name matches, wherever it is installed; undefined if there is none or nobody may look. */
export function* daemonSetNamed(pattern: RegExp): Asking<KubeObject | undefined> {
  const sets = yield* tryAsk(daemonSets, {});
  return sets.ok ? sets.value.find(({ metadata }) => pattern.test(metadata.name)) : undefined;
}

export type Cni = "calico" | "cilium" | "flannel";

/** The plugin whose agent runs on the nodes, for advice that only mentions what is there; undefined where it is none of these. */
function* installedCni(): Asking<Cni | undefined> {
  if (yield* daemonSetNamed(/^cilium$/)) return "cilium";
  if (yield* daemonSetNamed(/^(calico-node|canal)/)) return "calico";
  return (yield* daemonSetNamed(/flannel/)) ? "flannel" : undefined;
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
  if (!(yield* daemonSetNamed(/^calico-node/))) return undefined;
  const pools = yield* tryAsk(calicoPools, {});
  const [six] = pools.ok
    ? pools.value.filter(({ spec }) => familyOf(String(spec?.cidr ?? "")) === "IPv6" && !spec?.disabled)
    : [];
  return six && `Calico gives them from its pool ${six.spec?.cidr}, unless its ipam is host-local`;
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
