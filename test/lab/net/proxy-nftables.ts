import type { ApiObject } from "../objects/object.ts";
import type { Family } from "../options.ts";
import { chainName, endpointsOf, isNear, nodePortAddresses, type ProxyNode, vipOf } from "./proxy.ts";

/**
 * What kube-proxy in nftables mode would load on a node for one family, as input of `nft -f`: one table of its own, with maps
 * from addresses and ports to a chain per Service, and nothing that iptables would show.
 * @see https://github.com/kubernetes/kubernetes/blob/master/pkg/proxy/nftables/README.md
 */
export function nftablesRules(
  family: Family,
  services: readonly ApiObject[],
  slices: readonly ApiObject[],
  node: ProxyNode,
): readonly string[] {
  const ip = family === "IPv6" ? "ip6" : "ip";
  const table = `${ip} kube-proxy`;
  const chains: string[] = [];
  const reached: string[] = [];
  const empty: string[] = [];
  const ports: string[] = [];
  for (const service of services)
    for (const port of service.spec.ports ?? []) {
      const vip = vipOf(service, family);
      if (!vip) continue;
      const protocol = port.protocol.toLowerCase();
      const name = `${service.metadata.namespace}/${service.metadata.name}/${protocol}/${port.name ?? ""}`;
      const key = `${vip} . ${protocol} . ${port.port}`;
      const all = endpointsOf(service, port, family, slices);
      const ends = all.filter((end) => isNear(service, end, node));
      if (ends.length === 0) {
        empty.push(`${key} : ${all.length > 0 ? "drop" : "goto reject-chain"}`);
        continue;
      }
      reached.push(`${key} : goto ${chainName("service-", name)}`);
      chains.push(...chainsOf(name, ip, protocol, ends));
      if (port.nodePort !== undefined) {
        chains.push(
          `chain ${chainName("external-", name)} { jump mark-for-masquerade; goto ${chainName("service-", name)}; }`,
        );
        ports.push(`${protocol} . ${port.nodePort} : goto ${chainName("external-", name)}`);
      }
    }
  const map = (elements: readonly string[]) => (elements.length > 0 ? `elements = { ${elements.join(", ")} }` : "");
  const keyed = `type ${ip === "ip6" ? "ipv6_addr" : "ipv4_addr"} . inet_proto . inet_service : verdict;`;
  return [
    `add table ${table}`,
    `delete table ${table}`,
    `table ${table} {`,
    "chain mark-for-masquerade { meta mark set meta mark or 0x4000; }",
    "chain masquerading { meta mark & 0x4000 == 0 return; masquerade fully-random; }",
    "chain reject-chain { reject; }",
    ...chains,
    `map service-ips { ${keyed} ${map(reached)} }`,
    `map service-nodeports { type inet_proto . inet_service : verdict; ${map(ports)} }`,
    `set nodeport-ips { type ${ip === "ip6" ? "ipv6_addr" : "ipv4_addr"}; ${map(nodePortAddresses(node, family))} }`,
    `map no-endpoint-services { ${keyed} ${map(empty)} }`,
    `chain services { ${ip} daddr . meta l4proto . th dport vmap @service-ips; ${ip} daddr @nodeport-ips meta l4proto . th dport vmap @service-nodeports; }`,
    `chain service-endpoints-check { ${ip} daddr . meta l4proto . th dport vmap @no-endpoint-services; }`,
    "chain nat-prerouting { type nat hook prerouting priority dstnat; policy accept; jump services; }",
    "chain nat-output { type nat hook output priority -100; policy accept; jump services; }",
    "chain nat-postrouting { type nat hook postrouting priority srcnat; policy accept; jump masquerading; }",
    "chain filter-forward { type filter hook forward priority -110; policy accept; ct state new jump service-endpoints-check; }",
    "chain filter-output { type filter hook output priority -110; policy accept; ct state new jump service-endpoints-check; }",
    "}",
  ];
}

function chainsOf(name: string, ip: string, protocol: string, ends: ReturnType<typeof endpointsOf>): string[] {
  const names = ends.map(({ target }) => chainName("endpoint-", `${name} ${target}`));
  const goto = names.map((each, index) => `${index} : goto ${each}`).join(", ");
  return [
    ...ends.map(
      ({ address, target }, index) =>
        `chain ${names[index]} { ${ip} saddr ${address} jump mark-for-masquerade; meta l4proto ${protocol} dnat to ${target}; }`,
    ),
    `chain ${chainName("service-", name)} { numgen random mod ${ends.length} vmap { ${goto} }; }`,
  ];
}
