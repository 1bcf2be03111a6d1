import { type Cause, excluded, possible, proven, unknown } from "../judging/cause.ts";
import { failedDials } from "../judging/failures.ts";
import { policyRulings } from "../judging/policy-rulings.ts";

export const cause: Cause = {
  layer: "policy",
  summary: "A NetworkPolicy allows the connection over IPv4 only",
  why: 'A policy isolates a pod for both families at once, but an ipBlock with an IPv4 range lets in no IPv6 peer: 0.0.0.0/0 is not "anybody".',
  source: "https://kubernetes.io/docs/concepts/services-networking/network-policies/",
  looksLike: ["forward-policy-drops-ipv6"], // a policy of the API explains a drop that the node's rules only carry out
  code: "NP01",

  *judge(subject) {
    if (failedDials(subject, "timeout", "refused", "denied", "host-unreachable", "network-unreachable").length === 0)
      return excluded("no IPv6 dial failed that a policy could have stopped");
    const { denial: denied, doubt } = yield* policyRulings(subject);
    if (!denied)
      return doubt === undefined
        ? excluded("the policies in force allow the IPv6 dials that failed")
        : unknown(`whether a policy denies an IPv6 dial that failed is not known: ${doubt}`);
    const because = `${denied.why} The same connection over IPv4 is ${denied.ipv4}.`;
    const remedy = {
      fix: `In ${denied.policy} add an ipBlock with the IPv6 range beside the IPv4 one (::/0 for anybody), or select pods with podSelector and namespaceSelector, which hold for both families.`,
      confirm: "Dial again once the policy is applied.",
      explains: denied.symptoms,
    };
    return denied.ipv4 === "allowed"
      ? proven(because, remedy)
      : possible(`${because} So IPv6 is treated no worse than IPv4.`, remedy);
  },
};
