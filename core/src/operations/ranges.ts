import { operation } from "./operation.ts";

export const ranges = operation({
  name: "ranges",
  summary: "how full a cluster's address ranges are, per family, and who holds an address",
  usage: "[OPTIONS] [PATH...]",
  operands: {
    name: "paths",
    says: "files with the address plan: each range is named as it is planned there",
    many: true,
  },
  says: `Says of each range of a cluster how much of it is used and free: ServiceCIDRs by their IPAddress objects, the prefixes of nodes by the pods on
them, the range that they are cut from with the nodes it has room for, and Calico's pools and blocks. Of a ServiceCIDR that does not go it says who keeps
it. With --who it names the holders of an address, or of all of a prefix. Only reads lists of the API.`,
  inputs: {
    context: { takes: "NAME", says: "a context of the kubeconfig", byDefault: "the current one" },
    kubeconfig: { takes: "FILE", says: "as for kubectl; KUBECONFIG and ~/.kube/config are read without it" },
    timeout: { takes: "SECONDS", says: "how long a single request may take", byDefault: "10" },
    who: { takes: "ADDRESS|PREFIX", says: "who holds it" },
    format: { short: "o", takes: ["text", "markdown", "json"], says: "how to print", byDefault: "text" },
  },
  exits: { 0: "no range is nearly full (90 %)", 1: "some range is", 2: "wrong usage", 3: "not all could be read" },
  writes: "nothing",
});
