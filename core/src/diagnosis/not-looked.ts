import { type Access, accessLevels } from "../cluster/cluster.ts";
import { debuggedTogether } from "../probing/kubectl.ts";
import type { Observation } from "../probing/probe.ts";
import { isUnservedKind } from "./telling.ts";

/** Something the diagnosis does not know, and why. */
export interface NotLookedAt {
  readonly what: string;
  readonly why: string;
  /** What a user can do about it. */
  readonly remedy?: string;
  /** What a person can type to see it all the same, for a POSIX shell. */
  readonly command?: string;
  /** The access level that could tell. */
  readonly needs?: Access;
}

/** What nobody could answer, and what no question of this level can; what is forbidden is told on its own, with the role it takes. */
export function beyondReach(observations: readonly Observation[]): NotLookedAt[] {
  const refusedOnes = observations.flatMap((observation): NotLookedAt[] => {
    const { asked, answer } = observation;
    if (answer.ok || /^(not-found|absent|forbidden)$/.test(answer.refusal.reason) || isUnservedKind(observation))
      return [];
    const needed = /^needs ([a-z-]+)/.exec(answer.refusal.message)?.[1];
    const needs = accessLevels.find((level) => level === needed);
    const { message: why, remedy } = answer.refusal;
    const more = { ...(remedy ? { remedy } : {}), ...(needs ? { needs } : {}), ...byHand(observation) };
    return [{ what: asked, why, ...more }];
  });
  return [...byReason(refusedOnes), ...otherLevels];
}

/** A node that no pod shows is one that kubectl can be told to make a pod on. */
function byHand({ probe, vantage, through, command }: Observation): Pick<NotLookedAt, "command"> {
  return vantage.kind === "node" && !through && probe !== "window" ? { command } : {};
}

/** A container that cannot be asked leaves many questions open for one reason. */
function byReason(all: readonly NotLookedAt[]): NotLookedAt[] {
  return [...Map.groupBy(all, ({ why }) => why).values()].flatMap((same) => {
    const [first, second] = same;
    if (!first || !second) return same;
    const commands = same.flatMap(({ command }) => command ?? []);
    return {
      ...first,
      ...(commands.length > 0 ? { command: debuggedTogether(commands) } : {}),
      what:
        same.length === 2 ? `${first.what}, ${second.what}` : `${first.what}, and ${same.length - 1} more questions`,
    };
  });
}

/** Facts that neither the API nor a file shows. */
const otherLevels: readonly NotLookedAt[] = [
  {
    what: "the neighbour tables, the type of a reject route, and path MTU exceptions",
    why: "not looked: needs ephemeral, because the kernel shows them over netlink only",
    needs: "ephemeral",
  },
  {
    what: "packets on the wire",
    why: "not looked: needs privileged-node, or ephemeral for one pod; kube-ipv6 capture takes them and says what they show",
    needs: "privileged-node",
  },
  {
    what: "the drops of an eBPF data plane",
    why: "not looked: needs privileged-node; neither ip6tables nor nftables shows them",
    needs: "privileged-node",
  },
];
