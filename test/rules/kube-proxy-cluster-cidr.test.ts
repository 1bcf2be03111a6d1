import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("kube-proxy-cluster-cidr");

reports("three prefixes")`
  apiVersion: kubeproxy.config.k8s.io/v1alpha1
  kind: KubeProxyConfiguration
  clusterCIDR: 10.0.0.0/16,fd00::/56,10.1.0.0/16
  #            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ must be a either a single CIDR or dual-stack pair of CIDRs; name one of each family
`;

reports("a prefix that is not of the node's family")`
  apiVersion: kubeproxy.config.k8s.io/v1alpha1
  kind: KubeProxyConfiguration
  bindAddress: 10.0.0.5
  clusterCIDR: fd00::/56
  #            ^^^^^^^^^ cluster is IPv4-primary but clusterCIDRs contains only IPv6 addresses; add an IPv4 prefix
`;

reports("the same by what is known of the cluster", { cluster: "dual-v6" })`
  apiVersion: kubeproxy.config.k8s.io/v1alpha1
  kind: KubeProxyConfiguration
  bindAddress: 0.0.0.0
  clusterCIDR: 10.0.0.0/16
  #            ^^^^^^^^^^^ cluster is IPv6-primary but clusterCIDRs contains only IPv4 addresses; add an IPv6 prefix
`;

accepts("a pair, an unspecified bindAddress, and a mode that does not look at it")`
  apiVersion: kubeproxy.config.k8s.io/v1alpha1
  kind: KubeProxyConfiguration
  clusterCIDR: fd00::/56,10.0.0.0/16
---
  apiVersion: kubeproxy.config.k8s.io/v1alpha1
  kind: KubeProxyConfiguration
  bindAddress: 0.0.0.0
  clusterCIDR: fd00::/56
---
  apiVersion: kubeproxy.config.k8s.io/v1alpha1
  kind: KubeProxyConfiguration
  detectLocalMode: NodeCIDR
  clusterCIDR: fd00::/56,fd01::/56
`;

reports("the flags of a DaemonSet")`
  kind: DaemonSet
  spec:
    template:
      spec:
        containers:
          - command: [kube-proxy]
            args: ["--bind-address=::1", "--cluster-cidr=10.0.0.0/16"]
            #                                            ^^^^^^^^^^^ cluster is IPv6-primary but clusterCIDRs contains only IPv4 addresses; add an IPv6 prefix
`;

reports("the ConfigMap of kube-proxy, beside its kubeconfig")`
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: kube-proxy, namespace: kube-system}
  data:
    config.conf: |-
      apiVersion: kubeproxy.config.k8s.io/v1alpha1
      clusterCIDR: 10.244.0.0/16,10.245.0.0/16
      #            ^^^^^^^^^^^^^^^^^^^^^^^^^^^ must be a either a single CIDR or dual-stack pair of CIDRs; name one of each family
      kind: KubeProxyConfiguration
    kubeconfig.conf: |-
      apiVersion: v1
      kind: Config
      clusters:
      - cluster:
          server: https://[fd12:3456:789a::1]:6443
        name: default
`;

accepts("the family of kubeadm's configuration in the same file, whatever the cluster is said to be", {
  cluster: "dual-v4",
})`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking: {podSubnet: "fd00::/56", serviceSubnet: "fd00:3::/112"}
---
  apiVersion: kubeproxy.config.k8s.io/v1alpha1
  kind: KubeProxyConfiguration
  bindAddress: "::"
  clusterCIDR: fd00::/56
`;

reports("another family than kubeadm's configuration has first", { cluster: "dual-v4" })`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking: {podSubnet: "fd00::/56,10.0.0.0/16", serviceSubnet: "fd00:3::/112,10.96.0.0/16"}
---
  apiVersion: kubeproxy.config.k8s.io/v1alpha1
  kind: KubeProxyConfiguration
  clusterCIDR: 10.0.0.0/16
  #            ^^^^^^^^^^^ cluster is IPv6-primary but clusterCIDRs contains only IPv4 addresses; add an IPv6 prefix
`;
