import { type Family, familyOf } from "../addresses/address.ts";
import type { KubeObject } from "../cluster/cluster.ts";
import { podSaid } from "../judging/agent-log.ts";
import { type Cause, excluded, possible, proven, unknown } from "../judging/cause.ts";
import { dialsOverIPv6 } from "../judging/compared.ts";
import { forwardsOf, importsIn, serverOf } from "../judging/corefile-server.ts";
import { dnsPods } from "../judging/dns-pods.ts";
import { probe as configMap } from "../probes/config-map.ts";
import { probe as endpointSlices } from "../probes/endpoint-slices.ts";
import { ask, type Question, question } from "../probing/probe.ts";

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
    if (!first?.name)
      return excluded(
        "no name outside the cluster failed to resolve",
        asked.length > 0 ? asked : dialsOverIPv6(subject),
      );
    // What its upstream says of the name was asked of it, and came back; that it does not exist is said by it too.
    const answered = asked.find(
      ({ outcome, text, name }) =>
        name?.server === first.name?.server &&
        name?.name === first.name?.name &&
        (outcome === "ok" || outcome === "no-record" || /NXDOMAIN/.test(text)),
    );
    if (answered) return excluded(`${answered.to}: ${answered.text}, which an upstream has said`, [answered]);
    const corefile = yield* ask(configMap, config);
    const slices = yield* ask(endpointSlices, dns);
    const seen = [question(configMap, config), question(endpointSlices, dns)] as const;
    const text = String(corefile.data?.Corefile ?? "");
    const server = serverOf(text, first.name.name);
    const to = server && forwardsOf(server, first.name.name);
    // A Service of one family lists one address of each pod, however many it has.
    const pods = yield* dnsPods();
    const held = pods.length > 0 ? pods.flatMap(({ pod }) => ipsOf(pod)) : slices.flatMap(addressesOf);
    const families = [...new Set(held.flatMap((address) => familyOf(address) ?? []))];
    const [own] = families;
    const imported = importsIn(text);
    const reachable = to?.addresses.filter((address) => families.includes(familyOf(address) as Family)) ?? [];
    if (!to || own === undefined || families.length > 1 || reachable.length > 0)
      return imported !== undefined && families.length < 2
        ? unknown(`the Corefile imports ${imported}, which may forward ${first.name.name} elsewhere`, "both")
        : excluded(
            `CoreDNS has ${families.join(" and ") || "no address"}, and forwards ${first.name.name} to ${to?.addresses.join(", ") || "nobody"}`,
            [...seen, ...pods.map(({ by }) => by)],
          );
    const told = [...to.addresses, ...to.files].join(", ");
    const because = `CoreDNS has ${own} only and forwards to ${told}; ${first.to}: ${first.text}`;
    const inside = symptoms.find(({ kind, outcome, name }) => kind === "name" && name?.service && outcome === "ok");
    const remedy = {
      family: "both" as const,
      fix: `In ConfigMap kube-system/coredns forward to a resolver over ${own} (forward . ADDRESS), or give CoreDNS addresses of both families (kube-dns with PreferDualStack, dual-stack pods).`,
      confirm: "The name resolves.",
      explains: failed
        .filter(({ name }) => name && isSentAlike(text, name.name, first.name?.name ?? ""))
        .map(({ id }) => id),
    };
    // A pod may have ways that its podIPs do not tell, as on EKS; that it has none it says itself.
    let words: { readonly says: string; readonly by: Question } | undefined;
    for (const { pod } of pods) {
      const said = yield* podSaid(pod, "coredns", first.name.name);
      const line = said?.found.findLast((one) => one.startsWith(`${first.name?.name}: `) && /unreachable$/.test(one));
      if (said && line !== undefined && aimed(line) !== own)
        words ??= { says: `${said.pod} says: ${line}`, by: said.by };
    }
    if (!words && to.files.length > 0)
      return unknown(`where ${to.files.join(", ")} of CoreDNS sends, and whether it gets there, was not seen`, "both");
    if (!words)
      return possible(because, {
        ...remedy,
        missing: `CoreDNS' own word, in its log, that the network is unreachable when it asks for ${first.name.name}`,
      });
    const [pod, ...more] = pods;
    if (!pod) return possible(because, { ...remedy, missing: "the addresses of the pods behind kube-system/kube-dns" });
    return proven(`${because}; ${words.says}`, {
      ...remedy,
      died: { how: "answer", dial: first, by: [...seen, words.by, pod.by, ...more.map(({ by }) => by)] },
      instead: [{ lookalike: "dns-server-family-unreachable", by: [inside ?? first] }],
    });
  },
};

const config = { namespace: "kube-system", name: "coredns" };
const dns = { namespace: "kube-system", service: "kube-dns" };

/** The family of whom it asked: `... udp 10.244.1.53:40000->172.18.0.1:53: connect: ...`, `dial udp [2001:db8::53]:53: ...` */
function aimed(line: string): Family | undefined {
  const [, host = ""] = /[ >](\[[0-9a-f:]{2,45}\]|[0-9.]{7,15}):\d{1,5}: connect/i.exec(line) ?? [];
  return familyOf(host.replace(/[[\]]/g, ""));
}

/** One server of the Corefile sends both to the same resolvers. */
function isSentAlike(corefile: string, ...names: readonly [string, string]): boolean {
  const [one, other] = names.map((name) => {
    const server = serverOf(corefile, name);
    return JSON.stringify(server && forwardsOf(server, name));
  });
  return one === other;
}

function ipsOf({ status }: KubeObject): string[] {
  return ((status?.podIPs ?? []) as { ip: string }[]).map(({ ip }) => ip);
}

function addressesOf({ endpoints }: KubeObject): string[] {
  return ((endpoints ?? []) as { addresses?: string[] }[]).flatMap(({ addresses }) => addresses ?? []);
}
