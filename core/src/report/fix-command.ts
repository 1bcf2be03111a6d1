import type { FixCommand } from "../judging/cause.ts";
import { nodeRisk } from "../judging/node-risk.ts";
import { kubectlLine, nodeLine, shellLine } from "../probing/kubectl.ts";

/** What mends it, to be copied. */
export interface FixCommandView {
  readonly command: string;
  /** "node n1": where it is typed, and the kubectl line that types it there. */
  readonly on?: string;
  readonly through?: string;
  /** What it does besides, on a node. */
  readonly risk?: string;
}

export function commandView(command: FixCommand, context: string): FixCommandView {
  const { node, argv } = command;
  const risk = nodeRisk(command);
  if (node === undefined) return { command: kubectlLine(context, argv) };
  return {
    command: shellLine(argv),
    on: `node ${node}`,
    through: nodeLine(context, node, argv),
    ...(risk ? { risk } : {}),
  };
}
