import { type AddressPath, only } from "../address-path.ts";

/** Files of installers, each read by its own program; the prefixes go on to Kubernetes' programs as they are. */
export const installerAddresses: readonly AddressPath[] = [
  ...talos(),
  ...talhelper(),
  ...kubespray(),
  ...rke(),
  ...openshift(),
  ...kops(),
  ...clusterApi(),
  ...microk8s(),
  ...inventory(),
];

/** siderolabs/talos pkg/machinery/config/types/v1alpha1/v1alpha1_validation.go */
function talos(): AddressPath[] {
  const own = { kinds: ["TalosConfig"] } as const;
  const subnet = { ...own, holds: "cidr", subnet: true, reader: "is not a valid subnet", byGo: true } as const;
  return [
    { ...subnet, path: "cluster.network.podSubnets[]", range: "pod" },
    { ...subnet, path: "cluster.network.serviceSubnets[]", range: "service" },
    ...talosLinks(own.kinds, "machine.network.interfaces[]."),
    { ...own, path: "machine.network.nameservers[]", holds: "ip", reader: "unable to parse IP", role: "resolver" },
    { ...own, path: "machine.kubelet.clusterDNS[]", holds: "ip", role: "resolver" },
    ...["machine.certSANs[]", "cluster.apiServer.certSANs[]"].map(
      (path) => ({ ...own, path, holds: "ip", shaped: true }) as const,
    ),
    { ...own, path: "machine.network.extraHostEntries[].ip", holds: "ip", reader: "unable to parse IP", role: "alias" },
    ...["advertised", "listen"].map(
      (what) => ({ ...own, path: `cluster.etcd.${what}Subnets[]`, holds: "cidr", loose: true }) as const,
    ),
    // An exclamation mark in front keeps a subnet out.
    { ...own, path: "machine.kubelet.nodeIP.validSubnets[]", holds: "cidr", loose: true },
  ];
}

/** siderolabs/talos pkg/machinery/config/types/v1alpha1/v1alpha1_types.go, Device */
function talosLinks(kinds: readonly string[], links: string): AddressPath[] {
  const own = { kinds, byGo: true } as const;
  const vip = { ...own, holds: "ip", reader: "does not parse to a valid IP address" } as const;
  return [
    { ...vip, path: `${links}vip.ip` },
    { ...vip, path: `${links}vlans[].vip.ip` },
    { ...own, path: `${links}addresses[]`, holds: "ip-or-cidr", reader: "invalid CIDR address" },
    { ...own, path: `${links}routes[].network`, holds: "cidr", reader: "invalid CIDR address" },
    { ...own, path: `${links}routes[].gateway`, holds: "ip", reader: "unable to parse IP" },
  ];
}

/** budimanjojo/talhelper pkg/config/config.go, validate.go */
function talhelper(): AddressPath[] {
  const own = { kinds: ["TalhelperConfig"], byGo: true } as const;
  const subnet = { ...own, holds: "cidr", subnet: true, reader: "is not a valid CIDR" } as const;
  return [
    { ...subnet, path: "clusterPodNets[]", range: "pod" },
    { ...subnet, path: "clusterSvcNets[]", range: "service" },
    // One address, or a list in one text.
    { ...own, path: "nodes[].ipAddress", holds: "ip", separator: ",", blanks: true, loose: true },
    { ...own, path: "nodes[].nameservers[]", holds: "ip", role: "resolver" },
    ...["nodes[].certSANs[]", "additionalApiServerCertSans[]", "additionalMachineCertSans[]"].map(
      (path) => ({ ...own, path, holds: "ip", shaped: true }) as const,
    ),
    ...talosLinks(own.kinds, "nodes[].networkInterfaces[]."),
  ];
}

/** kubernetes-sigs/kubespray roles/validate_inventory/tasks/main.yml */
function kubespray(): AddressPath[] {
  const own = { kinds: ["KubesprayVars"], holds: "cidr", subnet: true, reader: "is not a valid network" } as const;
  return ["", "_ipv6"].flatMap((suffix): AddressPath[] => {
    const family = suffix === "" ? {} : ({ family: "IPv6" } as const);
    return [
      { ...own, ...family, path: `kube_pods_subnet${suffix}`, range: "pod" },
      { ...own, ...family, path: `kube_service_addresses${suffix}`, range: "service" },
    ];
  });
}

/** Handed on to Kubernetes' programs as flags: https://rke.docs.rancher.com/config-options/services */
function rke(): AddressPath[] {
  const own = {
    kinds: ["RkeConfig"],
    holds: "cidr",
    separator: ",",
    subnet: true,
    reader: "invalid CIDR address",
  } as const;
  return [
    { ...own, path: "services.kube-api.service_cluster_ip_range", range: "service" },
    { ...own, path: "services.kube-controller.service_cluster_ip_range", range: "service" },
    { ...own, path: "services.kube-controller.cluster_cidr", range: "pod" },
    { kinds: own.kinds, path: "services.kubelet.cluster_dns_server", holds: "ip", role: "resolver" },
    ...["nodes[].address", "nodes[].internal_address", "authentication.sans[]"].map(
      (path) => ({ kinds: own.kinds, path, holds: "ip", shaped: true }) as const,
    ),
  ];
}

/** openshift/installer pkg/types/validation/installconfig.go */
function openshift(): AddressPath[] {
  const own = { kinds: ["InstallConfig"], byGo: true } as const;
  const subnet = { ...own, holds: "cidr", subnet: true, reader: "invalid CIDR address" } as const;
  const vips = ["baremetal", "vsphere", "openstack", "nutanix", "ovirt"].flatMap((platform) =>
    ["apiVIPs[]", "ingressVIPs[]", "apiVIP", "ingressVIP"].map((key) => `platform.${platform}.${key}`),
  );
  return [
    { ...subnet, path: "networking.clusterNetwork[].cidr", range: "pod" },
    { ...subnet, path: "networking.serviceNetwork[]", range: "service" },
    { ...subnet, path: "networking.machineNetwork[].cidr", range: "node" },
    ...vips.map((path) => ({ ...own, path, holds: "ip", reader: "is not a valid IP" }) as const),
  ];
}

/** kubernetes/kops pkg/apis/kops/validation/validation.go */
function kops(): AddressPath[] {
  const own = { kinds: ["Cluster"], groups: ["kops.k8s.io"], holds: "cidr", byGo: true } as const;
  const masked = { says: "Network contains bits outside prefix" };
  const subnet = { ...own, masked, reader: "Could not be parsed as a CIDR" } as const;
  const shaped = { ...subnet, shaped: true } as const;
  // The name of a prefix list may stand among them.
  const access = ["sshAccess", "nodePortAccess", "kubernetesApiAccess", "api.access"].map(
    (path) => ({ ...shaped, path: `spec.${path}[]` }) as const,
  );
  // v1alpha3 has them below `networking`.
  const networks = ["spec", "spec.networking"].flatMap((above): AddressPath[] => [
    { ...subnet, path: `${above}.podCIDR`, range: "pod" },
    { ...subnet, path: `${above}.serviceClusterIPRange`, range: "service" },
    { ...subnet, path: `${above}.nonMasqueradeCIDR` },
    { ...subnet, path: `${above}.networkCIDR`, range: "node" },
    { ...subnet, path: `${above}.additionalNetworkCIDRs[]` },
    { ...shaped, path: `${above}.subnets[].cidr` },
    // A part of the network's prefix is written /64#1.
    { ...shaped, path: `${above}.subnets[].ipv6CIDR`, ...only("IPv6") },
  ]);
  return [...networks, ...access];
}

/** kubernetes-sigs/cluster-api internal/webhooks/cluster.go, validateCIDRBlocks */
function clusterApi(): AddressPath[] {
  const own = { kinds: ["Cluster"], groups: ["cluster.x-k8s.io"], holds: "cidr", subnet: true, byGo: true } as const;
  const reader = "invalid CIDR address";
  return [
    { ...own, path: "spec.clusterNetwork.pods.cidrBlocks[]", range: "pod", reader },
    { ...own, path: "spec.clusterNetwork.services.cidrBlocks[]", range: "service", reader },
    { ...own, path: "spec.controlPlaneEndpoint.host", holds: "ip", subnet: false, loose: true },
  ];
}

/** canonical/microk8s-core-addons, and the launch configuration: https://microk8s.io/docs/ref-launch-config */
function microk8s(): AddressPath[] {
  const own = { kinds: ["MicroK8sLaunch"], holds: "cidr", subnet: true, byGo: true } as const;
  return (["IPv4", "IPv6"] as const).flatMap((family): AddressPath[] => {
    const otherFamily = { says: `this field is for ${family}` };
    return [
      { ...own, path: `extraCNIEnv.${family}_CLUSTER_CIDR`, range: "pod", family, otherFamily },
      { ...own, path: `extraCNIEnv.${family}_SERVICE_CIDR`, range: "service", family, otherFamily },
    ];
  });
}

/** The hosts of Kubespray. {@link https://github.com/kubernetes-sigs/kubespray/blob/master/docs/ansible/inventory.md} */
function inventory(): AddressPath[] {
  const own = { kinds: ["AnsibleInventory"], path: "all.hosts.**", holds: "ip", byGo: false } as const;
  const otherFamily = { says: "this variable is for IPv6" };
  return [
    { ...own, key: /^(?:access_)?ip$/ },
    { ...own, key: /^(?:access_)?ip6$/, family: "IPv6", otherFamily },
  ];
}
