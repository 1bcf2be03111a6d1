import type { FieldDoc } from "../field-doc.ts";

/** The switches of families that other projects' objects have. */
export const topic: readonly FieldDoc[] = [
  {
    kinds: ["EnvoyProxy"],
    path: "spec.ipFamily",
    says: "Which families Envoy listens on, and the Service of the Gateway has: `IPv4`, `IPv6` or `DualStack`. Left out, listeners are on IPv4.",
    source: "https://gateway.envoyproxy.io/docs/api/extension_types/#ipfamily",
  },
  {
    kinds: ["CephCluster"],
    path: "spec.network.ipFamily",
    says: "The one family that Ceph binds, IPv4 when left out: it has to be the first family of its pods. With `dualStack: true` it binds both.",
    source: "https://rook.io/docs/rook/latest-release/CRDs/Cluster/network-providers/#ipfamily",
  },
  {
    kinds: ["CephCluster"],
    path: "spec.network.dualStack",
    says: "Lets Ceph bind both families, whatever `ipFamily` says.",
    source: "https://rook.io/docs/rook/latest-release/CRDs/Cluster/network-providers/#ipfamily",
  },
  {
    kinds: ["ClusterConfig"],
    path: "kubernetesNetworkConfig.ipFamily",
    says: "`IPv4` or `IPv6`: a cluster of EKS has one family for its pods and Services. IPv6 wants vpc-cni, coredns and kube-proxy among the addons, OIDC, and no `serviceIPv4CIDR`; EKS chooses the range of Services.",
    source: "https://docs.aws.amazon.com/eks/latest/eksctl/vpc-ip-family.html",
  },
  {
    kinds: ["InstallConfig"],
    path: "networking.clusterNetwork[].hostPrefix",
    says: "The length of the prefix that each node cuts out of `cidr`: for IPv6 it is 64, and no other is taken.",
    source: "https://github.com/openshift/installer/blob/main/pkg/types/validation/installconfig.go",
  },
  {
    kinds: ["KubesprayVars"],
    path: "kube_network_node_prefix_ipv6",
    says: "The length of the prefix that each node gets of `kube_pods_subnet_ipv6`, 120 when left out. It has to be longer than that range, by at most 16 bits.",
    source: "https://github.com/kubernetes-sigs/kubespray/blob/master/docs/ansible/vars.md",
  },
  ...["spec.layer3", "spec.network.layer3"].map(
    (at): FieldDoc => ({
      kinds: [at === "spec.layer3" ? "UserDefinedNetwork" : "ClusterUserDefinedNetwork"],
      path: `${at}.subnets[].hostSubnet`,
      says: "The length of the prefix that each node gets: for IPv6 it is 64, and no other is taken.",
      source: "https://ovn-kubernetes.io/api-reference/userdefinednetwork-api-spec/",
    }),
  ),
  ...["ConfigMap", "HelmValues"].flatMap((kind): FieldDoc[] =>
    [
      [
        "proxy-real-ip-cidr",
        "Whose word nginx takes for the client's address, behind a proxy or a balancer: a list of prefixes of **each** family it comes over.",
      ],
      [
        "whitelist-source-range",
        "Who may come at all, on every Ingress: a list of prefixes. Without one of a family, nobody of that family gets in.",
      ],
      ["disable-ipv6", "Takes `listen [::]` away: over IPv6 nobody is answered."],
    ].map(([key, says = ""]) => ({
      kinds: [kind],
      path: `${kind === "ConfigMap" ? "data" : "controller.config"}.${key}`,
      says,
      source: "https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/",
    })),
  ),
];
