import type { AddressPath } from "../address-path.ts";

/**
 * What the values of charts and the variables of a ClusterClass hold under names that say it, wherever it stands: charts hand it on to
 * the fields of that name. Any text may stand there, so that only what is written like an address is looked at.
 */
const everywhere: readonly (Pick<AddressPath, "key" | "holds"> & Partial<AddressPath>)[] = [
  // Of the API server: staging/src/k8s.io/api/core/v1/types.go
  { key: /^loadBalancerSourceRanges$/, holds: "cidr", subnet: true },
  { key: /^(?:loadBalancerIP(?:v6)?|clusterIPs?|externalIPs)$/, holds: "ip" },
  // What asks for addresses: metallb/metallb controller/service.go, cilium/cilium operator/pkg/lbipam, kube-vip/kube-vip
  {
    key: /^(?:metallb\.(?:io|universe\.tf)\/loadBalancerIPs|lbipam\.cilium\.io\/ips|io\.cilium\/lb-ipam-ips|kube-vip\.io\/loadbalancerIPs)$/,
    holds: "ip",
    separator: ",",
    blanks: true,
  },
  // What is left out or shut out may be a range that nobody uses.
  {
    key: /^(?:\w*_)?(?:non|no|exclu\w*|except\w*|deny|block|black|reserved|private|bogon|ignore|skip)[\w-]*(?:cidr|range|ip|list)s?(?:_?(?:ip)?v?[46])?$/i,
    holds: "ip-or-cidr",
    keptOut: true,
  },
  { key: /^nameservers?$/i, holds: "ip", role: "resolver" },
  {
    key: /^(?:pod|service|cluster|kube_?(?:pods|service))_?-?(?:cidr|subnet)s?(?:_?(?:ip)?v?[46])?$/i,
    holds: "cidr",
    subnet: true,
  },
  {
    key: /(?:cidr|source_?-?range|ip_?-?range|trusted_?-?ip)s?(?:_?(?:ip)?v?[46])?$|^(?:allow|white)_?-?list$/i,
    holds: "ip-or-cidr",
  },
];

/** The names that operators' objects share with the API server's. */
const ofKubernetes = everywhere.slice(0, 3);

/** The kind that stands for every object of an operator, beside what is known of its own. */
export const anyOperators = "*";

export const valueAddresses: readonly AddressPath[] = everywhere.map((one) => ({
  ...one,
  kinds: ofKubernetes.includes(one) ? ["HelmValues", anyOperators] : ["HelmValues"],
  path: "**",
  shaped: true,
  separator: one.separator ?? ",",
  blanks: true,
}));
