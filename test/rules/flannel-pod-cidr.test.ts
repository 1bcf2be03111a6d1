import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("flannel-pod-cidr");

reports("a network beside the podSubnet")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking:
    podSubnet: 10.244.0.0/16,fd12:3456:789a::/56
  ---
  apiVersion: v1
  kind: ConfigMap
  data:
    net-conf.json: |
      {"Network": "10.244.0.0/16", "EnableIPv6": true, "IPv6Network": "fd12:3456:789e::/56"}
      #                                                               ^^^^^^^^^^^^^^^^^^^^^ subnet "fd12:3456:789e::/56" specified in the flannel net config doesn't contain "fd12:3456:789a::/56", podSubnet: make them agree
`;

reports("a node whose subnet lies elsewhere")`
  apiVersion: v1
  kind: Node
  spec:
    podCIDRs: [10.244.0.0/24, "fd12:3456:789e::/64"]
  ---
  apiVersion: v1
  kind: ConfigMap
  data:
    net-conf.json: |
      {"Network": "10.244.0.0/16", "EnableIPv6": true, "IPv6Network": "fd12:3456:789a::/56"}
      #                                                               ^^^^^^^^^^^^^^^^^^^^^ subnet "fd12:3456:789a::/56" specified in the flannel net config doesn't contain "fd12:3456:789e::/64", PodCIDR of a node: make them agree
`;

accepts("the same ranges, a part of them, and nothing to compare with")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking:
    podSubnet: 10.244.0.0/16,fd12:3456:789a::/56
  ---
  apiVersion: v1
  kind: ConfigMap
  data:
    net-conf.json: |
      {"Network": "10.244.0.0/15", "EnableIPv6": true, "IPv6Network": "fd12:3456:789a::/56"}
`;
