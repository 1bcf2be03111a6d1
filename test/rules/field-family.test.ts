import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("field-family");

reports("IPv4 in a filter for IPv6")`
  apiVersion: projectcalico.org/v3
  kind: BGPFilter
  spec:
    exportV6: [{action: Accept, matchOperator: In, cidr: 10.0.0.0/8}]
    #                                                    ^^^^^^^^^^ failed to validate Field: CIDR because of Tag: netv6: 10.0.0.0/8 is IPv4
    importV4: [{action: Reject, matchOperator: In, cidr: "fd12:3456:789a::/48"}]
    #                                                    ^^^^^^^^^^^^^^^^^^^^^ failed to validate Field: CIDR because of Tag: netv4: fd12:3456:789a::/48 is IPv6
`;

reports("Felix addresses that are swapped")`
  apiVersion: projectcalico.org/v3
  kind: FelixConfiguration
  spec:
    natOutgoingAddress: "fd12:3456:789a::1"
    #                   ^^^^^^^^^^^^^^^^^^^ natOutgoingAddress must be a valid IPv4 address: fd12:3456:789a::1 is IPv6
    deviceRouteSourceAddressIPv6: 10.0.0.1
    #                             ^^^^^^^^ deviceRouteSourceAddressIPv6 must be a valid IPv6 address: 10.0.0.1 is IPv4
`;

reports("Cilium's native routing CIDR of the other family")`
  kind: ConfigMap
  apiVersion: v1
  data:
    ipv6-native-routing-cidr: "10.244.0.0/16"
    #                         ^^^^^^^^^^^^^^^ ipv6-native-routing-cidr must be an IPv6 CIDR: 10.244.0.0/16 is IPv4
`;

reports("IPv4 as flannel's IPv6Network")`
  apiVersion: v1
  kind: ConfigMap
  data:
    net-conf.json: |
      {"Network": "10.244.0.0/16", "EnableIPv6": true, "IPv6Network": "10.245.0.0/16"}
      #                                                               ^^^^^^^^^^^^^^^ its reader takes an IPv6 CIDR only: 10.245.0.0/16 is IPv4
`;

reports("CIDRs to find a node's IPv6 address by that are IPv4")`
  apiVersion: operator.tigera.io/v1
  kind: Installation
  spec:
    calicoNetwork:
      nodeAddressAutodetectionV6:
        cidrs: [10.0.0.0/8]
        #       ^^^^^^^^^^ must be an IPv6 CIDR: 10.0.0.0/8 is IPv4
`;

accepts("each in its own field")`
  apiVersion: projectcalico.org/v3
  kind: BGPFilter
  spec:
    exportV6: [{action: Accept, matchOperator: In, cidr: "fd12:3456:789a::/48"}]
    exportV4: [{action: Accept, matchOperator: In, cidr: 10.0.0.0/8}]
  ---
  apiVersion: projectcalico.org/v3
  kind: FelixConfiguration
  spec:
    deviceRouteSourceAddress: 10.0.0.1
    deviceRouteSourceAddressIPv6: "fd12:3456:789a:ff::1"
`;

reports("fields of one family in objects and files of others")`
  apiVersion: kubeovn.io/v1
  kind: IptablesEIP
  spec:
    v4ip: fd12:3456:789a::1
    #     ^^^^^^^^^^^^^^^^^ this field is for IPv4: fd12:3456:789a::1 is IPv6
---
  kind: ConfigMap
  data:
    antrea-agent.conf: |
      serviceCIDRv6: 10.97.0.0/16
      #              ^^^^^^^^^^^^ this field is for IPv6: 10.97.0.0/16 is IPv4
---
  kind: ConfigMap
  data:
    cni_network_config: |-
      {"plugins": [{"type": "calico", "mtu": __CNI_MTU__, "ipam": {"type": "calico-ipam",
        "ipv4_pools": ["fd12:3456:789a::/64", "default-pool"]}}]}
        #              ^^^^^^^^^^^^^^^^^^^^^ ipv4_pools takes IPv4 pools: fd12:3456:789a::/64 is IPv6
---
  kind: Service
  metadata:
    annotations:
      service.beta.kubernetes.io/azure-load-balancer-ipv6: 10.20.4.5
      #                                                    ^^^^^^^^^ this field is for IPv6: 10.20.4.5 is IPv4
---
  apiVersion: kubeone.k8c.io/v1beta3
  kind: KubeOneCluster
  clusterNetwork:
    podSubnet: fd12:3456:789a::/56
    #          ^^^^^^^^^^^^^^^^^^^ this field is for IPv4: fd12:3456:789a::/56 is IPv6
`;

reports("an address of OVN's own gateway, which spells its fields in another way")`
  apiVersion: kubeovn.io/v1
  kind: OvnEip
  metadata: {name: eip}
  spec:
    externalSubnet: external
    v4Ip: fd12:3456:789a::1
    #     ^^^^^^^^^^^^^^^^^ this field is for IPv4: fd12:3456:789a::1 is IPv6
`;

reports("pools of PureLB and of prefixes in Cluster API, zones of Proxmox")`
  apiVersion: purelb.io/v2
  kind: ServiceGroup
  spec:
    local:
      v6pool:
        pool: 10.20.4.0/24
        #     ^^^^^^^^^^^^ this field is for IPv6: 10.20.4.0/24 is IPv4
  ---
  apiVersion: ipam.cluster.x-k8s.io/v1alpha2
  kind: InClusterPrefixPool
  spec:
    prefixes: [10.20.0.0/16]
    #          ^^^^^^^^^^^^ this field is for IPv6: 10.20.0.0/16 is IPv4
  ---
  apiVersion: infrastructure.cluster.x-k8s.io/v1alpha2
  kind: ProxmoxClusterTemplate
  spec:
    template:
      spec:
        zoneConfig:
          - ipv4Config: {gateway: fd12::1}
          #                       ^^^^^^^ this field is for IPv4: fd12::1 is IPv6
`;
