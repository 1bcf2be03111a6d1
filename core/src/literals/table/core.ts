import { podKinds } from "../../manifest/resource.ts";
import type { AddressPath } from "../address-path.ts";

/** What a manifest says of an object's status is thrown away (rest.RESTCreateStrategy, PrepareForCreate), so that nobody judges its syntax. */
const ofStatus = { holds: "ip", byApiServer: false, ownRule: true, observed: true } as const;

/** Fields of the objects that the API server itself reads, by kubernetes/kubernetes pkg/apis. */
export const coreAddresses: readonly AddressPath[] = [
  ...service(),
  ...endpoints(),
  ...allocation(),
  ...pod(),
  ...node(),
  ...policy(),
  ...gateway(),
  { kinds: ["AddressPlan"], path: "addressing.**", holds: "ip-or-cidr", range: "plan", loose: true },
];

function service(): AddressPath[] {
  const own = { kinds: ["Service"], groups: [""], byApiServer: true } as const;
  const sourceRanges = 'metadata.annotations."service.beta.kubernetes.io/load-balancer-source-ranges"';
  return [
    {
      ...own,
      path: "spec.clusterIP",
      holds: "ip",
      words: ["None"],
      role: "target",
      sameAs: ["spec", "clusterIPs", 0],
    },
    { ...own, path: "spec.clusterIPs[]", holds: "ip", words: ["None"], role: "target" },
    { ...own, path: "spec.externalIPs[]", holds: "ip", needed: true, role: "backend" },
    { ...own, path: "spec.loadBalancerIP", holds: "ip", byApiServer: false, unchecked: true, role: "target" },
    { ...own, path: "spec.loadBalancerSourceRanges[]", holds: "cidr", subnet: true, needed: true, blanks: true },
    {
      ...own,
      path: sourceRanges,
      code: "SVC025",
      holds: "cidr",
      subnet: true,
      separator: ",",
      blanks: true,
      sameAs: ["spec", "loadBalancerSourceRanges", 0],
    },
    { ...own, path: "status.loadBalancer.ingress[].ip", ...ofStatus },
  ];
}

function endpoints(): AddressPath[] {
  const own = { kinds: ["Endpoints"], groups: [""], holds: "ip", byApiServer: true, needed: true } as const;
  return [
    { ...own, path: "subsets[].addresses[].ip", role: "backend" },
    { ...own, path: "subsets[].notReadyAddresses[].ip", role: "backend" },
    {
      kinds: ["EndpointSlice"],
      groups: ["discovery.k8s.io"],
      path: "endpoints[].addresses[]",
      unless: ["addressType", "FQDN"],
      holds: "ip",
      byApiServer: true,
      strict: true,
      needed: true,
      role: "backend",
    },
  ];
}

function allocation(): AddressPath[] {
  const own = { groups: ["networking.k8s.io"], byApiServer: true, strict: true } as const;
  return [
    { ...own, kinds: ["IPAddress"], path: "metadata.name", holds: "ip", ownRule: true },
    {
      ...own,
      kinds: ["ServiceCIDR"],
      path: "spec.cidrs[]",
      holds: "cidr",
      subnet: true,
      range: "service",
      needed: true,
    },
  ];
}

function pod(): AddressPath[] {
  const own = { kinds: podKinds } as const;
  const containers = ["containers", "initContainers", "ephemeralContainers"];
  const handlers = [
    "livenessProbe",
    "readinessProbe",
    "startupProbe",
    "lifecycle.postStart",
    "lifecycle.preStop",
  ].flatMap((handler) => [`${handler}.httpGet.host`, `${handler}.tcpSocket.host`]);
  const status = { kinds: ["Pod"], groups: [""], ...ofStatus } as const;
  return [
    { ...own, path: "pod.hostAliases[].ip", holds: "ip", byApiServer: true, needed: true, role: "alias" },
    {
      ...own,
      path: "pod.dnsConfig.nameservers[]",
      holds: "ip",
      byApiServer: true,
      needed: true,
      role: "resolver",
    },
    ...containers.flatMap((list) => [
      { ...own, path: `pod.${list}[].ports[].hostIP`, holds: "ip", ownRule: true } as const,
      ...handlers.map((path) => ({ ...own, path: `pod.${list}[].${path}`, holds: "ip", ownRule: true }) as const),
    ]),
    { ...status, path: "status.hostIP" },
    { ...status, path: "status.hostIPs[].ip" },
    { ...status, path: "status.podIP" },
    { ...status, path: "status.podIPs[].ip" },
  ];
}

function node(): AddressPath[] {
  const own = { kinds: ["Node"], groups: [""], byApiServer: true } as const;
  return [
    { ...own, path: "spec.podCIDR", holds: "cidr", subnet: true, sameAs: ["spec", "podCIDRs", 0] },
    { ...own, path: "spec.podCIDRs[]", holds: "cidr", subnet: true, range: "node", needed: true },
    { ...own, path: "status.addresses[].address", ...ofStatus },
  ];
}

function policy(): AddressPath[] {
  const own = { kinds: ["NetworkPolicy"], groups: ["networking.k8s.io", "extensions", ""], byApiServer: true } as const;
  const cluster = ["ClusterNetworkPolicy", "AdminNetworkPolicy", "BaselineAdminNetworkPolicy"];
  return [
    ...["spec.ingress[].from[]", "spec.egress[].to[]"].flatMap((peer) => [
      { ...own, path: `${peer}.ipBlock.cidr`, holds: "cidr", subnet: true } as const,
      { ...own, path: `${peer}.ipBlock.except[]`, holds: "cidr", subnet: true, needed: true, keptOut: true } as const,
    ]),
    { kinds: cluster, path: "spec.egress[].to[].networks[]", holds: "cidr", ownRule: true },
  ];
}

function gateway(): AddressPath[] {
  return [
    { kinds: ["Gateway"], path: "spec.addresses[].value", holds: "ip", loose: true, ownRule: true },
    { ...ofStatus, kinds: ["Ingress"], path: "status.loadBalancer.ingress[].ip" },
    ...["whitelist", "allowlist", "denylist"].map(
      (list) =>
        ({
          kinds: ["Ingress"],
          path: `metadata.annotations."nginx.ingress.kubernetes.io/${list}-source-range"`,
          holds: "ip-or-cidr",
          separator: ",",
          blanks: true,
        }) as const,
    ),
    {
      kinds: ["Ingress", "Service"],
      path: 'metadata.annotations."alb.ingress.kubernetes.io/inbound-cidrs"',
      holds: "cidr",
      separator: ",",
      blanks: true,
    },
  ];
}
