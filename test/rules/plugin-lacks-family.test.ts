import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("plugin-lacks-family");

const kubeadm = `apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking: {podSubnet: "10.244.0.0/16,fd12:1::/56", serviceSubnet: "10.96.0.0/16,fd12:2::/112"}`;

reports("flannel without IPv6 beside a dual-stack podSubnet")`
  ${kubeadm}
  ---
  kind: ConfigMap
  data:
    net-conf.json: |
      {
        "Network": "10.244.0.0/16",
  #                ^^^^^^^^^^^^^^^ pods get no IPv6, which podSubnet gives them: add "EnableIPv6": true and IPv6Network
        "Backend": {"Type": "vxlan"}
      }
`;

reports("Cilium's values that say off, or nothing, beside k3s")`
  cluster-cidr: 10.42.0.0/16,fd12:1::/56
  service-cidr: 10.43.0.0/16,fd12:2::/112
  ---
  cilium:
    kubeProxyReplacement: true
  # ^^^^^^^^^^^^^^^^^^^^ pods get no IPv6, which cluster-cidr gives them: write ipv6.enabled: true
  ---
  kind: ConfigMap
  metadata: {name: cilium-config}
  data:
    enable-ipv6: "false"
    #            ^^^^^^^ pods get no IPv6, which cluster-cidr gives them: write enable-ipv6: "true"
`;

reports("pools of one family, once")`
  ${kubeadm}
  ---
  apiVersion: projectcalico.org/v3
  kind: IPPool
  metadata: {name: a}
  spec: {cidr: 10.244.0.0/17}
  #            ^^^^^^^^^^^^^ pods get no IPv6, which podSubnet gives them: add a pool of its IPv6 prefix
  ---
  apiVersion: projectcalico.org/v3
  kind: IPPool
  metadata: {name: b}
  spec: {cidr: 10.244.128.0/17}
  ---
  apiVersion: operator.tigera.io/v1
  kind: Installation
  spec:
    calicoNetwork:
      ipPools: [{cidr: "fd12:1::/56"}]
      #                ^^^^^^^^^^^^^ pods get no IPv4, which podSubnet gives them: add a pool of its IPv4 prefix
`;

reports("a hint where only the cluster says so", { cluster: "dual-v4" })`
  kind: ConfigMap
  data:
    net-conf.json: |
      {
        "Network": "10.244.0.0/16"
  #                ^^^^^^^^^^^^^^^ pods get no IPv6, which the cluster has: add "EnableIPv6": true and IPv6Network
      }
`;

accepts("both families on both sides")`
  ${kubeadm}
  ---
  kind: ConfigMap
  data:
    net-conf.json: |
      {"Network": "10.244.0.0/16", "EnableIPv6": true, "IPv6Network": "fd12:1::/56"}
  ---
  apiVersion: projectcalico.org/v3
  kind: IPPool
  metadata: {name: a}
  spec: {cidr: 10.244.0.0/16}
  ---
  apiVersion: projectcalico.org/v3
  kind: IPPool
  metadata: {name: b}
  spec: {cidr: "fd12:1::/56"}
  ---
  ipv6: {enabled: true}
  kubeProxyReplacement: true
`;

accepts("a plan of one family, no plan, and values that others complete")`
  kind: ConfigMap
  data:
    net-conf.json: |
      {"Network": "10.244.0.0/16"}
  ---
  kubeProxyReplacement: true
  ---
  apiVersion: projectcalico.org/v3
  kind: IPPool
  metadata: {name: a}
  spec: {cidr: 10.244.0.0/16}
`;
