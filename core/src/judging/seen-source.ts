import { familyOf } from "../addresses/address.ts";
import { redirectedBy } from "../linux/packet-filter.ts";
import { probe as ip6tables } from "../probes/ip6tables.ts";
import { probe as nftables } from "../probes/nftables.ts";
import { type Asking, tryAsk } from "../probing/probe.ts";
import type { Case } from "./cause.ts";
import { crossingOf, watchCrossing } from "./crossing.ts";
import { atNode } from "./failures.ts";
import type { Flow, SceneNode } from "./scene.ts";
import { trackedOf } from "./tracking.ts";

/** Addresses that another node may see a dial come from in the place of the pod's own: its node has rules that may translate it. */
export function* otherSources({ scene }: Case, node: SceneNode, { from }: Flow): Asking<readonly string[]> {
  const near = scene.nodes.find(({ name }) => name === from.node);
  if (!near || near === node || from.hostNetwork || !(yield* mayTranslate(near))) return [];
  return near.internalIPs.filter((ip) => familyOf(ip) === "IPv6");
}

/**
 * The address that others see a dial come from: the pod's own, unless its node translated it, as what that tracks of the connection
 * tells. undefined where nobody shows it.
 */
export function* sourceSeen(subject: Case, flow: Flow): Asking<string | undefined> {
  const crossing = crossingOf(subject.scene, flow, subject.patience);
  if (!crossing) return undefined;
  const { near: seen } = yield* watchCrossing(crossing);
  return trackedOf(flow, seen.ok ? seen.value : undefined)?.reply.destination;
}

/**
 * The address that a dial comes from once it has passed these nodes, the source's first: the pod's own where none of them translates it.
 * undefined where one may, and does not show what it makes of this connection.
 */
export function* sourceBehind(
  subject: Case,
  flow: Flow,
  passed: readonly (SceneNode | undefined)[],
): Asking<string | undefined> {
  const own = flow.from.ips.IPv6;
  let source = own;
  for (const node of passed) {
    if (!node || !(yield* mayTranslate(node))) continue;
    const crossing = source === own ? crossingOf(subject.scene, flow, subject.patience) : undefined;
    if (!crossing) return undefined;
    const crossed = yield* watchCrossing(crossing);
    const seen = node === crossing.near ? crossed.near : crossed.far;
    source = trackedOf(flow, seen?.ok ? seen.value : undefined)?.reply.destination;
    if (source === undefined) return undefined;
  }
  return source;
}

/**
 * Whether its node sends a dial of a pod to another address, by a rule of its own: rules for what was dialled are not for it then.
 * `unseen` names the rule that may, where nobody shows what it makes of this connection.
 */
export function* sentElsewhere(subject: Case, flow: Flow): Asking<"no" | "yes" | { readonly unseen: string }> {
  const { from, host = "", port } = flow;
  const near = subject.scene.nodes.find(({ name }) => name === from.node);
  const rules = near && !from.hostNetwork ? yield* tryAsk(ip6tables, atNode(near)) : undefined;
  const packet = { source: from.ips.IPv6 ?? "", destination: host, protocol: "tcp", state: "NEW" } as const;
  const rule = rules?.ok ? redirectedBy(rules.value, { ...packet, destinationPort: port }) : undefined;
  if (rule === undefined) return "no";
  const crossing = crossingOf(subject.scene, flow, subject.patience);
  const seen = crossing ? (yield* watchCrossing(crossing)).near : undefined;
  const tracked = trackedOf(flow, seen?.ok ? seen.value : undefined);
  if (!tracked) return { unseen: rule };
  return tracked.reply.source === host ? "no" : "yes";
}

/** Whether a node has rules of its own that translate sources, which were hit while we dialled, or of which nobody counts that. */
function* mayTranslate(node: SceneNode): Asking<boolean> {
  const rules = yield* tryAsk(ip6tables, atNode(node));
  const hit =
    rules.ok &&
    rules.value.rules.some(
      ({ table, target, moved }) => table === "nat" && moved > 0 && /^(MASQUERADE|SNAT|NETMAP)$/.test(target),
    );
  if (hit) return true;
  const filters = yield* tryAsk(nftables, atNode(node));
  return filters.ok && filters.value.masquerades.length > 0;
}
