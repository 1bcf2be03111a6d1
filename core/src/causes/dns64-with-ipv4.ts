import { translated } from "../addresses/nat64.ts";
import { type Cause, excluded, noticed } from "../judging/cause.ts";
import { dialsOverIPv6 } from "../judging/compared.ts";
import { coreDns64 } from "../judging/dns64.ts";
import { podName } from "../judging/failures.ts";

export const cause: Cause = {
  layer: "dns",
  unprovable: true,
  summary: "DNS64 answers a pod that has IPv4: what it could reach directly goes through the translator",
  why: "Clients prefer IPv6, so an AAAA record that is made up draws everything that has IPv4 only through the NAT64, which costs bandwidth, money in clouds, and the real source address. DNS64 is for those who have no IPv4.",
  source: "https://www.rfc-editor.org/rfc/rfc6147#section-5.5",
  looksLike: ["ipv4-only-name-without-ipv4"], // the pod has no IPv4 there
  code: "D15",

  *judge(subject) {
    const [pod] = subject.scene.pods;
    const names = subject.symptoms.filter(
      ({ name, outcome }) => name?.type === "AAAA" && name.service === undefined && !name.justReach && outcome === "ok",
    );
    if (!pod?.ips.IPv4)
      return excluded(`${pod ? podName(pod) : "the pod"} has no IPv4`, pod ? [pod] : dialsOverIPv6(subject), "both");
    const dns64 = names.length > 0 ? yield* coreDns64(names[0]?.name?.name) : undefined;
    const prefix = dns64?.dns64?.prefix;
    const made = names.find(({ text }) =>
      text.split(", ").every((one) => translated(one, prefix ? [prefix] : undefined)),
    );
    if (!made)
      return excluded(
        "no name outside the cluster is answered with a translator's address",
        names.length > 0 ? names : dialsOverIPv6(subject),
        "both",
      );
    return noticed(`${podName(pod)} has ${pod.ips.IPv4}, and ${made.to} is ${made.text}, a translator's address`, {
      family: "both",
      fix: "Answer only those with DNS64 who have no IPv4: CoreDNS does by default for questions over IPv6, unless allow_ipv4 or translate_all is set; a view or a second DNS Service parts the others.",
      confirm: `AAAA of ${made.name?.name} is empty for that pod.`,
    });
  },
};
