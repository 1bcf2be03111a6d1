import { podSaid } from "../judging/agent-log.ts";
import { type Cause, excluded, possible, proven, unknown } from "../judging/cause.ts";
import { dialsOverIPv6 } from "../judging/compared.ts";
import { dnsPods } from "../judging/dns-pods.ts";
import type { Ground } from "../judging/proof.ts";

export const cause: Cause = {
  layer: "dns",
  summary: "CoreDNS forwards to a link-local resolver of its node, which no pod can reach",
  why: "A router's advertisement may give a node fe80::1%eth0 as its resolver. The kubelet copies it into CoreDNS' resolv.conf, where neither the interface nor the link is the same: names of the cluster resolve, all others do not.",
  source: "https://github.com/coredns/coredns/issues/3528",
  looksLike: ["dns-upstream-other-family", "aaaa-servfail"], // the resolver is a global address of the other family / A works
  code: "D04",

  *judge(subject) {
    const asked = subject.symptoms.filter(
      ({ kind, name }) => kind === "name" && name?.service === undefined && !name?.justReach,
    );
    const failed = asked.filter(
      // That a name does not exist is said by who asked its upstream, and got an answer.
      ({ failed: bad, outcome, text }) =>
        bad && ((outcome === "name-error" && !/NXDOMAIN/.test(text)) || outcome === "timeout"),
    );
    const [first] = failed;
    if (!first)
      return excluded(
        "no name outside the cluster failed to resolve",
        asked.length > 0 ? asked : dialsOverIPv6(subject),
        "both",
      );
    const looked: Ground[] = [];
    let silent = false;
    for (const { pod } of yield* dnsPods()) {
      const said = yield* podSaid(pod, "coredns", first.name?.name);
      if (!said) continue;
      const words = said.found.findLast((line) => /fe80:/i.test(line));
      silent ||= !said.found.some((line) => line.startsWith(`${first.name?.name}: `));
      if (!words) {
        looked.push(said.by);
        continue;
      }
      const last = said.found.findLast((line) => line.startsWith(`${first.name?.name}: `));
      const own = last !== undefined && /fe80:/i.test(last) ? last : undefined;
      const inside = subject.symptoms.find(({ name, outcome }) => name?.service && outcome === "ok");
      const because = `${said.pod} says: ${own ?? words}; ${first.to}: ${first.text}`;
      const remedy = {
        family: "both" as const,
        fix: "In ConfigMap kube-system/coredns write forward . with a global address instead of /etc/resolv.conf; or give the kubelet a resolv.conf without link-local resolvers (resolvConf).",
        confirm: "The name resolves.",
        explains: failed.filter(({ name }) => name?.name === first.name?.name).map(({ id }) => id),
      };
      if (!own)
        return possible(because, {
          ...remedy,
          missing: `that it says so of ${first.name?.name}, and not of an older question`,
        });
      return proven(because, {
        ...remedy,
        died: { how: "answer", dial: first, by: [said.by] },
        instead: [{ lookalike: "dns-upstream-other-family", by: [said.by, ...(inside ? [inside] : [])] }],
      });
    }
    if (looked.length === 0) return unknown("no log of CoreDNS could be read", "both");
    // Without its plugin errors it says nothing at all.
    return silent
      ? unknown(`what is left of the log of CoreDNS says nothing of ${first.name?.name}`, "both")
      : excluded(`CoreDNS names another resolver when it fails for ${first.name?.name}`, looked, "both");
  },
};
