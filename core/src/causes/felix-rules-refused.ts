import { agentSaid } from "../judging/agent-log.ts";
import { type Cause, excluded, possible, unknown } from "../judging/cause.ts";
import { dialsOverIPv6 } from "../judging/compared.ts";
import { failedOnTheWay, nodesOn } from "../judging/failures.ts";

export const cause: Cause = {
  layer: "cluster",
  summary: "Felix's IPv6 rules are refused as a whole, for one of them",
  why: "ip6tables-restore takes all rules of a table or none. One that names an IPv4 address (FELIX_NATOUTGOINGADDRESS, FELIX_DEVICEROUTESOURCEADDRESS), or a match that the node's kernel lacks, keeps every rule of Calico's for IPv6 from the node, those of new pods among them.",
  source: "https://github.com/projectcalico/calico/issues/3275",
  looksLike: ["calico-felix-ipv6-off", "local-pod-route-missing"], // it is told to do no IPv6 / nothing was refused
  code: "C08",
  unprovable: true,

  *judge(subject) {
    const lost = failedOnTheWay(subject);
    if (lost.length === 0) return excluded("no IPv6 dial was lost on the way", dialsOverIPv6(subject));
    for (const node of nodesOn(subject, lost)) {
      const said = yield* agentSaid(node.name, /^(calico-node|canal|rke2-canal)/, "calico");
      const line = said?.found.at(-1);
      if (!said || line === undefined) continue;
      return possible(`${said.pod} on node ${node.name} says: ${line}`, {
        fix: "The error names the rule. An IPv4 address in FELIX_NATOUTGOINGADDRESS or FELIX_DEVICEROUTESOURCEADDRESS wants its IPv6 counterpart beside it (natOutgoingAddressIPv6, deviceRouteSourceAddressIPv6), or to be taken out; a match that cannot be loaded wants its kernel module.",
        confirm: `The log of ${said.pod} says nothing of ip6tables-restore any more.`,
        explains: lost.map(({ id }) => id),
        missing: "which of the pod's packets the rules that are not there would have let through",
      });
    }
    return unknown("the log of no agent of Calico's says that rules were refused");
  },
};
