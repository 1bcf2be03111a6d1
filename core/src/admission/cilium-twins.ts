import { listAt, type Twin, type TwinTarget } from "./twin.ts";

const configMaps: TwinTarget[] = [{ group: "", versions: ["v1"], resource: "configmaps", kind: "ConfigMap" }];
const policies: TwinTarget[] = [
  { group: "cilium.io", versions: ["v2"], resource: "ciliumnetworkpolicies", kind: "CiliumNetworkPolicy" },
  {
    group: "cilium.io",
    versions: ["v2"],
    resource: "ciliumclusterwidenetworkpolicies",
    kind: "CiliumClusterwideNetworkPolicy",
  },
];

/** Of other ConfigMaps nothing is asked. */
const ofConfig = (holds: string) => `object.metadata.name != 'cilium-config' || !has(object.data) || (${holds})`;
const is = (key: string, value: string) => `('${key}' in object.data && object.data['${key}'] == '${value}')`;
const filled = (key: string) => `('${key}' in object.data && object.data['${key}'] != '')`;

const specs = "((has(object.spec) ? [object.spec] : []) + (has(object.specs) ? object.specs : []))";
const eachRule = (holds: string) =>
  `${specs}.all(s, (${["ingress", "ingressDeny", "egress", "egressDeny"].map((name) => listAt(`s.${name}`)).join(" + ")}).all(r, ${holds}))`;

/** What Cilium's agents and operator refuse when they read what the API server has taken. */
export const ciliumTwins: readonly Twin[] = [
  {
    rule: "cilium-alloc-cidr",
    targets: configMaps,
    server: false,
    checks: [
      {
        holds: ofConfig(
          "!('ipv6-cluster-alloc-cidr' in object.data) || !isCIDR(object.data['ipv6-cluster-alloc-cidr']) || cidr(object.data['ipv6-cluster-alloc-cidr']).prefixLength() == 64",
        ),
        says: "ipv6-cluster-alloc-cidr is a /64",
      },
    ],
  },
  {
    rule: "cilium-option-needs",
    targets: configMaps,
    server: false,
    checks: [
      {
        holds: ofConfig(
          `!${is("enable-nat46x64-gateway", "true")} || !${is("enable-ipv4", "false")} && !${is("enable-ipv6", "false")}`,
        ),
        says: "enable-nat46x64-gateway requires both families",
      },
      {
        holds: ofConfig(
          `!${is("enable-ipv6-ndp", "true")} || 'ipv6-mcast-device' in object.data && !${is("enable-ipv6", "false")}`,
        ),
        says: "enable-ipv6-ndp requires ipv6-mcast-device and enable-ipv6",
      },
      {
        holds: ofConfig(
          `!${is("enable-ipv6", "false")} || !${filled("cluster-pool-ipv6-cidr")} || 'ipam' in object.data && object.data['ipam'] != 'cluster-pool'`,
        ),
        says: "cluster-pool-ipv6-cidr must not be set if IPv6 is disabled",
      },
      {
        holds: ofConfig(
          `!${is("ipam", "cluster-pool")} || !${is("enable-ipv6", "true")} || ${filled("cluster-pool-ipv6-cidr")}`,
        ),
        says: "cluster-pool-ipv6-cidr must be given with IPv6 in cluster-pool mode",
      },
    ],
  },
  {
    rule: "cilium-cidr-except",
    targets: policies,
    server: false,
    checks: [
      {
        holds: eachRule(
          `(${listAt("r.toCIDRSet")} + ${listAt("r.fromCIDRSet")}).all(c, !has(c.cidr) || !isCIDR(c.cidr) || ${listAt("c.except")}.all(e, !isCIDR(e) || cidr(c.cidr).containsIP(cidr(e).ip()) && cidr(e).prefixLength() >= cidr(c.cidr).prefixLength()))`,
        ),
        says: "an except lies inside its cidr",
      },
    ],
  },
  {
    rule: "cilium-icmp-ports",
    targets: policies,
    server: false,
    checks: [
      {
        holds: eachRule(`${listAt("r.icmps")}.size() == 0 || ${listAt("r.toPorts")}.size() == 0`),
        says: "icmps may only be present without toPorts: write a rule of its own",
      },
    ],
  },
];
