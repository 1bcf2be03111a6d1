import type { AddressPath } from "../address-path.ts";

/** istio/istio pkg/config/validation/validation.go, pkg/config/security/security.go: a prefix's host bits are cut silently. */
export function istio(): AddressPath[] {
  const networking = { groups: ["networking.istio.io"], holds: "ip" } as const;
  const lists = ["ipBlocks", "notIpBlocks", "remoteIpBlocks", "notRemoteIpBlocks"];
  return [
    ...lists.map(
      (list) =>
        ({
          kinds: ["AuthorizationPolicy"],
          groups: ["security.istio.io"],
          path: `spec.rules[].from[].source.${list}[]`,
          holds: "ip-or-cidr",
          reader: "bad CIDR range",
          subnet: true,
          keptOut: list.startsWith("not"),
        }) as const,
    ),
    { ...networking, kinds: ["ServiceEntry"], path: "spec.addresses[]", holds: "ip-or-cidr", loose: true },
    // The values of conditions such as `remote.ip`; those of other keys are no addresses.
    ...["values", "notValues"].map(
      (list) =>
        ({
          kinds: ["AuthorizationPolicy"],
          groups: ["security.istio.io"],
          path: `spec.rules[].when[].${list}[]`,
          holds: "ip-or-cidr",
          reader: "bad CIDR range",
          shaped: true,
          keptOut: list.startsWith("not"),
        }) as const,
    ),
    ...sidecarRanges(),
    // Names and sockets may stand here, too.
    { ...networking, kinds: ["ServiceEntry"], path: "spec.endpoints[].address", shaped: true, role: "target" },
    { ...networking, kinds: ["WorkloadEntry"], path: "spec.address", shaped: true, role: "target" },
    { ...networking, kinds: ["Gateway"], path: "spec.servers[].bind", loose: true },
    { ...networking, kinds: ["Sidecar"], path: "spec.ingress[].bind", loose: true },
    { ...networking, kinds: ["Sidecar"], path: "spec.egress[].bind", loose: true },
  ];
}

/** Of a Pod, and of whatever makes pods. istio/istio pkg/kube/inject/validate.go */
function sidecarRanges(): AddressPath[] {
  return ["include", "exclude"].flatMap((what): AddressPath[] => {
    const list = { holds: "cidr", separator: ",", words: ["*"], keptOut: what === "exclude" } as const;
    const own = { ...list, groups: ["", "apps", "batch"], reader: "failed parsing cidr" } as const;
    const annotation = `metadata.annotations."traffic.sidecar.istio.io/${what}OutboundIPRanges"`;
    const makers = ["Deployment", "StatefulSet", "DaemonSet", "Job"];
    const operators = { kinds: ["IstioOperator", "Istio"], groups: ["install.istio.io", "sailoperator.io"] } as const;
    return [
      { ...own, kinds: ["Pod"], path: annotation },
      { ...own, kinds: makers, path: `spec.template.${annotation}` },
      { ...own, ...operators, path: `spec.values.global.proxy.${what}IPRanges` },
    ];
  });
}
