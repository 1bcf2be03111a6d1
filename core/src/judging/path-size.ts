import type { Family } from "../addresses/address.ts";
import { type PathMtu, probe as pathMtu } from "../probes/path-mtu.ts";
import { type Asking, tryAsk } from "../probing/probe.ts";
import { vantageOf } from "./dial-args.ts";
import { podName } from "./failures.ts";
import { interfaceTo, type Link } from "./interface-to.ts";
import { narrowWords, nodePathMtu, vanishes } from "./node-path-mtu.ts";
import type { Flow, Scene } from "./scene.ts";
import { costWords } from "./tunnel-costs.ts";
import { carriers, type TunnelTo, tunnelTo } from "./tunnel-to.ts";

/** How large a packet may be on the way of one dial, there and back. Bytes are those of whole IP packets. Plain JSON. */
export interface PathSize {
  /** Id of the symptom whose way it is. */
  readonly symptom: string;
  readonly from: string;
  readonly to: string;
  readonly family: Family;
  /** The interface of the source; null where it is not known. */
  readonly interface: Link | null;
  /** What the interfaces that were read let expect, and why; null where none was. */
  readonly expected: { readonly bytes: number; readonly because: string } | null;
  /** The largest packet that came back whole; null where nobody could tell. */
  readonly largest: number | null;
  /** The smallest that did not; null where all came. */
  readonly next: number | null;
  /** `whole`: all that the interface takes. `told`: less, and the sender is told, so that TCP makes smaller packets. `vanishes`: less, and nobody tells. */
  readonly state: "whole" | "told" | "vanishes" | "unknown";
  /** What was measured, where less passes than expected at which place, or why it is not known. */
  readonly because: string;
  /** ICMP echoes that were sent. */
  readonly packets: number;
}

/** Measures one flow, and where it is narrower than its interfaces the way between the nodes beside it. */
export function* pathSize(scene: Scene, flow: Flow, likely?: number): Asking<PathSize | undefined> {
  const { from, family, host } = flow;
  if (host === undefined) return undefined;
  const at = vantageOf(from);
  const own = yield* interfaceTo(at, family, host);
  const link = own.ok ? own.value : undefined;
  const base = { symptom: flow.id, from: podName(from), to: flow.to, family, interface: link ?? null };
  const unknown = { ...base, expected: null, largest: null, next: null, state: "unknown", packets: 0 } as const;
  if (!own.ok) return { ...unknown, because: own.refusal.message };
  if (!link) return { ...unknown, because: `which of its interfaces leads to ${host} was not seen` };
  const node = scene.nodes.find(({ name }) => name === from.node);
  const far = flow.toPod && flow.toPod.node !== from.node ? flow.toPod.node : undefined;
  const tunnel = node && far !== undefined ? yield* tunnelTo(node, flow) : "none";
  const expected = expectedOf(flow, link, tunnel);
  const answer = yield* tryAsk(pathMtu, {
    at,
    family,
    host,
    most: link.mtu,
    ...(likely === undefined ? {} : { likely }),
  });
  if (!answer.ok) return { ...unknown, expected, because: answer.refusal.message };
  const measured = answer.value;
  const { largest = null, next = null, packets } = measured;
  const state = stateOf(measured);
  const isNarrow = state === "vanishes" || state === "told";
  const place = isNarrow && far !== undefined ? yield* narrowAt(scene, far, carriers(tunnel, flow)) : undefined;
  return {
    ...base,
    expected,
    largest,
    next,
    state,
    packets,
    because: [words(measured, link), place].filter(Boolean).join("; "),
  };
}

function stateOf(measured: PathMtu): PathSize["state"] {
  const { largest, next, uneven } = measured;
  if (largest === undefined) return "unknown";
  if (next === undefined) return "whole";
  if (uneven) return "unknown";
  return vanishes(measured) ? "vanishes" : "told";
}

function words({ largest, next, told, by, uneven }: PathMtu, { device, mtu }: Link): string {
  if (largest === undefined)
    return "no ICMP echo is answered, not even a small one, so that nothing is known of large packets";
  if (next === undefined) return `all that ${device} takes`;
  if (uneven) return "packets are lost whatever their size, so that no size is the limit";
  if (by)
    return `${device} takes ${mtu}; ${by.address} tells the sender that ${by.mtu} is the most, so that TCP makes smaller ones`;
  if (told) return `${device} takes ${mtu}; the sender is told of it, so that TCP makes smaller ones`;
  return `${device} takes ${mtu}; larger ones vanish, and nobody tells the sender`;
}

/** The narrowest of the interfaces on the way that were read, and what the tunnel takes. */
function expectedOf({ from }: Flow, own: Link, tunnel: TunnelTo | "none" | "unknown"): PathSize["expected"] {
  const because = `${own.device} of ${podName(from)} has an MTU of ${own.mtu}`;
  if (typeof tunnel === "string") return { bytes: own.mtu, because };
  const { device, mtu, uplink, over, bytes } = tunnel;
  const left = over && uplink ? uplink.mtu - (bytes[over] ?? 0) : mtu;
  return {
    bytes: Math.min(own.mtu, mtu, left),
    because: `${because}, ${device} of node ${from.node} one of ${mtu} (${costWords(tunnel, uplink)})`,
  };
}

/** Whether the way between the nodes is as narrow, over the families that may carry it. */
function* narrowAt(scene: Scene, far: string, families: readonly Family[]): Asking<string | undefined> {
  const wide: Family[] = [];
  for (const family of families) {
    const between = yield* nodePathMtu(scene, far, family);
    const measured = between.ok && between.value ? between.value.measured : between;
    if (!measured.ok) return `whether the way between the nodes is as narrow was not seen: ${measured.refusal.message}`;
    if (!between.ok || !between.value?.measured.ok) continue;
    const { largest, next } = between.value.measured.value;
    if (largest === undefined) continue;
    if (next !== undefined) return narrowWords(between.value, largest);
    wide.push(family);
  }
  return wide.length > 0 ? `between the nodes themselves all sizes pass over ${wide.join(" and ")}` : undefined;
}
