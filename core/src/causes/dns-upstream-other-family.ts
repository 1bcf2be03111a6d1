import { type Family, familyOf } from "../addresses/address.ts";
import type { KubeObject } from "../cluster/cluster.ts";
import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { dialsOverIPv6 } from "../judging/compared.ts";
import { dnsPods } from "../judging/dns-pods.ts";
import { probe as configMap } from "../probes/config-map.ts";
import { probe as endpointSlices } from "../probes/endpoint-slices.ts";
import { ask, question } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "dns",
  summary: "CoreDNS has addresses of one family, and the resolver it forwards to has another",
  why: "Names of the cluster resolve, all others end in SERVFAIL: the CoreDNS pods are IPv6-only and forward to an IPv4 resolver of the node's resolv.conf, or the other way round. Their log says `network is unreachable`.",
  source: "https://coredns.io/plugins/forward/",
  looksLike: ["dns-server-family-unreachable", "no-aaaa"], // there the pod does not reach CoreDNS / A is answered
  code: "D05",

  *judge(subject) {
    const { failures, symptoms } = subject;
    const asked = symptoms.filter(({ kind, name }) => kind === "name" && name?.service === undefined);
    const failed = failures.filter(
      ({ kind, outcome, name }) =>
        kind === "name" && name?.service === undefined && (outcome === "name-error" || outcome === "timeout"),
    );
    const [first] = failed;
    if (!first)
      return excluded(
        "no name outside the cluster failed to resolve",
        asked.length > 0 ? asked : dialsOverIPv6(subject),
      );
    const corefile = yield* ask(configMap, config);
    const slices = yield* ask(endpointSlices, dns);
    const seen = [question(configMap, config), question(endpointSlices, dns)] as const;
    const upstreams = forwardedTo(String(corefile.data?.Corefile ?? ""));
    // A Service of one family lists one address of each pod, however many it has.
    const pods = yield* dnsPods();
    const held = pods.length > 0 ? pods.flatMap(({ pod }) => ipsOf(pod)) : slices.flatMap(addressesOf);
    const families = [...new Set(held.flatMap((address) => familyOf(address) ?? []))];
    const reachable = upstreams.filter((address) => families.includes(familyOf(address) as Family));
    if (upstreams.length === 0 || families.length !== 1 || reachable.length > 0)
      return excluded(
        `CoreDNS has ${families.join(" and ") || "no address"}, and forwards to ${upstreams.join(", ") || "what its own resolv.conf says"}`,
        [...seen, ...pods.map(({ by }) => by)],
      );
    const because = `CoreDNS has ${families[0]} only and forwards to ${upstreams.join(", ")}; ${first.to}: ${first.text}`;
    // That a name does not exist is said by who asked its upstream, and got an answer.
    if (/NXDOMAIN/.test(first.text)) return excluded(`${first.to}: ${first.text}, which an upstream has said`, [first]);
    const inside = symptoms.find(({ kind, outcome, name }) => kind === "name" && name?.service && outcome === "ok");
    const remedy = {
      family: "both" as const,
      fix: `In ConfigMap kube-system/coredns forward to a resolver over ${families[0]} (forward . ADDRESS), or give CoreDNS addresses of both families (kube-dns with PreferDualStack, dual-stack pods).`,
      confirm: "The name resolves.",
      explains: failed.map(({ id }) => id),
    };
    if (first.outcome !== "name-error" && !inside)
      return possible(because, { ...remedy, missing: "a name of the cluster that the same server answers" });
    const [pod, ...more] = pods;
    if (!pod) return possible(because, { ...remedy, missing: "the addresses of the pods behind kube-system/kube-dns" });
    return proven(because, {
      ...remedy,
      died: { how: "answer", dial: first, by: [...seen, pod.by, ...more.map(({ by }) => by)] },
      instead: [{ lookalike: "dns-server-family-unreachable", by: [inside ?? first] }],
    });
  },
};

const config = { namespace: "kube-system", name: "coredns" };
const dns = { namespace: "kube-system", service: "kube-dns" };

/** The addresses behind `forward . ...`, without ports and schemes; a file's name is none. */
function forwardedTo(corefile: string): string[] {
  const lines = corefile.match(/^[ \t]*forward\s+\S+\s+[^{\n]+/gm) ?? [];
  return lines.flatMap((line) =>
    line
      .trim()
      .split(/\s+/)
      .slice(2)
      .flatMap((word) => {
        const bare = word.replace(/^(?:dns|tls):\/\//, "").replace(/^\[(.*)\](?::\d+)?$/, "$1");
        const address = familyOf(bare) ? bare : bare.replace(/:\d+$/, "");
        return familyOf(address) ? address : [];
      }),
  );
}

function ipsOf({ status }: KubeObject): string[] {
  return ((status?.podIPs ?? []) as { ip: string }[]).map(({ ip }) => ip);
}

function addressesOf({ endpoints }: KubeObject): string[] {
  return ((endpoints ?? []) as { addresses?: string[] }[]).flatMap(({ addresses }) => addresses ?? []);
}
