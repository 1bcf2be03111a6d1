import { type Family, familyOf } from "../addresses/address.ts";
import type { KubeObject } from "../cluster/cluster.ts";
import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { probe as configMap } from "../probes/config-map.ts";
import { probe as endpointSlices } from "../probes/endpoint-slices.ts";
import { ask } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "dns",
  summary: "CoreDNS has addresses of one family, and the resolver it forwards to has another",
  why: "Names of the cluster resolve, all others end in SERVFAIL: the CoreDNS pods are IPv6-only and forward to an IPv4 resolver of the node's resolv.conf, or the other way round. Their log says `network is unreachable`.",
  source: "https://coredns.io/plugins/forward/",
  looksLike: ["dns-server-family-unreachable", "no-aaaa"], // there the pod does not reach CoreDNS / A is answered
  code: "D05",

  *judge({ failures, symptoms }) {
    const failed = failures.filter(
      ({ kind, outcome, name }) =>
        kind === "name" && name?.service === undefined && (outcome === "name-error" || outcome === "timeout"),
    );
    const [first] = failed;
    if (!first) return excluded("no name outside the cluster failed to resolve");
    const corefile = yield* ask(configMap, { namespace: "kube-system", name: "coredns" });
    const slices = yield* ask(endpointSlices, { namespace: "kube-system", service: "kube-dns" });
    const upstreams = forwardedTo(String(corefile.data?.Corefile ?? ""));
    const families = [...new Set(slices.flatMap(addressesOf).flatMap((address) => familyOf(address) ?? []))];
    const reachable = upstreams.filter((address) => families.includes(familyOf(address) as Family));
    if (upstreams.length === 0 || families.length !== 1 || reachable.length > 0)
      return excluded(
        `CoreDNS has ${families.join(" and ") || "no address"}, and forwards to ${upstreams.join(", ") || "what its own resolv.conf says"}`,
      );
    const because = `CoreDNS has ${families[0]} only and forwards to ${upstreams.join(", ")}; ${first.to}: ${first.text}`;
    const inside = symptoms.some(({ kind, outcome, name }) => kind === "name" && name?.service && outcome === "ok");
    const remedy = {
      family: "both" as const,
      fix: `In ConfigMap kube-system/coredns forward to a resolver over ${families[0]} (forward . ADDRESS), or give CoreDNS addresses of both families (kube-dns with PreferDualStack, dual-stack pods).`,
      confirm: "The name resolves.",
      explains: failed.map(({ id }) => id),
    };
    return first.outcome === "name-error" || inside ? proven(because, remedy) : possible(because, remedy);
  },
};

/** The addresses behind `forward . ...`, without ports and schemes; a file's name is none. */
function forwardedTo(corefile: string): string[] {
  const lines = corefile.match(/^\s*forward\s+\S+\s+[^{\n]+/gm) ?? [];
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

function addressesOf({ endpoints }: KubeObject): string[] {
  return ((endpoints ?? []) as { addresses?: string[] }[]).flatMap(({ addresses }) => addresses ?? []);
}
