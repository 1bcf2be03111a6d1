import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("cilium-pool-size");

reports("more than 65,536 nodes, and a mask shorter than the pool")`
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: cilium-config}
  data:
    cluster-pool-ipv4-cidr: 10.244.0.0/16
    cluster-pool-ipv4-mask-size: "12"
    #                            ^^^^ New CIDR set failed; the node CIDR size is too big: a pool of /16 takes a mask of 16 to 32
    cluster-pool-ipv6-cidr: "fd12:3456:789a::/64"
    cluster-pool-ipv6-mask-size: "120"
    #                            ^^^^^ New CIDR set failed; the node CIDR size is too big: a pool of /64 takes a mask of 64 to 80
`;

accepts("up to 16 bits, of every pool in the list")`
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: cilium-config}
  data:
    cluster-pool-ipv4-cidr: 10.0.0.0/8
    cluster-pool-ipv4-mask-size: "24"
    cluster-pool-ipv6-cidr: "fd12:3456:789a::/104 fd12:3456:789a:1::/112"
    cluster-pool-ipv6-mask-size: "120"
`;

reports("a pool too large for the mask that is meant when none is written")`
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: cilium-config}
  data:
    enable-ipv6: "true"
    ipam: cluster-pool
    cluster-pool-ipv6-cidr: "fd12:3456:789a::/48"
    #                       ^^^^^^^^^^^^^^^^^^^^^ New CIDR set failed; the node CIDR size is too big: cluster-pool-ipv6-mask-size is 112 when left out, and this pool a /48
`;

accepts("a pool that fits that mask, and one that nothing is cut from")`
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: cilium-config}
  data:
    enable-ipv6: "true"
    ipam: cluster-pool
    cluster-pool-ipv6-cidr: "fd12:3456:789a::/104"
  ---
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: cilium-config}
  data:
    enable-ipv6: "true"
    ipam: kubernetes
    cluster-pool-ipv6-cidr: "fd12:3456:789a::/48"
`;

reports("values of the chart, whose mask is 120 when left out")`
  kubeProxyReplacement: true
  ipv6: {enabled: true}
  ipam:
    operator:
      clusterPoolIPv6PodCIDRList: ["fd12:3456:789a::/64"]
      #                           ^^^^^^^^^^^^^^^^^^^^^^^ New CIDR set failed; the node CIDR size is too big: a pool of /64 takes a mask of 64 to 80
  ---
  cilium:
    ipv6: {enabled: true}
    ipam:
      operator:
        clusterPoolIPv6PodCIDRList: ["fd12:3456:789a::/104"]
        clusterPoolIPv6MaskSize: 128
        #                        ^^^ New CIDR set failed; the node CIDR size is too big: a pool of /104 takes a mask of 104 to 120
`;

accepts("values where IPv6 is off, where the nodes bring their ranges, and values of another chart")`
  kubeProxyReplacement: true
  ipam:
    operator:
      clusterPoolIPv6PodCIDRList: ["fd12:3456:789a::/64"]
  ---
  kubeProxyReplacement: true
  ipv6: {enabled: true}
  ipam:
    mode: kubernetes
    operator:
      clusterPoolIPv6PodCIDRList: ["fd12:3456:789a::/64"]
  ---
  ipv6: {enabled: true}
`;
