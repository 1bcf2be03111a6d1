import { operation } from "./operation.ts";

export const read = operation({
  name: "read",
  summary: "what the pasted output of ip, sysctl, ss, ip6tables-save and others says of IPv6",
  usage: "[OPTIONS] FILE...",
  operands: { name: "files", says: "files that hold what commands printed, or - for standard input", many: true },
  says: `Reads what somebody copied out of a terminal, in any order and cut off anywhere: ip addr, ip route, ip neigh, sysctl,
ss or netstat, resolv.conf, ip6tables-save, nft -j list ruleset, kubectl get -o yaml or -o json, and what ping, curl and the
like say when they fail. It names what is odd and which causes would show it. No asking, no dialling: it never says what the
cause is.`,
  inputs: { format: { takes: ["text", "json"], says: "how to print", byDefault: "text" } },
  tool: {
    title: "Read pasted output",
    says: "What the output of ip, sysctl, ss, ip6tables-save, nft -j, kubectl get -o yaml, or an error message of ping or curl, says of IPv6, and which causes would show it. For texts that a person pastes; where a cluster can be asked, diagnose proves the cause.",
    takes: [],
    text: "what the commands printed, with or without their prompts",
    required: ["manifest"],
  },
  exits: {
    0: "nothing odd stands in what was understood",
    1: "something odd",
    2: "wrong usage",
    3: "nothing, or not every file, could be read",
  },
  writes: "nothing",
});
