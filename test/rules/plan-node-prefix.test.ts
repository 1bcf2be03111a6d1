import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("plan-node-prefix");

reports("k3s without room for a node, and with more nodes than can be counted")`
  cluster-cidr: fd12:3456:789a:42::/112
  #             ^^^^^^^^^^^^^^^^^^^^^^^ fd12:3456:789a:42::/112 has no room for a node's /64: write /48 to /63, or set kube-controller-manager-arg: node-cidr-mask-size-ipv6
  ---
  cluster-cidr: [10.42.0.0/16, "fd12:3456:789a::/40"]
  #                             ^^^^^^^^^^^^^^^^^^^ New CIDR set failed; the node CIDR size (/64) is too big: write /48 to /63
`;

reports("one node's worth of a range")`
  cluster-cidr: 10.42.0.0/16,fd12:3456:789a::/64
  #                          ^^^^^^^^^^^^^^^^^^^ room for one node: each gets a /64 of it; for more write /48 to /63
`;

accepts("a mask that is set where it is read, and a cluster of one node of IPv4")`
  cluster-cidr: 10.42.0.0/24,fd12:3456:789a:42::/112
  kube-controller-manager-arg: ["node-cidr-mask-size-ipv6=120"]
  ---
  cluster-cidr: fd12:3456:789a:42::/112
  kube-controller-manager-arg: ["node-cidr-mask-size=120"]
  ---
  cluster-cidr: 10.42.0.0/24
  service-cidr: 10.43.0.0/16
`;

reports("Talos, whose mask stands among the controller manager's arguments")`
  machine: {type: controlplane}
  cluster:
    controllerManager:
      extraArgs:
        node-cidr-mask-size-ipv6: "80"
    network:
      podSubnets: [10.244.0.0/16, "fd12:3456:789a::/56"]
      #                            ^^^^^^^^^^^^^^^^^^^ New CIDR set failed; the node CIDR size (/80) is too big: write /64 to /79, or change cluster.controllerManager.extraArgs.node-cidr-mask-size-ipv6
`;

reports("Kubespray, where IPv6 has a prefix of its own")`
  kube_pods_subnet: 10.233.64.0/18
  kube_pods_subnet_ipv6: fd12:3456:789a:8607::2000/116
  #                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fd12:3456:789a:8607::2000/116 has no room for a node's /112: write /96 to /111, or change kube_network_node_prefix_ipv6
  kube_network_node_prefix_ipv6: 112
`;

accepts("Kubespray's own defaults, and IPv6 that is turned off")`
  kube_pods_subnet: 10.233.64.0/18
  kube_pods_subnet_ipv6: fd12:3456:789a:8607::1:0/112
  ---
  ipv6_stack: false
  kube_pods_subnet_ipv6: fd12:3456:789a::/48
`;

reports("k0s, which cuts IPv6 into a /117 a node")`
  apiVersion: k0s.k0sproject.io/v1beta1
  kind: ClusterConfig
  spec:
    network:
      podCIDR: 10.244.0.0/16
      dualStack:
        enabled: true
        IPv6podCIDR: fd12:3456:789a::/56
        #            ^^^^^^^^^^^^^^^^^^^ New CIDR set failed; the node CIDR size (/117) is too big: write /101 to /116
        IPv6serviceCIDR: fd12:3456:789b::/108
`;

accepts("k0s with its documented sizes")`
  apiVersion: k0s.k0sproject.io/v1beta1
  kind: ClusterConfig
  spec:
    network:
      podCIDR: 10.244.0.0/16
      dualStack: {enabled: true, IPv6podCIDR: "fd12:3456:789a::/108", IPv6serviceCIDR: "fd12:3456:789b::/108"}
`;

reports("OpenShift's hostPrefix")`
  apiVersion: v1
  baseDomain: example.org
  networking:
    clusterNetwork:
      - cidr: 10.128.0.0/14
        hostPrefix: 23
      - cidr: fd12:3456:789a::/40
      #       ^^^^^^^^^^^^^^^^^^^ New CIDR set failed; the node CIDR size (/64) is too big: write /48 to /63, or change hostPrefix
        hostPrefix: 64
`;

accepts("a Cluster of another group, and values that come from a template")`
  apiVersion: example.org/v1
  kind: Cluster
  spec: {clusterNetwork: {pods: {cidrBlocks: ["fd12:3456:789a::/40"]}}}
  ---
  cluster-cidr: "{{ pods }}"
`;

reports("a Cluster of Cluster API")`
  apiVersion: cluster.x-k8s.io/v1beta1
  kind: Cluster
  metadata: {name: edge}
  spec:
    clusterNetwork:
      pods:
        cidrBlocks: [10.60.0.0/16, "fd12:3456:789a::/112"]
        #                           ^^^^^^^^^^^^^^^^^^^^ fd12:3456:789a::/112 has no room for a node's /64: write /48 to /63, or set controllerManager.extraArgs.node-cidr-mask-size-ipv6
`;

accepts("a controller manager that gives nodes no prefix, and one whose flags stand in another object of Cluster API")`
  cluster-cidr: 10.42.0.0/16,fd12:3456:7800::/40
  kube-controller-manager-arg+: [allocate-node-cidrs=false]
  ---
  cluster:
    network: {podSubnets: [10.244.0.0/16, "fd12:3456:7800::/40"]}
    controllerManager:
      extraArgs: {allocate-node-cidrs: "false"}
  ---
  apiVersion: cluster.x-k8s.io/v1beta1
  kind: Cluster
  spec:
    clusterNetwork: {pods: {cidrBlocks: [10.244.0.0/16, "fd12:3456:789a::/112"]}}
  ---
  apiVersion: controlplane.cluster.x-k8s.io/v1beta1
  kind: KubeadmControlPlane
  spec:
    kubeadmConfigSpec:
      clusterConfiguration:
        controllerManager: {extraArgs: {node-cidr-mask-size-ipv6: "120"}}
`;

reports("Cluster API, held against the flags of its control plane")`
  apiVersion: cluster.x-k8s.io/v1beta1
  kind: Cluster
  spec:
    clusterNetwork: {pods: {cidrBlocks: [10.244.0.0/16, "fd12:3456:789a::/64"]}}
    #                                                    ^^^^^^^^^^^^^^^^^^^ New CIDR set failed; the node CIDR size (/96) is too big: write /80 to /95
  ---
  apiVersion: controlplane.cluster.x-k8s.io/v1beta1
  kind: KubeadmControlPlane
  spec:
    kubeadmConfigSpec:
      clusterConfiguration:
        controllerManager: {extraArgs: {node-cidr-mask-size-ipv6: "96"}}
`;
