import { operation } from "./operation.ts";

export const migrate = operation({
  name: "migrate",
  summary: "the ordered plan from one family to two for a cluster or a namespace, as a checklist or as commands",
  usage: "[OPTIONS]",
  says: `Plans the way from IPv4 to both families, or to both with IPv6 first, in the order in which nothing is refused and no client is sent to a place
that does not answer: nodes and ranges, policies, pods, Services, and then looking whether it holds. Each step says why, what it interrupts, what
to watch and how to undo it; what must be left as it is, such as default/kubernetes, stands at the end. It changes nothing itself, and asks what
kube-ipv6 readiness asks.`,
  inputs: {
    context: { takes: "NAME", says: "a context of the kubeconfig", byDefault: "the current one" },
    kubeconfig: { takes: "FILE", says: "as for kubectl; KUBECONFIG and ~/.kube/config are read without it" },
    namespace: { short: "n", takes: "NAME", says: "plan for this namespace only" },
    to: { takes: ["dual", "ipv6-first"], says: "where to", byDefault: "dual" },
    access: { takes: ["api", "exec"], says: "how far it may look, as for readiness", byDefault: "exec" },
    timeout: { takes: "SECONDS", says: "how long a single request may take", byDefault: "10" },
    format: {
      short: "o",
      takes: ["markdown", "commands", "json"],
      says: "a checklist, or the commands alone",
      byDefault: "markdown",
    },
    quiet: { says: "say nothing of the progress" },
  },
  exits: { 0: "there is nothing to do", 1: "there is a plan", 2: "wrong usage", 3: "not all could be read" },
  writes: "nothing",
});
