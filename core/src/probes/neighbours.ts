import { ofC } from "../agents/agent-words.ts";
import { answered, refused } from "../cluster/cluster.ts";
import { type Neighbour, parseIpNeigh } from "../linux/ip-neigh.ts";
import { shortly } from "../probing/printed.ts";
import { type ExecProbe, type Vantage, vantageName } from "../probing/probe.ts";
import type { ProgramWant } from "../probing/want.ts";

/** No file of /proc shows them. */
const program: ProgramWant = { op: "program", names: ["ip"], args: ["-6", "neigh", "show"], ...ofC, most: 128_000 };

/** Which hardware addresses a network knows its IPv6 neighbours by. */
export const probe: ExecProbe<{ readonly at: Vantage }, readonly Neighbour[]> = {
  id: "neighbours",
  access: "exec",
  vantage: ({ at }) => at,
  onFailure: (at) => ({ at }),
  asks: ({ at }) => `the IPv6 neighbours of ${vantageName(at)}`,
  types: () => ["ip", "-6", "neigh", "show"],
  wants: () => [program],
  read: (reading) => {
    const printed = reading.program(program);
    if (!printed.ok) return printed;
    const { text, cut } = printed.value;
    const found = cut ? undefined : parseIpNeigh(text);
    return found ? answered(found) : refused("failed", `what ip says is no list of neighbours: ${shortly(text)}`);
  },
  line: (found) =>
    [...found]
      .sort((a, b) => Number(b.states.includes("PERMANENT")) - Number(a.states.includes("PERMANENT")))
      .slice(0, 8)
      .map(
        ({ address, device, hardware, states }) =>
          `${address} dev ${device} ${hardware ?? "no hardware address"} ${states.join(" ")}`,
      )
      .join(", ") || "none",
};
