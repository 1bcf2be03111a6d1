import { operation } from "./operation.ts";

export const services = operation({
  name: "services",
  summary: "whether both families of a cluster's Services are the same: differences only",
  usage: "[OPTIONS]",
  says: `Holds the families of every dual-stack Service against each other and says what one has and the other has not: addresses, endpoints and why
they are missing, readiness, ports, hints, the load balancer's addresses, source ranges, external addresses, and what policies let in at its pods. With
--from it dials every TCP port at both addresses from that pod, and closes the connection at once. Only reads otherwise.`,
  inputs: {
    context: { takes: "NAME", says: "a context of the kubeconfig", byDefault: "the current one" },
    kubeconfig: { takes: "FILE", says: "as for kubectl; KUBECONFIG and ~/.kube/config are read without it" },
    namespace: { short: "n", takes: "NAME", says: "the Services of this namespace only" },
    from: { takes: "NAMESPACE/POD", says: "dial from this pod, which runs already; without it nothing is dialled" },
    timeout: { takes: "SECONDS", says: "how long a single request may take", byDefault: "10" },
    format: {
      short: "o",
      takes: ["text", "json"],
      says: "how to print; json is what compare reads",
      byDefault: "text",
    },
  },
  exits: {
    0: "both families are the same",
    1: "something differs",
    2: "wrong usage",
    3: "not all could be read or dialled",
  },
  writes: "nothing",
});
