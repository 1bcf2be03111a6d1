import { createHash } from "node:crypto";
import { holds, type Prefix, parsePrefix } from "../api/addresses.ts";
import type { Any, ApiObject } from "../objects/object.ts";
import type { Family } from "../options.ts";
import { clusterCidr, type NodePlan } from "../plan.ts";

/**
 * What kube-proxy in iptables mode would load on a node for one family: the nat table's chains by service and endpoint,
 * and in the filter table the rejection of Services without endpoints. For `iptables-restore --noflush`, so that rules
 * set by hand in the built-in chains stay.
 */
export function proxyRules(
  family: Family,
  services: readonly ApiObject[],
  slices: readonly ApiObject[],
  node: ProxyNode,
): { nat: string[]; filter: string[] } {
  const nat = [":KUBE-SERVICES - [0:0]", ":KUBE-MARK-MASQ - [0:0]", ":KUBE-POSTROUTING - [0:0]"];
  const rules = [
    "-A KUBE-MARK-MASQ -j MARK --set-xmark 0x4000/0x4000",
    "-A KUBE-POSTROUTING -m mark --mark 0x4000/0x4000 -j MASQUERADE",
    `-A KUBE-POSTROUTING -s ${clusterCidr[family]} ! -d ${clusterCidr[family]} -m comment --comment "pods to the outside" -j MASQUERADE`,
  ];
  const filter = [":KUBE-SERVICES - [0:0]"];
  for (const service of services)
    for (const port of service.spec.ports ?? []) {
      const vip = vipOf(service, family);
      if (!vip) continue;
      const name = `${service.metadata.namespace}/${service.metadata.name}${port.name ? `:${port.name}` : ""}`;
      const protocol = port.protocol.toLowerCase();
      const to = `-d ${vip} -p ${port.protocol.toLowerCase()} -m ${port.protocol.toLowerCase()} --dport ${port.port}`;
      const all = endpointsOf(service, port, family, slices);
      const ends = all.filter((end) => isNear(service, end, node));
      if (all.length > 0 && ends.length === 0) {
        filter.push(`-A KUBE-SERVICES ${to} -m comment --comment "${name} has no local endpoints" -j DROP`);
        continue;
      }
      if (ends.length === 0) {
        const reject = family === "IPv6" ? "icmp6-port-unreachable" : "icmp-port-unreachable";
        filter.push(
          `-A KUBE-SERVICES ${to} -m comment --comment "${name} has no endpoints" -j REJECT --reject-with ${reject}`,
        );
        continue;
      }
      const chain = chainName("KUBE-SVC-", name);
      nat.push(`:${chain} - [0:0]`);
      rules.push(`-A KUBE-SERVICES ${to} -m comment --comment "${name} cluster IP" -j ${chain}`);
      rules.push(...spread(chain, name, protocol, ends, nat));
      for (const own of port.nodePort === undefined ? [] : nodePortAddresses(node, family))
        for (const target of ["KUBE-MARK-MASQ", chain])
          rules.push(
            `-A KUBE-SERVICES -d ${own} -p ${protocol} -m ${protocol} --dport ${port.nodePort} -m comment --comment "${name}" -j ${target}`,
          );
    }
  return { nat: [...nat, ...rules], filter };
}

function spread(
  chain: string,
  name: string,
  protocol: string,
  ends: readonly { address: string; target: string }[],
  declared: string[],
): string[] {
  return ends.flatMap(({ address, target }, index) => {
    const end = chainName("KUBE-SEP-", name + target);
    declared.push(`:${end} - [0:0]`);
    const left = ends.length - index;
    const share = left > 1 ? ` -m statistic --mode random --probability ${(1 / left).toFixed(8)}` : "";
    return [
      `-A ${chain} -m comment --comment "${name} -> ${target}"${share} -j ${end}`,
      // A pod that reaches itself through its Service must see the node as the sender, or it answers itself directly.
      `-A ${end} -s ${address} -m comment --comment "${name}" -j KUBE-MARK-MASQ`,
      `-A ${end} -p ${protocol} -m comment --comment "${name}" -m ${protocol} -j DNAT --to-destination ${target}`,
    ];
  });
}

/** What kube-proxy knows of the node it runs on. */
export interface ProxyNode extends Pick<NodePlan, "name" | "addresses"> {
  /** nodePortAddresses of its configuration: prefixes, or none for all addresses. */
  readonly nodePorts: readonly string[];
}

/** Whether a connection to a Service's own address may go to an endpoint. */
export function isNear({ spec }: ApiObject, { node }: { node: string }, own: ProxyNode): boolean {
  return spec.internalTrafficPolicy !== "Local" || node === own.name;
}

/** The node's addresses that take connections to node ports. */
export function nodePortAddresses({ addresses, nodePorts }: ProxyNode, family: Family): string[] {
  const own = addresses[family];
  const takes = nodePorts.length === 0 || nodePorts.some((each) => own && holds(parsePrefix(each) as Prefix, own));
  return own && takes ? [own] : [];
}

/** The address of a Service in a family; undefined for a headless one and for one without that family. */
export function vipOf(service: ApiObject, family: Family): string | undefined {
  const at = (service.spec.ipFamilies ?? []).indexOf(family);
  const vip = service.spec.clusterIPs?.[at];
  return vip && vip !== "None" ? vip : undefined;
}

/** Where a port of a Service leads in a family: the ready endpoints of its slices. */
export function endpointsOf(
  service: ApiObject,
  port: Any,
  family: Family,
  slices: readonly ApiObject[],
): { address: string; target: string; node: string }[] {
  const { name, namespace } = service.metadata;
  const own = slices.filter(
    (each) =>
      each.addressType === family &&
      each.metadata.namespace === namespace &&
      each.metadata.labels?.["kubernetes.io/service-name"] === name,
  );
  return own.flatMap((slice) => {
    const number = slice.ports?.find((each: Any) => (each.name ?? "") === (port.name ?? ""))?.port;
    const ready = (slice.endpoints ?? []).filter((each: Any) => each.conditions?.ready !== false);
    return number === undefined
      ? []
      : ready.map((each: Any) => ({
          address: each.addresses[0],
          node: each.nodeName,
          target: family === "IPv6" ? `[${each.addresses[0]}]:${number}` : `${each.addresses[0]}:${number}`,
        }));
  });
}

/** A chain's name as kube-proxy makes it: sixteen letters of a hash, since a chain's name holds 28. */
export function chainName(prefix: string, text: string): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  return (
    prefix + [...createHash("sha256").update(text).digest().subarray(0, 16)].map((byte) => alphabet[byte % 32]).join("")
  );
}
