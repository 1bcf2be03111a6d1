import { parseAddress, sameAddress, solicitedNode } from "../addresses/address.ts";
import { type CiliumDrop, parseCiliumDrops } from "../agents/cilium-drops.ts";
import { ciliumNames } from "../agents/cilium-status.ts";
import { answered, refused } from "../cluster/cluster.ts";
import { shortly } from "../probing/printed.ts";
import type { ExecProbe } from "../probing/probe.ts";
import type { ProgramWant } from "../probing/want.ts";

export interface DropsArgs {
  readonly node: string;
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  /** Addresses of the dial: of what is dropped meanwhile, only what is from or to one of them is kept, and who looks for one of them. */
  readonly of: readonly string[];
  readonly seconds: number;
  /** Asked at the same moment as the dial. */
  readonly together: string;
}

export interface AgentDrops {
  readonly drops: readonly CiliumDrop[];
  /** Something of it was not understood, or cut off: what is not among the drops may have been dropped. */
  readonly partly?: true;
}

const monitor: ProgramWant = {
  op: "program",
  names: ciliumNames,
  args: ["monitor", "--type", "drop"],
  seconds: 15,
  kilobytes: 96_000,
  most: 200_000,
  during: true,
};
const most = 20;

/** What Cilium's datapath on a node drops while we dial, by its own monitor. */
export const probe: ExecProbe<DropsArgs, AgentDrops> = {
  id: "agent-drops",
  access: "exec",
  vantage: ({ namespace, pod, container }) => ({ kind: "pod", namespace, pod, container }),
  asks: ({ node, of }) => `what Cilium on node ${node} drops of ${of.join(" and ")} while dialling`,
  types: () => ["cilium-dbg", "monitor", "--type", "drop"],
  wants: ({ seconds }) => [monitor, { op: "hold", seconds }],
  read: (reading, { of }) => {
    const printed = reading.program(monitor);
    if (!printed.ok) return printed;
    const { listened, drops, odd } = parseCiliumDrops(printed.value.text);
    if (!listened)
      return refused("failed", `Cilium's monitor does not say that it listens: ${shortly(printed.value.text)}`);
    const ours = [
      ...new Map(drops.filter((drop) => concerns(drop, of)).map((drop) => [JSON.stringify(drop), drop])).values(),
    ];
    return answered({
      drops: ours.slice(0, most),
      ...(odd > 0 || printed.value.cut || ours.length > most ? { partly: true } : {}),
    });
  },
  line: ({ drops, partly }) => {
    const shown = drops.slice(0, 5).map((drop) => `${drop.reason}: ${droppedPacket(drop)}`);
    const rest = partly ? "; not all of it was understood" : "";
    return `${shown.join("; ") || "nothing of it was dropped"}${rest}`;
  },
};

/** "fd00::1 -> [fd00::2]:80 tcp SYN" */
export function droppedPacket({ source, destination, destinationPort, what }: CiliumDrop): string {
  const to =
    destinationPort === undefined
      ? destination
      : `${destination.includes(":") ? `[${destination}]` : destination}:${destinationPort}`;
  return `${source} -> ${to} ${what}`.trim();
}

function concerns({ source, destination }: CiliumDrop, of: readonly string[]): boolean {
  const [from, to] = [parseAddress(source), parseAddress(destination)];
  return of.some((text) => {
    const address = parseAddress(text);
    if (!address || !from || !to) return false;
    return sameAddress(from, address) || sameAddress(to, address) || sameAddress(to, solicitedNode(address));
  });
}
