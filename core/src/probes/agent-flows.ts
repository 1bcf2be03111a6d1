import { type DroppedFlow, parseHubbleFlows } from "../agents/hubble-flows.ts";
import { answered, refused } from "../cluster/cluster.ts";
import { shortly } from "../probing/printed.ts";
import type { ExecProbe } from "../probing/probe.ts";
import type { ProgramWant } from "../probing/want.ts";

export interface FlowsArgs {
  readonly node: string;
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly source: string;
  readonly destination: string;
}

const argv = ({ source, destination }: FlowsArgs) => [
  ...["observe", "--last", "20", "--verdict", "DROPPED"],
  ...["--from-ip", source, "--to-ip", destination, "-o", "json"],
];
const hubble = (args: FlowsArgs): ProgramWant => ({
  op: "program",
  names: ["hubble"],
  args: argv(args),
  seconds: 5,
  kilobytes: 64_000,
  most: 200_000,
});

/** What Hubble, in Cilium's agent on a node, remembers of packets between two addresses that were dropped, and which policy it names. */
export const probe: ExecProbe<FlowsArgs, readonly DroppedFlow[]> = {
  id: "agent-flows",
  access: "exec",
  vantage: ({ namespace, pod, container }) => ({ kind: "pod", namespace, pod, container }),
  asks: ({ node, source, destination }) => `what Hubble on node ${node} saw dropped from ${source} to ${destination}`,
  types: (args) => ["hubble", ...argv(args)],
  wants: (args) => [hubble(args)],
  read: (reading, args) => {
    const printed = reading.program(hubble(args));
    if (!printed.ok) return printed;
    const flows = parseHubbleFlows(printed.value.text);
    return flows
      ? answered(flows)
      : refused("failed", `what hubble says is not understood: ${shortly(printed.value.text)}`);
  },
  line: (flows) => {
    const named = [...new Set(flows.flatMap(({ policies }) => policies))];
    return `${flows.length} dropped${named.length > 0 ? `, denied by ${named.join(", ")}` : ""}`;
  },
};
