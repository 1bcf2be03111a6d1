import { familyOf } from "../api/addresses.ts";
import { matchesSelector } from "../api/selectors.ts";
import type { Any, ApiObject } from "../objects/object.ts";
import type { Family } from "../options.ts";
import { chainName } from "./proxy.ts";

/**
 * The NetworkPolicies as filter rules of one node, one family at a time, on the way through FORWARD: a pod that no policy
 * selects is open; one that is selected takes only what some policy lets in, replies, and neighbour discovery.
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export function policyRules(family: Family, node: string, policies: readonly ApiObject[], world: World): string[] {
  const declared = [":KUBE-NWPLCY - [0:0]"];
  const rules = ["-A KUBE-NWPLCY -m conntrack --ctstate RELATED,ESTABLISHED -j RETURN"];
  // Router and neighbour discovery is how IPv6 finds the next hop at all; every implementation lets it pass.
  if (family === "IPv6")
    for (const type of [133, 134, 135, 136, 137])
      rules.push(`-A KUBE-NWPLCY -p ipv6-icmp -m icmp6 --icmpv6-type ${type} -j RETURN`);
  // A policy is enforced where its pod runs, on both its directions.
  for (const pod of world.pods.filter((each) => each.spec.nodeName === node)) {
    const address = addressOf(pod, family);
    if (!address || pod.spec.hostNetwork) continue;
    for (const direction of ["Ingress", "Egress"] as const) {
      const own = policies.filter((policy) => selects(policy, pod) && policy.spec.policyTypes?.includes(direction));
      if (own.length === 0) continue;
      const chain = chainName(`KUBE-POD-${direction[0]}-`, `${pod.metadata.namespace}/${pod.metadata.name}`);
      declared.push(`:${chain} - [0:0]`);
      rules.push(`-A KUBE-NWPLCY ${direction === "Ingress" ? "-d" : "-s"} ${address} -j ${chain}`);
      for (const policy of own) rules.push(...allowed(chain, policy, direction, family, world, pod));
      rules.push(`-A ${chain} -m comment --comment "no policy allows it" -j DROP`);
    }
  }
  return [...declared, ...rules];
}

/** What the peers of a policy are picked from. */
export interface World {
  pods: readonly ApiObject[];
  namespaces: readonly ApiObject[];
}

function selects(policy: ApiObject, pod: ApiObject): boolean {
  return (
    policy.metadata.namespace === pod.metadata.namespace &&
    matchesSelector(policy.spec.podSelector ?? {}, pod.metadata.labels)
  );
}

function allowed(
  chain: string,
  policy: ApiObject,
  direction: "Ingress" | "Egress",
  family: Family,
  world: World,
  pod: ApiObject,
): string[] {
  const side = direction === "Ingress" ? "-s" : "-d";
  const rules: Any[] = (direction === "Ingress" ? policy.spec.ingress : policy.spec.egress) ?? [];
  return rules.flatMap((rule) => {
    const peers: Any[] = (direction === "Ingress" ? rule.from : rule.to) ?? [];
    const ports = portMatches(rule.ports ?? [], pod);
    const comment = `-m comment --comment "${policy.metadata.namespace}/${policy.metadata.name}"`;
    const sources =
      peers.length === 0
        ? [{ match: "", except: [] }]
        : peers.flatMap((peer) => peerMatches(peer, policy, family, world, side));
    return sources.flatMap((source) => {
      if (source.except.length === 0)
        return ports.map((port) => `-A ${chain}${source.match}${port} ${comment} -j RETURN`);
      return exceptRules(chain, source, ports, side, comment);
    });
  });
}

/** iptables takes one prefix a rule, so what is in the block and in none of its exceptions is told by a mark. */
function exceptRules(
  chain: string,
  source: { match: string; except: string[] },
  ports: string[],
  side: string,
  comment: string,
): string[] {
  const clear = "-j MARK --set-xmark 0x0/0x8000";
  return [
    `-A ${chain}${source.match} ${comment} -j MARK --set-xmark 0x8000/0x8000`,
    ...source.except.map((prefix) => `-A ${chain} ${side} ${prefix} ${comment} ${clear}`),
    ...ports.map((port) => `-A ${chain} -m mark --mark 0x8000/0x8000${port} ${comment} -j RETURN`),
    `-A ${chain} ${comment} ${clear}`,
  ];
}

function peerMatches(
  peer: Any,
  policy: ApiObject,
  family: Family,
  world: World,
  side: string,
): { match: string; except: string[] }[] {
  if (peer.ipBlock) {
    const { cidr, except = [] } = peer.ipBlock;
    return familyOf(cidr.split("/")[0]) === family ? [{ match: ` ${side} ${cidr}`, except }] : [];
  }
  const spaces = peer.namespaceSelector
    ? world.namespaces
        .filter((each) => matchesSelector(peer.namespaceSelector, each.metadata.labels))
        .map((each) => each.metadata.name)
    : [policy.metadata.namespace];
  return world.pods
    .filter(
      (pod) => spaces.includes(pod.metadata.namespace) && matchesSelector(peer.podSelector ?? {}, pod.metadata.labels),
    )
    .flatMap((pod) => addressOf(pod, family) ?? [])
    .map((address) => ({ match: ` ${side} ${address}`, except: [] }));
}

function portMatches(ports: readonly Any[], pod: ApiObject): string[] {
  if (ports.length === 0) return [""];
  return ports.map(({ protocol = "TCP", port, endPort }) => {
    const name = protocol.toLowerCase();
    const named =
      typeof port === "string"
        ? pod.spec.containers?.flatMap((each: Any) => each.ports ?? []).find((each: Any) => each.name === port)
            ?.containerPort
        : port;
    const range = named === undefined ? "" : ` --dport ${named}${endPort ? `:${endPort}` : ""}`;
    return ` -p ${name} -m ${name}${range}`;
  });
}

function addressOf(pod: ApiObject, family: Family): string | undefined {
  return (pod.status?.podIPs ?? []).map((each: Any) => each.ip).find((ip: string) => familyOf(ip) === family);
}
