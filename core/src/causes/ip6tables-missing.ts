import { type Cause, possible, proven } from "../judging/cause.ts";
import { notOverIPv4 } from "../judging/compared.ts";
import { leftUntranslated } from "../judging/crossing.ts";
import { ip6tablesMissing, proxySaid } from "../judging/kube-proxy-words.ts";

export const cause: Cause = {
  layer: "kernel",
  summary: "The node's kernel or image has no ip6tables for kube-proxy, so that it serves IPv4 alone",
  why: "kube-proxy in iptables mode asks for both families when it starts. Where the modules ip6_tables and ip6table_nat are not there, or the image has no ip6tables, it says so once in its log and goes on with IPv4.",
  source: "https://github.com/kubernetes/kubernetes/issues/131226",
  looksLike: ["kube-proxy-no-ipv6-rules", "ip6tables-restore-fails"], // it has ip6tables there, and one family configured / a single rule is refused
  code: "K15",

  *judge(subject) {
    const said = yield* proxySaid(subject, ip6tablesMissing, "ip6tables is missing");
    if ("status" in said) return said;
    const { lost, dial, node, because } = said;
    const remedy = {
      fix: `On node ${node}: modprobe ip6_tables ip6table_nat ip6table_filter ip6table_mangle, with the same names in /etc/modules-load.d/; then restart that kube-proxy. On kernels without them, kube-proxy's nftables mode.`,
      confirm: `The log of kube-proxy on node ${node} speaks of dual-stack, and the Service's IPv6 address connects.`,
      explains: lost.map(({ id }) => id),
    };
    const untranslated = yield* leftUntranslated(subject, dial);
    if (!untranslated)
      return possible(because, { ...remedy, missing: `that node ${node} passes the connection on untranslated` });
    const other = notOverIPv4(subject, dial);
    return proven(`${because}; it passed the connection to ${dial.flow?.host} on untranslated`, {
      ...remedy,
      died: { how: "tuple", dial, by: [untranslated, said.by] },
      instead: [{ lookalike: "ip6tables-restore-fails", by: [said.by] }, ...(other ? [other] : [])],
    });
  },
};
