import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { dialsOverIPv6 } from "../judging/compared.ts";
import { coreDns64 } from "../judging/dns64.ts";
import { atPod, leavesThePod, podName } from "../judging/failures.ts";
import { worked } from "../judging/symptom.ts";
import { probe as defaultRoutes4 } from "../probes/default-routes4.ts";
import { question, tryAsk } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "dns",
  summary: "The name has IPv4 addresses only, and the pod has IPv6 only",
  why: "A pod with IPv6 alone reaches nothing that has only an A record, as many registries, APIs and package mirrors do, unless DNS64 makes up an AAAA record and a NAT64 translates. Nothing is broken: the way is missing.",
  source: "https://www.rfc-editor.org/rfc/rfc6147",
  looksLike: ["no-aaaa", "nat64-missing", "aaaa-nxdomain"], // the record is held back / an AAAA is made up and leads nowhere / the server errs
  code: "D10",

  *judge(subject) {
    const { symptoms, scene } = subject;
    const [pod] = scene.pods;
    const asked = symptoms.filter(({ name }) => name?.asked && !name.service);
    const lacking = asked.filter(
      ({ name, outcome, failed }) => name?.type === "AAAA" && outcome === "no-record" && failed,
    );
    const [aaaa] = lacking;
    const a = asked.find(
      ({ name, outcome }) => name?.type === "A" && name.name === aaaa?.name?.name && outcome === "ok",
    );
    if (!aaaa || !a || !pod)
      return excluded(
        "no name that was asked for has an A record and no AAAA",
        asked.length > 0 ? asked : dialsOverIPv6(subject),
      );
    if (pod.ips.IPv4) return excluded(`${podName(pod)} has ${pod.ips.IPv4}, and can reach it over IPv4`, [pod, a]);
    const over4 = symptoms.filter(
      ({ kind, family, flow }) => kind === "dial" && family === "IPv4" && flow?.from === pod,
    );
    const works = over4.find(worked);
    if (works)
      return excluded(`${podName(pod)} reaches ${works.to} over IPv4, which its podIPs do not tell`, [works, a]);
    const dns64 = yield* coreDns64(aaaa.name?.name);
    const because = `${aaaa.name?.name} has ${a.text} and no AAAA record, and ${podName(pod)} has ${pod.ips.IPv6 ?? "no address"} only`;
    const explains = symptoms
      .filter(({ id, failed, flow, family }) => failed && (id === aaaa.id || (family === "IPv4" && flow?.from === pod)))
      .map(({ id }) => id);
    const remedy = {
      family: "both" as const,
      fix: "Give the cluster NAT64 and DNS64 (CoreDNS: the dns64 plugin with the translator's prefix), a proxy with both families, or pods with IPv4; or use a mirror of that service that has IPv6.",
      confirm: `AAAA of ${aaaa.name?.name} is answered, and the dial connects.`,
      explains,
    };
    if (dns64?.dns64)
      return possible(`${because}, although the Corefile has dns64 ${dns64.dns64.prefix}`, {
        ...remedy,
        missing: "why that server makes up no AAAA record: another one may answer the pod",
      });
    // On EKS pods of IPv6 clusters have a way out over IPv4 that the API does not list.
    const atOnce = over4.find(({ outcome, ms = 0 }) => outcome === "network-unreachable" && ms < leavesThePod);
    const ways = atOnce ? undefined : yield* tryAsk(defaultRoutes4, atPod(pod));
    const [way] = ways?.ok ? ways.value : [];
    if (ways && (!ways.ok || way))
      return possible(because, {
        ...remedy,
        missing: `that the pod has no way over IPv4: ${ways.ok ? `it has a default route by ${way?.device}` : ways.refusal.message}`,
      });
    return proven(because, {
      ...remedy,
      died: { how: "answer", dial: aaaa, by: [aaaa, a] },
      instead: [
        { lookalike: "no-aaaa", by: [aaaa] },
        { lookalike: "undeclared-family", by: [atOnce ?? question(defaultRoutes4, atPod(pod))] },
        { lookalike: "nat64-missing", by: [a, ...(dns64 ? [dns64.by] : [])] },
      ],
    });
  },
};
