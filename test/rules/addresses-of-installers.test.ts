import { testing } from "#test/support/testing.ts";

const family = testing("field-family");

family.reports("MicroK8s and Proxmox, which have a field for each family")`
  version: 0.1.0
  extraCNIEnv:
    IPv6_SUPPORT: true
    IPv6_CLUSTER_CIDR: 10.1.0.0/16
    #                  ^^^^^^^^^^^ this field is for IPv6: 10.1.0.0/16 is IPv4
  ---
  apiVersion: infrastructure.cluster.x-k8s.io/v1alpha1
  kind: ProxmoxCluster
  spec:
    ipv6Config:
      gateway: 10.0.0.1
      #        ^^^^^^^^ this field is for IPv6: 10.0.0.1 is IPv4
`;

const hostBits = testing("host-bits");

hostBits.reports("MicroK8s' ranges")`
  extraCNIEnv:
    IPv6_SERVICE_CIDR: fd98:1234:5678::1/108
    #                  ^^^^^^^^^^^^^^^^^^^^^ 💡 must not have bits set beyond the prefix length; use fd98:1234:5678::/108 or fd98:1234:5678::1/128
`;

const address = testing("ip-invalid");

address.reports("the hosts of Kubespray, Talos' names, and what a pod asks Kube-OVN for")`
  all:
    hosts:
      node1:
        ip: 10.3.0.1
        ip6: "fd12:3456::1/64"
        #    ^^^^^^^^^^^^^^^^^ 💡 must be a valid IP address: it is a CIDR, write one address
  ---
  machine:
    certSANs: ["[fd12:3456::5]"]
    #          ^^^^^^^^^^^^^^^^ 💡 must be a valid IP address: write fd12:3456::5 without brackets
  ---
  apiVersion: v1
  kind: Pod
  metadata:
    annotations: {ovn.kubernetes.io/ip_address: "10.16.0.5,fd12::zz"}
    #                                                      ^^^^^^^^ must be a valid IP address: it is a name or other text
`;

address.reports("machines of vSphere and of Metal3")`
  apiVersion: infrastructure.cluster.x-k8s.io/v1beta1
  kind: VSphereMachineTemplate
  spec:
    template:
      spec:
        network:
          devices:
            - gateway6: "[fd12::1]"
              #         ^^^^^^^^^^^ 💡 must be a valid IP address: write fd12::1 without brackets
  ---
  apiVersion: ipam.metal3.io/v1alpha1
  kind: IPPool
  spec:
    pools:
      - start: fd12:::1
        #      ^^^^^^^^ must be a valid IP address: it has ":::"
`;

address.accepts("what is right")`
  all:
    hosts:
      node1: {ansible_host: node1.example.org, ip: 10.3.0.1, ip6: "fd12:3456::1", access_ip: 10.3.0.1}
  ---
  machine:
    certSANs: ["fd12:3456::5", node1.example.org]
    network: {extraHostEntries: [{ip: "fd12::5", aliases: [a]}]}
`;

address.reports("what is asked for a load balancer, by annotations of Services and of Gateways")`
  apiVersion: v1
  kind: Service
  metadata:
    annotations: {kube-vip.io/loadbalancerIPs: "10.0.0.200, fd22:fb0b:57be:20:::200"}
    #                                                       ^^^^^^^^^^^^^^^^^^^^^^^ must be a valid IP address: it has ":::"
  ---
  apiVersion: gateway.networking.k8s.io/v1
  kind: Gateway
  spec:
    infrastructure:
      annotations: {lbipam.cilium.io/ips: "10.0.0.5,[fd12::5]"}
      #                                             ^^^^^^^^^ 💡 must be a valid IP address: write fd12::5 without brackets
`;

address.reports("neighbours of frr-k8s, name servers of Karpenter's nodes, and OpenShift's virtual addresses")`
  apiVersion: frrk8s.metallb.io/v1beta1
  kind: FRRConfiguration
  spec:
    bgp:
      routers:
        - neighbors: [{address: "fd12::1::2", asn: 64513}, {interface: eth0, asn: 64513}]
        #                       ^^^^^^^^^^^^ must be a valid IP address: it has two "::"
  ---
  apiVersion: karpenter.k8s.aws/v1
  kind: EC2NodeClass
  spec:
    kubelet: {clusterDNS: ["[fd12:3456::a]"]}
    #                      ^^^^^^^^^^^^^^^^ 💡 Invalid clusterDNS IP: write fd12:3456::a without brackets
  ---
  apiVersion: extensions.hive.openshift.io/v1beta1
  kind: AgentClusterInstall
  spec:
    apiVIPs: [10.0.0.5, "fd12::5/128"]
    #                   ^^^^^^^^^^^^^ 💡 must be a valid IP address: it is a CIDR, write one address
`;

const prefix = testing("cidr-invalid");

prefix.reports("ranges of hosted clusters, of second networks, of meshes and of users")`
  apiVersion: hypershift.openshift.io/v1beta1
  kind: HostedCluster
  spec:
    networking:
      serviceNetwork: [{cidr: 172.31.0.0/16}, {cidr: "fd12:3456::/129"}]
      #                                              ^^^^^^^^^^^^^^^^^ must be a valid CIDR value: its length 129 is above 128, the most for IPv6
  ---
  apiVersion: v1
  kind: Namespace
  metadata:
    annotations: {config.linkerd.io/skip-subnets: "10.1.0.0/16, fd12:3456::"}
    #                                                           ^^^^^^^^^^^ 💡 is not a valid CIDR address: write fd12:3456::/128 for this one address
  ---
  apiVersion: kubevirt.io/v1
  kind: VirtualMachine
  spec:
    template: {spec: {networks: [{name: default, pod: {vmIPv6NetworkCIDR: "fd10:0:2::1/200"}}]}}
    #                                                                     ^^^^^^^^^^^^^^^^^ must be a valid CIDR value: its length 200 is above 128, the most for IPv6
  ---
  apiVersion: clickhouse.altinity.com/v1
  kind: ClickHouseInstallation
  spec:
    configuration: {users: {app/networks/ip: [10.0.0.0/8, "fd12::1::/48"], app/networks/host: web}}
    #                                                     ^^^^^^^^^^^^^^ must be a valid CIDR value: its address has two "::"
`;

hostBits.reports("ranges that routers and hosted clusters are given")`
  apiVersion: frrk8s.metallb.io/v1beta1
  kind: FRRConfiguration
  spec:
    bgp: {routers: [{prefixes: ["fd12:3456:789a::1/64"]}]}
    #                           ^^^^^^^^^^^^^^^^^^^^^^ 💡 must not have bits set beyond the prefix length; use fd12:3456:789a::/64 or fd12:3456:789a::1/128
  ---
  apiVersion: config.openshift.io/v1
  kind: Network
  spec: {clusterNetwork: [{cidr: "fd12:3456:789a::5/48", hostPrefix: 64}]}
  #                              ^^^^^^^^^^^^^^^^^^^^^^ 💡 must not have bits set beyond the prefix length; use fd12:3456:789a::/48 or fd12:3456:789a::5/128
`;

family.reports("addresses that AWS is asked for, a family each")`
  apiVersion: v1
  kind: Service
  metadata:
    annotations: {service.beta.kubernetes.io/aws-load-balancer-ipv6-addresses: "10.0.1.7"}
    #                                                                          ^^^^^^^^^^ this field is for IPv6: 10.0.1.7 is IPv4
`;

hostBits.accepts("the gateway of a machine in a pod, with the length of its network")`
  apiVersion: kubevirt.io/v1
  kind: VirtualMachine
  spec:
    template: {spec: {networks: [{name: default, pod: {vmIPv6NetworkCIDR: "fd10:0:2::1/120"}}]}}
`;
