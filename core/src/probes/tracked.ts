import { answered } from "../cluster/cluster.ts";
import {
  conntrackForm,
  conntrackPath,
  conntrackText,
  parseNfConntrack,
  type TrackedConnection,
} from "../linux/nf-conntrack.ts";
import { type ExecProbe, vantageName } from "../probing/probe.ts";
import { wellFormed } from "../probing/well-formed.ts";

export interface TrackedArgs {
  readonly node: string;
  /** Addresses whose connections are looked for. */
  readonly of: readonly string[];
}

/**
 * The connections of some addresses that a node tracks, a moment after they were dialled: of what got no answer it keeps them for
 * two minutes. For nodes whose first container has no `grep`.
 */
export const probe: ExecProbe<TrackedArgs, readonly TrackedConnection[]> = {
  id: "tracked",
  access: "exec",
  vantage: ({ node }) => ({ kind: "node", node }),
  asks: ({ node, of }) => `which connections of ${of.join(" and ")} ${vantageName({ kind: "node", node })} tracks`,
  types: ({ of }) => ["grep", "-F", `src=${conntrackText(of[0] ?? "")}`, conntrackPath],
  wants: ({ of }) =>
    of.map((address) => ({ op: "lines" as const, path: conntrackPath, text: `src=${conntrackText(address)}` })),
  read: (reading, { of }) => {
    const texts: string[] = [];
    for (const address of of) {
      const found = reading.lines(conntrackPath, `src=${conntrackText(address)}`);
      if (!found.ok) return found;
      texts.push(found.value);
    }
    return wellFormed(conntrackPath, answered(texts.join("\n")), conntrackForm, parseNfConntrack);
  },
  line: trackedLine,
};

/** `2 of the connections it tracks are ours, some unanswered` */
export function trackedLine(tracked: readonly TrackedConnection[]): string {
  const unanswered = tracked.some(({ unreplied }) => unreplied) ? ", some unanswered" : "";
  return `${tracked.length} of the connections it tracks are ours${unanswered}`;
}
