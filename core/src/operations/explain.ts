import { operation } from "./operation.ts";

export const explain = operation({
  name: "explain",
  summary: "what a rule or a cause says, why, an example and its source",
  usage: "RULE|CAUSE|NUMBER",
  operands: {
    name: "name",
    says: "a rule (host-bits), a cause (forwarding-off) or a number of the catalogue (SVC005)",
  },
  says: `Prints the page of a rule or of a cause: what it says, why it matters, where the fact stands, what is reported and what is
right. The names stand in square brackets behind each finding and each proven cause.`,
  inputs: {},
  tool: {
    title: "Explain a rule or a cause",
    says: "Why a rule of the linter or a root cause of a diagnosis matters, with an example of what is wrong and what is right, and the source of the fact. Takes the name that lint and diagnose give.",
    takes: [],
    required: ["name"],
  },
  exits: { 0: "there is such a page", 2: "there is no such rule or cause", 3: "the page cannot be read" },
  writes: "nothing",
});
