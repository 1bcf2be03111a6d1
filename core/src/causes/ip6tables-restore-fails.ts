import { agentSaid } from "../judging/agent-log.ts";
import { type Cause, excluded, possible, proven, unknown } from "../judging/cause.ts";
import { dialsOverIPv6, notOverIPv4 } from "../judging/compared.ts";
import { leftUntranslated } from "../judging/crossing.ts";
import { failedDials } from "../judging/failures.ts";
import { rulesRefused } from "../judging/kube-proxy-words.ts";

export const cause: Cause = {
  layer: "service",
  summary: "kube-proxy's IPv6 rules are refused as a whole, for one of them",
  why: "ip6tables-restore takes all rules or none. A target or a chain that is not there over IPv6, such as KUBE-MARK-DROP that the kubelet once made for IPv4 alone, keeps every IPv6 Service of the node from being written, again and again.",
  source: "https://github.com/kubernetes/kubernetes/issues/96468",
  looksLike: ["kube-proxy-no-ipv6-rules", "ip6tables-missing"], // nothing is refused there / nothing is there to refuse
  code: "P03",

  *judge(subject) {
    const lost = failedDials(subject, "timeout", "network-unreachable", "host-unreachable").filter(
      ({ flow }) => flow?.scope === "service",
    );
    const [dial] = lost;
    const [node] = subject.scene.nodes;
    if (!dial || !node)
      return excluded("no IPv6 dial to a Service was lost on the way", dialsOverIPv6(subject, "service"));
    const said = yield* agentSaid(node.name, /^kube-proxy/, "kube-proxy");
    if (!said) return unknown(`the log of kube-proxy on node ${node.name} was not read`);
    const words = said.found.findLast((line) => rulesRefused.test(line));
    if (!words) return unknown(`what is left of the log of ${said.pod} does not say that rules were refused`);
    const because = `${said.pod} on node ${node.name} says: ${words}`;
    const remedy = {
      fix: `Read the whole line in the log of ${said.pod}: it names the rule. For KUBE-MARK-DROP: ip6tables -t nat -N KUBE-MARK-DROP on the node, or a newer Kubernetes, which makes no use of it.`,
      confirm: `The log of ${said.pod} says nothing of iptables-restore any more, and the Service's IPv6 address connects.`,
      explains: lost.map(({ id }) => id),
    };
    // The log does not always say of which family the rules are.
    const untranslated = yield* leftUntranslated(subject, dial);
    const other = notOverIPv4(subject, dial);
    if (!untranslated || !other)
      return possible(because, {
        ...remedy,
        missing: other
          ? `that node ${node.name} passes the connection on untranslated`
          : "the same Service reached over IPv4: the rules refused may be those of IPv4",
      });
    return proven(`${because}; it passed the connection to ${dial.flow?.host} on untranslated`, {
      ...remedy,
      died: { how: "tuple", dial, by: [untranslated, said.by] },
      instead: [{ lookalike: "ip6tables-missing", by: [said.by] }, other],
    });
  },
};
