import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("cilium-option-needs");

reports("a gateway between families without one of them")`
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: cilium-config}
  data:
    enable-ipv4: "true"
    enable-ipv6: "false"
    enable-nat46x64-gateway: "true"
    #                        ^^^^^^ enable-nat46x64-gateway requires both --enable-ipv4 and --enable-ipv6 enabled
`;

reports("neighbour discovery without a device")`
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: cilium-config}
  data:
    enable-ipv6: "true"
    enable-ipv6-ndp: "true"
    #                ^^^^^^ IPv6NDP cannot be enabled without ipv6-mcast-device: name the device, and enable-ipv6
`;

reports("a pool without IPv6, and IPv6 without a pool")`
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: cilium-config}
  data:
    enable-ipv6: "false"
    cluster-pool-ipv6-cidr: "fd12:3456:789a::/104"
    #                       ^^^^^^^^^^^^^^^^^^^^^^ 💡 cluster-pool-ipv6-cidr must not be set if IPv6 is disabled: set enable-ipv6 to "true" or remove it
  ---
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: cilium-config}
  data:
    enable-ipv6: "true"
    #            ^^^^^^ cluster-pool-ipv6-cidr must be provided when using ClusterPool: add it, or turn enable-ipv6 off
    ipam: "cluster-pool"
    cluster-pool-ipv4-cidr: "10.244.0.0/16"
`;

accepts("options with what they need, and IPv6 from the podCIDRs of nodes")`
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: cilium-config}
  data:
    enable-ipv4: "true"
    enable-ipv6: "true"
    enable-nat46x64-gateway: "true"
    enable-ipv6-ndp: "true"
    ipv6-mcast-device: eth0
    ipam: cluster-pool
    cluster-pool-ipv6-cidr: "fd12:3456:789a::/104"
  ---
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: cilium-config}
  data:
    enable-ipv6: "true"
    ipam: kubernetes
    enable-ipv6-ndp: "false"
`;

fixes("by turning IPv6 on for its pool")`
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: cilium-config}
  data:
    enable-ipv6: "false" # for now
    cluster-pool-ipv6-cidr: "fd12:3456:789a::/104"
`.to`
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: cilium-config}
  data:
    enable-ipv6: "true" # for now
    cluster-pool-ipv6-cidr: "fd12:3456:789a::/104"
`;

reports("an empty pool")`
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: cilium-config}
  data:
    enable-ipv6: "true"
    ipam: cluster-pool
    cluster-pool-ipv6-cidr: ""
    #                       ^^ cluster-pool-ipv6-cidr must be provided when using ClusterPool: add it, or turn enable-ipv6 off
`;

accepts("a pool without IPv6 that nobody hands out from")`
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: cilium-config}
  data:
    enable-ipv6: "false"
    ipam: kubernetes
    cluster-pool-ipv6-cidr: "fd12:3456:789a::/104"
`;

reports("the same where the operator does")`
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: cilium-config}
  data:
    enable-ipv6: "false"
    ipam: cluster-pool
    cluster-pool-ipv6-cidr: "fd12:3456:789a::/104"
    #                       ^^^^^^^^^^^^^^^^^^^^^^ 💡 cluster-pool-ipv6-cidr must not be set if IPv6 is disabled: set enable-ipv6 to "true" or remove it
`;

accepts("the pool that Cilium's chart has of its own")`
  ipv6: {enabled: true}
  routingMode: tunnel
`;
