import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("kube-proxy-node-port-addresses");

reports("IPv4 alone in a dual-stack cluster")`
  apiVersion: kubeproxy.config.k8s.io/v1alpha1
  kind: KubeProxyConfiguration
  clusterCIDR: 10.0.0.0/16,fd00::/56
  nodePortAddresses: [192.168.0.0/16]
# ^^^^^^^^^^^^^^^^^ only IPv4 here: NodePorts accept connections on all IPv6 addresses; use primary, or both families
`;

reports("IPv4 alone where nobody knows the cluster")`
  apiVersion: kubeproxy.config.k8s.io/v1alpha1
  kind: KubeProxyConfiguration
  nodePortAddresses: ["10.0.0.0/24"]
# ^^^^^^^^^^^^^^^^^ only IPv4 here: NodePorts accept connections on all IPv6 addresses; use primary, or both families
`;

accepts("IPv4 alone on a cluster of IPv4", { cluster: "v4" })`
  apiVersion: kubeproxy.config.k8s.io/v1alpha1
  kind: KubeProxyConfiguration
  nodePortAddresses: ["10.0.0.0/24"]
`;

accepts("IPv4 alone where a file says that the cluster is IPv4 only")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking: {serviceSubnet: 10.96.0.0/12}
---
  apiVersion: kubeproxy.config.k8s.io/v1alpha1
  kind: KubeProxyConfiguration
  nodePortAddresses: ["10.0.0.0/24"]
`;

accepts("both families, primary alone, nothing, and pods of one family")`
  apiVersion: kubeproxy.config.k8s.io/v1alpha1
  kind: KubeProxyConfiguration
  clusterCIDR: 10.0.0.0/16,fd00::/56
  nodePortAddresses: [192.168.0.0/16, "fd00:9::/64"]
---
  apiVersion: kubeproxy.config.k8s.io/v1alpha1
  kind: KubeProxyConfiguration
  clusterCIDR: 10.0.0.0/16,fd00::/56
  nodePortAddresses: [primary]
---
  apiVersion: kubeproxy.config.k8s.io/v1alpha1
  kind: KubeProxyConfiguration
  clusterCIDR: 10.0.0.0/16,fd00::/56
  nodePortAddresses: []
---
  apiVersion: kubeproxy.config.k8s.io/v1alpha1
  kind: KubeProxyConfiguration
  clusterCIDR: 10.0.0.0/16
  nodePortAddresses: [192.168.0.0/16]
`;

reports("the flags of a DaemonSet")`
  kind: DaemonSet
  spec:
    template:
      spec:
        containers:
          - command: [kube-proxy, "--cluster-cidr=10.0.0.0/16,fd00::/56"]
            args: ["--nodeport-addresses=fd00:9::/64"]
            #                            ^^^^^^^^^^^ only IPv6 here: NodePorts accept connections on all IPv4 addresses; use primary, or both families
---
  kind: DaemonSet
  spec:
    template:
      spec:
        containers:
          - command: [kube-proxy, "--nodeport-addresses=10.0.0.0/8,primary"]
            #                                                      ^^^^^^^ can't use both 'primary' and CIDRs; keep one of them
`;
