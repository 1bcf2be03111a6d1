import { operation } from "./operation.ts";

export const mcp = operation({
  name: "mcp",
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
