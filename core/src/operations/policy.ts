import { operation } from "./operation.ts";

export const policy = operation({
  name: "policy",
  summary: "what network policies in files allow between two pods, per family",
  usage: "--from POD --to POD|ADDRESS [OPTIONS] PATH...",
  operands: { name: "paths", says: "files or folders with the policies and the pods or workloads", many: true },
  tool: {
    title: "Policy verdict per family",
    says: "Whether the network policies in manifests allow a connection between two pods or addresses, over IPv4 and over IPv6, and which rule decides. Only what the files say is judged.",
    takes: ["from", "to", "port", "protocol", "family"],
    text: "the text of one or several YAML documents, instead of paths",
    required: ["from", "to"],
  },
  says: `Says what the network policies in files allow, over IPv4 and IPv6, and which rule decides: NetworkPolicy,
AdminNetworkPolicy and ClusterNetworkPolicy, Calico's and Cilium's. Only the policies of the files are judged.`,
  inputs: {
    from: {
      takes: "POD|ADDRESS",
      says: `NAMESPACE/NAME of a Pod or of a workload in the files, or NAMESPACE/key=value[,key=value] for a pod with these labels; without NAMESPACE/ it is "default". Or an address outside the cluster`,
    },
    to: { takes: "POD|ADDRESS", says: "the same" },
    port: { takes: "N", says: "destination port" },
    protocol: { takes: ["TCP", "UDP", "SCTP", "ICMP", "ICMPv6"], says: "which protocol", byDefault: "TCP" },
    family: { takes: ["IPv4", "IPv6"], says: "only this family", byDefault: "both" },
    format: { short: "o", takes: ["text", "json"], says: "how to print", byDefault: "text" },
  },
  exits: {
    0: "everything asked for is allowed",
    1: "something is denied or cannot be decided",
    2: "wrong usage",
    3: "not all could be read",
  },
  writes: "nothing",
});
