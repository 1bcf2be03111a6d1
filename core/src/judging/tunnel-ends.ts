import { parseAddress } from "../addresses/address.ts";
import type { TrackedConnection } from "../linux/nf-conntrack.ts";
import type { Transit } from "../probes/transit.ts";
import type { Between } from "./between-nodes.ts";

/** What a node tracks of a tunnel's own packets, as they travel between the nodes. */
export function tunnelled(
  { tunnel, between }: Pick<Between, "tunnel" | "between">,
  seen: Transit | undefined,
): readonly TrackedConnection[] {
  const port = tunnelPort(tunnel);
  return (seen?.tracked ?? []).filter(
    ({ protocol, original }) =>
      protocol === "udp" && original.destinationPort === port && isSame(original.source, between[0]),
  );
}

export function tunnelPort(tunnel: string): number | undefined {
  const port = /^UDP (\d+)$/.exec(tunnel)?.[1];
  return port === undefined ? undefined : Number(port);
}

/** Longer than a dial takes, in seconds. */
const dialling = 10;

/** Those of which a packet was seen as lately as of any. What had an answer is kept longer. */
export function ofLate(tracked: readonly TrackedConnection[]): readonly TrackedConnection[] {
  return tracked.filter(
    ({ unreplied, seconds }) => !tracked.some((one) => one.unreplied === unreplied && one.seconds > seconds + dialling),
  );
}

/** Where the near node's tunnel sends, where that is tracked and none of it goes to the far node's address. */
export function sendsElsewhere(lost: Between): string | undefined {
  const { crossed, between } = lost;
  const sent = tunnelled(lost, crossed.near.ok ? crossed.near.value : undefined);
  const [first] = ofLate(sent);
  return first && !sent.some(({ original }) => isSame(original.destination, between[1]))
    ? first.original.destination
    : undefined;
}

function isSame(one: string, other: string): boolean {
  return parseAddress(one)?.value === parseAddress(other)?.value;
}
