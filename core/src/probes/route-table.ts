import { ofC } from "../agents/agent-words.ts";
import { answered, refused } from "../cluster/cluster.ts";
import { parseRouteTable, type TableRoute } from "../linux/ip-route.ts";
import { shortly } from "../probing/printed.ts";
import { type ExecProbe, vantageName } from "../probing/probe.ts";
import type { ProgramWant } from "../probing/want.ts";

export interface RouteTableArgs {
  readonly node: string;
  /** Its number, or its name in /etc/iproute2/rt_tables. */
  readonly table: string;
}

const words = ({ table }: RouteTableArgs) => ["-6", "route", "show", "table", table];
const program = (args: RouteTableArgs): ProgramWant => ({
  op: "program",
  names: ["ip"],
  args: words(args),
  ...ofC,
  most: 64_000,
});

/** One routing table of a node; /proc/net/ipv6_route holds them all without saying which. */
export const probe: ExecProbe<RouteTableArgs, readonly TableRoute[]> = {
  id: "route-table",
  access: "exec",
  vantage: ({ node }) => ({ kind: "node", node }),
  asks: ({ node, table }) => `routing table ${table} of ${vantageName({ kind: "node", node })}`,
  types: (args) => ["ip", ...words(args)],
  wants: (args) => [program(args)],
  read: (reading, args) => {
    const printed = reading.program(program(args));
    if (!printed.ok) return printed;
    const { text, cut } = printed.value;
    const found = cut ? undefined : parseRouteTable(text);
    return found ? answered(found) : refused("failed", `what ip says is no list of routes: ${shortly(text)}`);
  },
  line: (found) =>
    found
      .slice(0, 5)
      .map(({ text }) => text)
      .join("; ") || "no IPv6 route",
};
