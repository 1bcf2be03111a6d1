import { listAt, present, type Twin, type TwinTarget } from "./twin.ts";

const services: TwinTarget = { group: "", versions: ["v1"], resource: "services", kind: "Service" };
const policies: TwinTarget = {
  group: "networking.k8s.io",
  versions: ["v1"],
  resource: "networkpolicies",
  kind: "NetworkPolicy",
};
const slices: TwinTarget = {
  group: "discovery.k8s.io",
  versions: ["v1"],
  resource: "endpointslices",
  kind: "EndpointSlice",
};
const serviceCIDRs: TwinTarget = {
  group: "networking.k8s.io",
  versions: ["v1"],
  resource: "servicecidrs",
  kind: "ServiceCIDR",
};

const families = listAt("object.spec.ipFamilies");
/** It counts where the field is empty. */
const rangesAnnotation = "service.beta.kubernetes.io/load-balancer-source-ranges";
const cidrs = listAt("object.spec.cidrs");

/** Every peer of every rule. */
function peers(holds: string): string {
  const of = (direction: string, side: string) =>
    `${listAt(`object.spec.${direction}`)}.all(r, ${listAt(`r.${side}`)}.all(p, ${holds}))`;
  return `${of("ingress", "from")} && ${of("egress", "to")}`;
}

function ports(holds: string): string {
  const of = (direction: string) =>
    `${listAt(`object.spec.${direction}`)}.all(r, ${listAt("r.ports")}.all(p, ${holds}))`;
  return `${of("ingress")} && ${of("egress")}`;
}

/** What the API server says of its own objects: for who asks before it does, as Kyverno's command line and background scans do. */
export const coreTwins: readonly Twin[] = [
  {
    rule: "service-ip-families",
    targets: [services],
    server: true,
    checks: [
      {
        holds: `${families}.all(f, f in ['IPv4', 'IPv6'])`,
        says: "ipFamilies takes IPv4 and IPv6, spelled exactly so",
      },
      {
        holds: `${families}.all(f, ${families}.filter(g, g == f).size() == 1)`,
        says: "ipFamilies names each family once",
      },
    ],
  },
  {
    rule: "service-ip-family-policy",
    targets: [services],
    server: true,
    checks: [
      {
        holds: `!(${present("object.spec.ipFamilyPolicy")}) || object.spec.ipFamilyPolicy in ['SingleStack', 'PreferDualStack', 'RequireDualStack']`,
        says: "ipFamilyPolicy is SingleStack, PreferDualStack or RequireDualStack",
      },
    ],
  },
  {
    rule: "service-source-ranges-type",
    targets: [services],
    server: true,
    checks: [
      {
        holds: `${listAt("object.spec.loadBalancerSourceRanges")}.size() == 0 && !(${present("object.metadata.annotations")} && '${rangesAnnotation}' in object.metadata.annotations) || ${present("object.spec.type")} && object.spec.type == 'LoadBalancer'`,
        says: "loadBalancerSourceRanges may only be used when type is LoadBalancer",
      },
    ],
  },
  {
    rule: "service-headless-type",
    targets: [services],
    server: true,
    checks: [
      {
        holds: `!(${present("object.spec.clusterIP")} && object.spec.clusterIP == 'None' || 'None' in ${listAt("object.spec.clusterIPs")}) || !(${present("object.spec.type")}) || !(object.spec.type in ['LoadBalancer', 'NodePort'])`,
        says: "a LoadBalancer or NodePort cannot be headless",
      },
    ],
  },
  {
    rule: "network-policy-missing-cidr",
    targets: [policies],
    server: true,
    checks: [
      {
        holds: peers("!has(p.ipBlock) || has(p.ipBlock.cidr) && p.ipBlock.cidr != ''"),
        says: "an ipBlock needs a cidr",
      },
    ],
  },
  {
    rule: "network-policy-except",
    targets: [policies],
    server: true,
    checks: [
      {
        holds: peers(
          `!(${present("p.ipBlock.cidr")}) || !isCIDR(p.ipBlock.cidr) || ${listAt("p.ipBlock.except")}.all(e, !isCIDR(e) || cidr(p.ipBlock.cidr).containsIP(cidr(e).ip()) && cidr(e).prefixLength() > cidr(p.ipBlock.cidr).prefixLength())`,
        ),
        says: "an except lies inside its cidr and is smaller",
      },
    ],
  },
  {
    rule: "network-policy-peer-mix",
    targets: [policies],
    server: true,
    checks: [
      {
        holds: peers("!has(p.ipBlock) || !has(p.podSelector) && !has(p.namespaceSelector)"),
        says: "a peer is an ipBlock or selectors, not both",
      },
    ],
  },
  {
    rule: "network-policy-protocol",
    targets: [policies],
    server: true,
    checks: [
      {
        holds: ports("!has(p.protocol) || p.protocol in ['TCP', 'UDP', 'SCTP']"),
        says: "a NetworkPolicy knows TCP, UDP and SCTP; a rule without ports lets ICMP and ICMPv6 through",
      },
    ],
  },
  {
    rule: "endpoint-slice-family",
    targets: [slices],
    server: true,
    checks: [
      {
        holds: `!has(object.addressType) || !(object.addressType in ['IPv4', 'IPv6']) || ${listAt("object.endpoints")}.all(e, ${listAt("e.addresses")}.all(a, !isIP(a) || ip(a).family() == (object.addressType == 'IPv6' ? 6 : 4)))`,
        says: "the addresses of a slice are of its addressType",
      },
    ],
  },
  {
    rule: "service-cidr-ranges",
    targets: [serviceCIDRs],
    server: true,
    checks: [
      { holds: `${cidrs}.size() in [1, 2]`, says: "a ServiceCIDR holds one range, or one of each family" },
      {
        holds: `${cidrs}.size() != 2 || !${cidrs}.all(c, isCIDR(c)) || cidr(object.spec.cidrs[0]).ip().family() != cidr(object.spec.cidrs[1]).ip().family()`,
        says: "the two ranges of a ServiceCIDR are of two families",
      },
    ],
  },
  {
    rule: "service-cidr-too-large",
    targets: [serviceCIDRs],
    server: true,
    checks: [
      {
        holds: `${cidrs}.all(c, !isCIDR(c) || cidr(c).ip().family() == 4 || cidr(c).prefixLength() >= 64)`,
        says: "an IPv6 range for Services is /64 or smaller",
      },
    ],
  },
];
