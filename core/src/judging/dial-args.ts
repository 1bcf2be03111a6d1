import type { DialArgs } from "../probes/dial.ts";
import type { LookupArgs } from "../probes/lookup.ts";
import type { Vantage } from "../probing/probe.ts";
import type { Flow, Name, ScenePod } from "./scene.ts";

/** The question behind a flow; asking it again is free. */
export function dialArgs(flow: Flow, seconds: number): DialArgs {
  const { from, family, host = "", port, haste, again, patience } = flow;
  return {
    at: vantageOf(from),
    family,
    host,
    port,
    seconds: patience ?? seconds,
    ...(haste === undefined ? {} : { haste }),
    ...(again ? { again } : {}),
  };
}

/** The same dial once more, while a node that is not the source's has its counters read. */
export function duringArgs(flow: Flow, node: string, seconds: number): DialArgs {
  return { ...dialArgs(flow, seconds), seconds, during: node };
}

export function lookupArgs({ from, name, type, server, haste }: Name, seconds: number): LookupArgs {
  return { at: vantageOf(from), name, type, server, seconds, ...(haste === undefined ? {} : { haste }) };
}

export function vantageOf({ namespace, name }: Pick<ScenePod, "namespace" | "name">): Vantage {
  return { kind: "pod", namespace, pod: name };
}

/** The outside is dialled from the node too: what the node reaches and its pods do not is not the node's uplink. */
export function nodeDial(flow: Flow, node: string, seconds: number): DialArgs {
  return { ...dialArgs(flow, seconds), seconds, at: { kind: "node", node } };
}
