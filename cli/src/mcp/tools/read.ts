import { readOutput } from "#core/outputs/read-output.ts";
import { type Served, text } from "../tool.ts";

export const tool: Served = {
  async ask(given) {
    const { signs, seen, notUnderstood } = readOutput(text(given, "manifest") ?? "");
    return {
      verdict: seen.length === 0 ? "unknown" : signs.length > 0 ? "findings" : "clean",
      ours: [
        `understood as ${seen.map(({ title }) => title).join(", ") || "nothing that is known"}`,
        "nothing was dialled, so the causes are possible and none is proven; kube-ipv6 diagnose proves one",
      ],
      head: { linesNotUnderstood: notUnderstood.reduce((sum, [first, last]) => sum + last - first + 1, 0) },
      lists: [["signs", signs]],
    };
  },
};
