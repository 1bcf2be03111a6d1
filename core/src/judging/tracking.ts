import { type Answer, answered } from "../cluster/cluster.ts";
import type { TrackedConnection } from "../linux/nf-conntrack.ts";
import { probe as trackedProbe } from "../probes/tracked.ts";
import type { Transit, TransitArgs } from "../probes/transit.ts";
import { type Asking, type Question, question, tryAsk } from "../probing/probe.ts";
import type { Flow } from "./scene.ts";

/** The connection of the flow among those a node tracks, by its addresses and port. */
export function trackedOf(flow: Flow, seen: Transit | undefined): TrackedConnection | undefined {
  const source = flow.from.ips[flow.family];
  return seen?.tracked?.find(
    ({ original, state }) =>
      original.source === source &&
      original.destination === flow.host &&
      original.destinationPort === flow.port &&
      opening.has(state ?? ""),
  );
}

/** What closed earlier stays in the table for two minutes, and says nothing of today. */
const opening = new Set(["SYN_SENT", "SYN_SENT2", "SYN_RECV", "ESTABLISHED"]);

/** The node's own connection to another node, which says that this node tracks what comes from there. */
export function trackedFrom(address: string | undefined, seen: Transit | undefined): boolean {
  return address !== undefined && (seen?.tracked ?? []).some(({ original }) => original.source === address);
}

/** The same look, with what another container showed where the first has no program for it. */
export function* withTracked(asked: Question<Transit>, seen: Answer<Transit>): Asking<Answer<Transit>> {
  return completed(seen, seen.ok && seen.value.lacksProgram ? yield* tryAsk(trackedProbe, ofNode(asked)) : undefined);
}

/** What passed a node, with the connections that another container of it showed. */
export function completed(
  seen: Answer<Transit>,
  tracked: Answer<readonly TrackedConnection[]> | undefined,
): Answer<Transit> {
  return seen.ok && tracked?.ok ? answered({ ...seen.value, tracked: tracked.value }) : seen;
}

/** The question for what a node tracks that goes with a look at it. */
export function trackedWith(asked: Question<Transit>): Question<readonly TrackedConnection[]> {
  return question(trackedProbe, ofNode(asked));
}

function ofNode({ args }: Question<Transit>) {
  const { node, of } = args as TransitArgs;
  return { node, of };
}
