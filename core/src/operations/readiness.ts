import { operation } from "./operation.ts";

export const readiness = operation({
  name: "readiness",
  summary: "which workloads can do without IPv4, and what keeps the others on it",
  usage: "[OPTIONS] [PATH...]",
  operands: {
    name: "paths",
    says: "files or folders with the workloads; without any the cluster is asked",
    many: true,
  },
  says: `Says of every workload whether it is of IPv4 alone, of both families but in need of IPv4, ready to do without, or not known:
on the ladder declared, assigned, listening, allowed, resolvable, reached, and the other way round by what it is connected to over IPv4, the IPv4
addresses it is told, names without AAAA records, and Services of IPv4 alone. What blocks it comes with where to change it. Only reads: the
API, and in one pod of each workload /proc/net/tcp, /proc/net/tcp6 and /etc/resolv.conf, with at most three small processes at a time; its DNS
server is asked for the names that its environment and ConfigMaps hold. No Secret is read. docs/readiness.md says what each word means.`,
  inputs: {
    context: { takes: "NAME", says: "a context of the kubeconfig", byDefault: "the current one" },
    kubeconfig: { takes: "FILE", says: "as for kubectl; KUBECONFIG and ~/.kube/config are read without it" },
    namespace: { short: "n", takes: "NAME", says: "look at the workloads of this namespace only" },
    access: {
      takes: ["api", "exec"],
      says: "how far it may look: the API alone, or into containers that run already",
      byDefault: "exec",
    },
    timeout: { takes: "SECONDS", says: "how long a single request may take", byDefault: "10" },
    format: {
      short: "o",
      takes: ["text", "markdown", "html", "csv", "junit", "json", "oscal"],
      says: "how to print; json is what compare reads, oscal an inventory as OSCAL assessment results 1.1.2",
      byDefault: "text",
    },
    quiet: { says: "say nothing of the progress" },
  },
  exits: {
    0: "every workload is ready to do without IPv4",
    1: "something needs IPv4",
    2: "wrong usage",
    3: "some workload is not known, or the cluster could not be looked at, and nothing is known to need IPv4",
  },
  writes: "nothing",
});
