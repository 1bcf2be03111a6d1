import { encapsulations } from "../kinds/tigera.ts";
import { isIPv6, listAt, present, type Twin, type TwinTarget } from "./twin.ts";

/** Both ways of storing Calico's objects. */
function calico(resource: string, kind: string): TwinTarget[] {
  return [
    { group: "crd.projectcalico.org", versions: ["v1"], resource, kind },
    { group: "projectcalico.org", versions: ["v3"], resource, kind },
  ];
}

const pools = calico("ippools", "IPPool");
const policies = [
  ...calico("networkpolicies", "NetworkPolicy"),
  ...calico("globalnetworkpolicies", "GlobalNetworkPolicy"),
];
const felix = calico("felixconfigurations", "FelixConfiguration");
const installations: TwinTarget[] = [
  { group: "operator.tigera.io", versions: ["v1"], resource: "installations", kind: "Installation" },
];

const poolCIDR = `(${present("object.spec.cidr")} && isCIDR(object.spec.cidr))`;
const on = (mode: string) => `(${present(`object.spec.${mode}`)} && object.spec.${mode} in ['Always', 'CrossSubnet'])`;
const six = "cidr(object.spec.cidr).ip().family() == 6";
const blockSize = "(has(object.spec.blockSize) && object.spec.blockSize != 0)";
const block = `(${blockSize} ? object.spec.blockSize : (${six} ? 122 : 26))`;
const sound = `(!${blockSize} || (${six} ? object.spec.blockSize >= 116 && object.spec.blockSize <= 128 : object.spec.blockSize >= 20 && object.spec.blockSize <= 32))`;
const linkLocal = ["fe80::/10", "169.254.0.0/16"]
  .map(
    (range) =>
      `cidr('${range}').containsIP(cidr(object.spec.cidr).ip()) || cidr(object.spec.cidr).containsIP(cidr('${range}').ip())`,
  )
  .join(" || ");
const forLoadBalancers = `('LoadBalancer' in ${listAt("object.spec.allowedUses")})`;

const nets = (names: readonly string[]) =>
  `(${["source", "destination"].flatMap((end) => names.map((name) => listAt(`r.${end}.${name}`))).join(" + ")})`;
const prefixes = `${nets(["nets", "notNets"])}.filter(n, isCIDR(n))`;
const eachRule = (holds: string) =>
  `(${listAt("object.spec.ingress")} + ${listAt("object.spec.egress")}).all(r, ${holds})`;

/** What Calico's controllers and nodes refuse, or drop, when the API server has taken it. */
export const calicoTwins: readonly Twin[] = [
  {
    rule: "calico-pool-tunnel",
    targets: pools,
    server: false,
    checks: [
      {
        holds: `!${on("ipipMode")} || !${poolCIDR} || !(${six})`,
        says: "IPIP is not supported on IPv6 pools: use vxlanMode",
      },
      { holds: `!(${on("ipipMode")} && ${on("vxlanMode")})`, says: "ipipMode and vxlanMode cannot both be enabled" },
    ],
  },
  {
    rule: "calico-pool-size",
    targets: pools,
    server: false,
    checks: [
      {
        holds: `!${poolCIDR} || ${sound}`,
        says: "blockSize must be between 20 and 32 for IPv4 pools, and between 116 and 128 for IPv6 pools",
      },
      {
        holds: `!${poolCIDR} || !${sound} || !(${linkLocal})`,
        says: "an IPPool does not overlap with link-local space",
      },
      {
        holds: `!${poolCIDR} || !${sound} || (${linkLocal}) || (has(object.spec.disabled) && object.spec.disabled) || cidr(object.spec.cidr).prefixLength() <= ${block}`,
        says: "an IPPool is at least as large as one of its blocks",
      },
    ],
  },
  {
    rule: "calico-pool-load-balancer",
    targets: pools,
    server: false,
    checks: [
      {
        holds: `!${forLoadBalancers} || !${on("ipipMode")} && !${on("vxlanMode")}`,
        says: "a pool for load balancers cannot have IPIP or VXLAN enabled",
      },
      {
        holds: `!${forLoadBalancers} || !object.spec.allowedUses.exists(u, u in ['Workload', 'Tunnel'])`,
        says: "a pool for load balancers is for nothing else",
      },
      {
        holds: `!${forLoadBalancers} || !has(object.spec.disableBGPExport) || !object.spec.disableBGPExport`,
        says: "a pool for load balancers cannot have disableBGPExport: true",
      },
      {
        holds: `!${forLoadBalancers} || !has(object.spec.nodeSelector) || object.spec.nodeSelector == '' || object.spec.nodeSelector.replace(' ', '') == 'all()'`,
        says: "a pool for load balancers has the node selector all()",
      },
    ],
  },
  {
    rule: "calico-not-nets-any",
    targets: policies,
    server: false,
    checks: [
      {
        holds: eachRule(`${nets(["notNets"])}.all(n, !isCIDR(n) || cidr(n).prefixLength() != 0)`),
        says: "notNets with the whole of a family matches no traffic: use ipVersion",
      },
    ],
  },
  {
    rule: "calico-rule-families",
    targets: policies,
    server: false,
    checks: [
      {
        holds: eachRule(`!(${prefixes}.exists(n, ${isIPv6("n")}) && ${prefixes}.exists(n, !${isIPv6("n")}))`),
        says: "a rule names prefixes of one family: write one rule for each",
      },
      {
        holds: eachRule(
          `!has(r.ipVersion) || ${["protocol", "notProtocol"].map((name) => `!(has(r.${name}) && (r.ipVersion == 4 && r.${name} == 'ICMPv6' || r.ipVersion == 6 && r.${name} == 'ICMP'))`).join(" && ")}`,
        ),
        says: "ICMP is IPv4 and ICMPv6 is IPv6: ipVersion says otherwise",
      },
      {
        holds: eachRule(
          `!has(r.ipVersion) || (${prefixes}.exists(n, ${isIPv6("n")}) && ${prefixes}.exists(n, !${isIPv6("n")})) || ${prefixes}.all(n, ${isIPv6("n")} == (r.ipVersion == 6))`,
        ),
        says: "a rule's ipVersion is that of its prefixes",
      },
    ],
  },
  {
    rule: "felix-configuration",
    targets: felix,
    server: false,
    checks: [
      {
        holds: `${listAt("object.spec.externalNodesList")}.all(n, !${isIPv6("n")} || !isCIDR(n) && !isIP(n))`,
        says: "IPIP tunnels to external nodes are IPv4 only",
      },
      {
        holds: `!(${present("object.spec.mtu")})`,
        says: "there is no spec.mtu: write vxlanMTUV6 or wireguardMTUV6, or mtu in the Installation",
      },
    ],
  },
  {
    rule: "tigera-encapsulation",
    targets: installations,
    server: false,
    checks: [
      {
        holds: `${listAt("object.spec.calicoNetwork.ipPools")}.all(p, !has(p.encapsulation) || !(p.encapsulation in ['IPIP', 'IPIPCrossSubnet']) || !has(p.cidr) || !isCIDR(p.cidr) || cidr(p.cidr).ip().family() == 4)`,
        says: "IPIP encapsulation is not supported by IPv6 pools: use VXLAN",
      },
      {
        holds: `${listAt("object.spec.calicoNetwork.ipPools")}.all(p, !has(p.encapsulation) || p.encapsulation in ['', ${encapsulations.map((word) => `'${word}'`).join(", ")}])`,
        says: `an encapsulation is one of ${encapsulations.join(", ")}`,
      },
    ],
  },
];
