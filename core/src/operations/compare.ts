import { operation } from "./operation.ts";

export const compare = operation({
  name: "compare",
  summary: "two runs of readiness, policy --parity, services, diagnose or plan: what got better, what worse",
  usage: "[OPTIONS] BEFORE AFTER",
  operands: { name: "files", says: "what the same command printed before and after with --format json", many: true },
  says: `Holds two runs of one command against each other, each as it printed it with --format json: what was bad and is no more, what came, and how much
stayed. What was about something that is not there any more got no better, and is listed apart. No cluster is asked.`,
  inputs: { format: { short: "o", takes: ["text", "json"], says: "how to print", byDefault: "text" } },
  exits: {
    0: "nothing came that is bad",
    1: "something got worse",
    2: "wrong usage, or the two are of different commands",
    3: "a file could not be read",
  },
  writes: "nothing",
});
