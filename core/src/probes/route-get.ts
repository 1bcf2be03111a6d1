import { ofC } from "../agents/agent-words.ts";
import { answered, refused } from "../cluster/cluster.ts";
import { parseRouteGet, type RouteChoice } from "../linux/ip-route.ts";
import { shortly } from "../probing/printed.ts";
import { type ExecProbe, type Vantage, vantageName } from "../probing/probe.ts";
import type { ProgramWant } from "../probing/want.ts";

export interface RouteGetArgs {
  readonly at: Vantage;
  readonly destination: string;
  /** Of a packet that is passed on: where it is from, and by which device it comes in. */
  readonly source?: string;
  readonly iif?: string;
}

const words = ({ destination, source, iif }: RouteGetArgs) => [
  "-6",
  "route",
  "get",
  destination,
  ...(source === undefined ? [] : ["from", source]),
  ...(iif === undefined ? [] : ["iif", iif]),
];
const program = (args: RouteGetArgs): ProgramWant => ({
  op: "program",
  names: ["ip"],
  args: words(args),
  ...ofC,
  most: 8000,
});

/** Where the kernel itself would send a packet without a mark, all its tables and rules considered. */
export const probe: ExecProbe<RouteGetArgs, RouteChoice> = {
  id: "route-get",
  access: "exec",
  vantage: ({ at }) => at,
  asks: ({ at, destination, source }) =>
    `where ${vantageName(at)} sends what is for ${destination}${source === undefined ? "" : ` from ${source}`}`,
  types: (args) => ["ip", ...words(args)],
  wants: (args) => [program(args)],
  read: (reading, args) => {
    const printed = reading.program(program(args));
    if (!printed.ok) return printed;
    const choice = parseRouteGet(printed.value.text, args.destination);
    return choice
      ? answered(choice)
      : refused("failed", `what ip says is not understood: ${shortly(printed.value.text)}`);
  },
  line: ({ rejects, gateway, device, table, hopLimit, advertised }) =>
    rejects === undefined
      ? [
          gateway && `via ${gateway}`,
          device && `dev ${device}`,
          table && `table ${table}`,
          hopLimit !== undefined && `hoplimit ${hopLimit}`,
          advertised && "from a router advertisement",
        ]
          .filter(Boolean)
          .join(" ") || "by a route that says nothing"
      : `rejected: ${rejects}`,
};
