import { type Cause, possible, proven } from "../judging/cause.ts";
import { notOverIPv4 } from "../judging/compared.ts";
import { leftUntranslated } from "../judging/crossing.ts";
import { proxySaid, rulesRefused } from "../judging/kube-proxy-words.ts";

export const cause: Cause = {
  layer: "service",
  summary: "kube-proxy's IPv6 rules are refused as a whole, for one of them",
  why: "ip6tables-restore takes all rules or none. A target or a chain that is not there over IPv6, such as KUBE-MARK-DROP that the kubelet once made for IPv4 alone, keeps every IPv6 Service of the node from being written, again and again.",
  source: "https://github.com/kubernetes/kubernetes/issues/96468",
  looksLike: ["kube-proxy-no-ipv6-rules", "ip6tables-missing"], // nothing is refused there / nothing is there to refuse
  code: "P03",

  *judge(subject) {
    const said = yield* proxySaid(subject, rulesRefused, "rules were refused");
    if ("status" in said) return said;
    const { lost, dial, node, because } = said;
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
          ? `that node ${node} passes the connection on untranslated`
          : "the same Service reached over IPv4: the rules refused may be those of IPv4",
      });
    return proven(`${because}; it passed the connection to ${dial.flow?.host} on untranslated`, {
      ...remedy,
      died: { how: "tuple", dial, by: [untranslated, said.by] },
      instead: [{ lookalike: "ip6tables-missing", by: [said.by] }, other],
    });
  },
};
