import { stdin } from "node:process";
import { described, optionsOf, usageOf } from "#core/operations/operation.ts";
import { type CliCommand, type Exit, UsageError } from "../command.ts";
import { inputLinesOf } from "../mcp/lines.ts";
import { McpSession } from "../mcp/session.ts";
import { oneOf, parse } from "../options.ts";
import { terminal } from "../terminal.ts";

export const operation = described({
  name: "mcp",
  listed: 180,
  summary: "serve agents: the same questions as tools of the Model Context Protocol, read-only",
  usage: "[OPTIONS]",
  says: `Speaks the Model Context Protocol on standard input and output, for agents in editors and terminals. Its tools are lint,
diagnose, policy, plan, address and explain. It cannot write: neither the code that changes files nor any that changes a cluster is
part of this program. Each answer is short (at most 1,500 tokens), says "unknown" where nothing was seen, brings the evidence and the
kubectl line that shows it, and keeps whatever files and clusters say between marks, as data. A diagnosis dials inside the cluster
alone: an agent that was talked into it must not send anything out.`,
  inputs: {
    context: {
      takes: "NAME",
      says: "the one context of the kubeconfig that is looked at",
      byDefault: "the current one",
    },
    kubeconfig: { takes: "FILE", says: "as for kubectl; KUBECONFIG and ~/.kube/config are read without it" },
    access: {
      takes: ["api", "exec"],
      says: "how far a diagnosis may look: exec starts small programs in containers that run already",
      byDefault: "exec",
    },
    outside: { says: "a diagnosis may also dial names and addresses outside the cluster that the agent names" },
  },
  exits: { 0: "the agent has left", 2: "wrong usage" },
  writes: "nothing",
});

export const command: CliCommand = { usage: usageOf(operation), run };

/** Bytes of one message: a manifest that somebody pastes, and more than anybody reads. */
const longest = 16_000_000;

async function run(args: readonly string[]): Promise<Exit> {
  const { values, positionals } = parse(args, optionsOf(operation));
  if (positionals.length > 0) throw new UsageError(`"${positionals[0]}" is no option`);
  const session = new McpSession((message) => terminal.printData(`${JSON.stringify(message)}\n`), {
    kubeconfig: values.kubeconfig,
    context: values.context,
    access: oneOf("access", values.access, ["api", "exec"]) ?? "exec",
    outside: values.outside === true,
  });
  const all = new Set<Promise<void>>();
  for await (const line of inputLinesOf(stdin, longest)) {
    const taken = session.take(line);
    all.add(taken);
    void taken.finally(() => all.delete(taken));
  }
  session.end();
  await Promise.all(all);
  return 0;
}
