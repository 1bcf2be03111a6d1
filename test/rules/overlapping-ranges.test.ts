import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("overlapping-ranges");

reports("pods and Services of one configuration, at the later one")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking:
    podSubnet: 10.0.0.0/8,fd00::/48
    serviceSubnet: 10.96.0.0/12,fd00:1::/112
    #              ^^^^^^^^^^^^ 10.96.0.0/12 overlaps 10.0.0.0/8 (networking.podSubnet); move one of them
`;

reports("a load balancer's range, written as two addresses, inside another pool")`
  apiVersion: metallb.io/v1beta1
  kind: IPAddressPool
  metadata: {name: a}
  spec: {addresses: ["fd00:5::/120"]}
---
  apiVersion: metallb.io/v1beta1
  kind: IPAddressPool
  metadata: {name: b}
  spec:
    addresses:
      - fd00:5::80-fd00:5::90
      # ^^^^^^^^^^^^^^^^^^^^^ fd00:5::80-fd00:5::90 overlaps fd00:5::/120 of IPAddressPool a (spec.addresses[0]); move one of them
`;

reports("a Calico pool inside the Services' range")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking: {serviceSubnet: 10.96.0.0/12}
---
  apiVersion: projectcalico.org/v3
  kind: IPPool
  metadata: {name: pods}
  spec:
    cidr: 10.100.0.0/16
    #     ^^^^^^^^^^^^^ 10.100.0.0/16 overlaps 10.96.0.0/12 of ClusterConfiguration (networking.serviceSubnet); move one of them
`;

reports("a plan that gives one prefix away twice")`
  addressing:
    pods: fd00:1::/48
    per_node: /64
    reserved:
      monitoring: fd00:1:0:ff::/64
      #           ^^^^^^^^^^^^^^^^ fd00:1:0:ff::/64 overlaps fd00:1::/48 (addressing.pods); move one of them
`;

reports("flags of a program that runs as a pod")`
  kind: Pod
  metadata: {name: kcm}
  spec:
    containers:
      - command:
          - kube-controller-manager
          - --cluster-cidr=10.0.0.0/8
          - --service-cluster-ip-range=10.96.0.0/12
          #                            ^^^^^^^^^^^^ 10.96.0.0/12 overlaps 10.0.0.0/8 (spec.containers[0].command); move one of them
`;

accepts("pools inside the podSubnet, one list for several components, and a plan's whole")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking: {podSubnet: "10.244.0.0/16,fd00:1::/56", serviceSubnet: "10.96.0.0/12,fd00:2::/112"}
---
  apiVersion: projectcalico.org/v3
  kind: IPPool
  metadata: {name: pods}
  spec: {cidr: 10.244.0.0/17}
---
  apiVersion: projectcalico.org/v3
  kind: IPPool
  metadata: {name: more}
  spec: {cidr: 10.244.128.0/17}
---
  apiVersion: kubeproxy.config.k8s.io/v1alpha1
  kind: KubeProxyConfiguration
  clusterCIDR: 10.244.0.0/16
---
  addressing:
    prefix: fd00:1::/48
    clusters: {a: "fd00:1:0:100::/56", b: "fd00:1:0:200::/56"}
`;

accepts("two prefixes of one list, which is another rule's")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking: {podSubnet: "10.0.0.0/8,10.1.0.0/16"}
`;

reports("a block of a Cilium pool that is two addresses")`
  apiVersion: cilium.io/v2
  kind: CiliumLoadBalancerIPPool
  metadata: {name: a}
  spec: {blocks: [{cidr: "fd00:5::/120"}]}
---
  apiVersion: cilium.io/v2
  kind: CiliumLoadBalancerIPPool
  metadata: {name: b}
  spec:
    blocks:
      - start: fd00:6::1
      - start: fd00:5::80
        #      ^^^^^^^^^^ fd00:5::80-fd00:5::90 overlaps fd00:5::/120 of CiliumLoadBalancerIPPool a (spec.blocks[0].cidr); move one of them
        stop: fd00:5::90
`;

reports("a Calico pool for load balancers among the pods")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking: {podSubnet: "10.244.0.0/16,fd12:3456:789a::/48"}
---
  apiVersion: projectcalico.org/v3
  kind: IPPool
  metadata: {name: services}
  spec: {cidr: "fd12:3456:789a:ff::/112", allowedUses: [LoadBalancer]}
  #             ^^^^^^^^^^^^^^^^^^^^^^^ fd12:3456:789a:ff::/112 overlaps fd12:3456:789a::/48 of ClusterConfiguration (networking.podSubnet); move one of them
`;

accepts("Calico pools for pods and tunnels there, and one for load balancers elsewhere")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking: {podSubnet: "10.244.0.0/16,fd12:3456:789a::/48"}
---
  apiVersion: projectcalico.org/v3
  kind: IPPool
  metadata: {name: pods}
  spec: {cidr: "fd12:3456:789a:ff::/112", allowedUses: [Workload, Tunnel]}
---
  apiVersion: projectcalico.org/v3
  kind: IPPool
  metadata: {name: tunnels}
  spec: {cidr: 10.244.255.0/24, allowedUses: [Tunnel]}
---
  apiVersion: projectcalico.org/v3
  kind: IPPool
  metadata: {name: services}
  spec: {cidr: "fd12:3456:789d::/112", allowedUses: [LoadBalancer]}
`;

reports("a pool of calico-node in the range of Services")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking: {podSubnet: 10.244.0.0/16, serviceSubnet: 10.96.0.0/16}
---
  apiVersion: apps/v1
  kind: DaemonSet
  metadata: {name: calico-node, namespace: kube-system}
  spec:
    template:
      spec:
        containers:
          - name: calico-node
            env:
              - {name: CALICO_IPV4POOL_CIDR, value: 10.96.0.0/16}
              #                                     ^^^^^^^^^^^^ 10.96.0.0/16 overlaps 10.96.0.0/16 of ClusterConfiguration (networking.serviceSubnet); move one of them
`;

accepts("a pool of calico-node in the podSubnet, beside the IPPool it makes")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking: {podSubnet: 10.244.0.0/16, serviceSubnet: 10.96.0.0/16}
---
  apiVersion: apps/v1
  kind: DaemonSet
  metadata: {name: calico-node, namespace: kube-system}
  spec:
    template:
      spec:
        containers:
          - name: calico-node
            env:
              - {name: CALICO_IPV4POOL_CIDR, value: 10.244.0.0/16}
---
  apiVersion: projectcalico.org/v3
  kind: IPPool
  metadata: {name: default-ipv4-ippool}
  spec: {cidr: 10.244.0.0/16}
`;
