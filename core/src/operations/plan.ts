import { operation } from "./operation.ts";

export const plan = operation({
  name: "plan",
  editor: { command: "kube-ipv6.showPlan", title: "Show Address Plan" },
  summary: "every prefix of the manifests: what holds what, what overlaps, what is free",
  usage: "[OPTIONS] PATH...",
  operands: { name: "paths", says: "files or folders of manifests", many: true },
  tool: {
    title: "Address plan",
    says: "Which ranges of addresses the manifests hand out (pods, Services, nodes, pools, load balancers), which overlap, and what is free.",
    takes: [],
    text: "the text of one or several YAML documents, instead of paths",
  },
  says: `Every range that the manifests hand out addresses from, of all files together: pods, services, nodes, pools, load balancers
and address plans. What holds what, what overlaps, and what is free.`,
  inputs: { format: { short: "o", takes: ["markdown", "json"], says: "how to print", byDefault: "markdown" } },
  exits: { 0: "nothing overlaps", 1: "ranges overlap", 2: "wrong usage", 3: "not all could be read as a whole" },
  writes: "nothing",
});
