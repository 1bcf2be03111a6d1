import { parseAddress, sameAddress } from "../addresses/address.ts";
import { type Answer, answered } from "../cluster/cluster.ts";
import { probe as configMap } from "../probes/config-map.ts";
import { probe as resolver } from "../probes/resolver.ts";
import { probe as serviceProbe } from "../probes/service.ts";
import { type Asking, type Question, question, tryAsk } from "../probing/probe.ts";
import { forwardsOf, importsIn, serverOf } from "./corefile-server.ts";
import { dnsPods } from "./dns-pods.ts";

const corefile = { namespace: "kube-system", name: "coredns" };
const dns = { namespace: "kube-system", name: "kube-dns" };

type Upstreams = { readonly by: readonly Question[] } | { readonly by?: undefined; readonly why: string };

/** What shows that all answers about a name come of one resolver; else why they may come of several, which may differ. */
export function* oneUpstream(name: string, server: string): Asking<Upstreams> {
  const config = yield* tryAsk(configMap, corefile);
  if (!config.ok) return { why: `to whom ${server} forwards was not read: ${config.refusal.message}` };
  const core = yield* isCoreDns(server);
  if (!core.ok) return { why: `whether ${server} is CoreDNS was not read: ${core.refusal.message}` };
  if (!core.value) return { why: `${server} is not the cluster's CoreDNS, and whom it asks is not known` };
  const text = String(config.value.data?.Corefile ?? "");
  const imported = importsIn(text);
  if (imported) return { why: `the Corefile imports ${imported}, which was not read` };
  const answering = serverOf(text, name);
  if (!answering) return { why: `no server of the Corefile answers ${name}` };
  const { addresses = [], files = [] } = forwardsOf(answering, name) ?? {};
  const by = [question(configMap, corefile), question(serviceProbe, dns)];
  if (addresses.length + files.length > 1)
    return { why: `CoreDNS forwards to ${[...addresses, ...files].join(", ")}, which may differ` };
  const [file] = files;
  return file === undefined ? { by } : yield* oneIn(file, by);
}

/** A pod of CoreDNS has its node's file, and the nodes may have different ones. */
function* oneIn(file: string, by: readonly Question[]): Asking<Upstreams> {
  const pods = yield* dnsPods();
  const seen: Question[] = [];
  const found = new Set<string>();
  for (const { pod } of pods) {
    const at = { kind: "pod", namespace: pod.metadata.namespace ?? "", pod: pod.metadata.name } as const;
    const own = yield* tryAsk(resolver, { at });
    if (!own.ok) break;
    seen.push(question(resolver, { at }));
    for (const one of own.value.nameservers) found.add(one);
  }
  return file === "/etc/resolv.conf" && pods.length > 0 && seen.length === pods.length && found.size === 1
    ? { by: [...by, ...seen] }
    : {
        why: `CoreDNS forwards to the resolvers in ${file}, ${found.size > 1 ? [...found].join(", ") : "of which there may be several"}`,
      };
}

/** Whether a server is the one whose Corefile is kube-system/coredns: a cache on the node, or what a pod names itself, is another. */
export function* isCoreDns(server: string): Asking<Answer<boolean>> {
  const service = yield* tryAsk(serviceProbe, dns);
  return service.ok ? answered(isOf((service.value.spec?.clusterIPs ?? []) as string[], server)) : service;
}

function isOf(listed: readonly string[], server: string): boolean {
  const own = parseAddress(server);
  return listed.some((ip) => {
    const one = parseAddress(ip);
    return own !== undefined && one !== undefined && sameAddress(own, one);
  });
}
