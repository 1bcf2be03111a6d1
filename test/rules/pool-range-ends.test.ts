import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("pool-range-ends");

reports("ends out of order, of two families and that are no addresses, each in its part of the text")`
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: kubevip, namespace: kube-system}
  data:
    range-global: 192.168.1.10-192.168.1.20,fd00::ff-fd00::10
    #                                       ^^^^^^^^^^^^^^^^^ 💡 start IP "fd00::ff" is after the end IP "fd00::10": swap them
    range-default: 192.168.1.10-fd00::10
    #              ^^^^^^^^^^^^^^^^^^^^^ start IP "192.168.1.10" is IPv4 and end IP "fd00::10" IPv6: write two ranges
---
  apiVersion: purelb.io/v1
  kind: ServiceGroup
  metadata: {name: default}
  spec:
    local:
      v6pools:
        - subnet: fd00:1::/64
          pool: fd00:1::1-fd00:1::zz
          #     ^^^^^^^^^^^^^^^^^^^^ invalid IP range "fd00:1::1-fd00:1::zz": invalid end IP "fd00:1::zz"
`;

reports("ranges in lists")`
  apiVersion: spiderpool.spidernet.io/v2beta1
  kind: SpiderIPPool
  spec:
    subnet: fd00::/64
    ips:
      - fd00::10-fd00::20
      - fd00::60-fd00::6
      # ^^^^^^^^^^^^^^^^ 💡 start IP "fd00::60" is after the end IP "fd00::6": swap them
    excludeIPs: ["fd00::15", "fd00::16-fd00::16"]
  ---
  apiVersion: ipam.cluster.x-k8s.io/v1alpha2
  kind: InClusterIPPool
  spec:
    addresses: ["fd00::10-fd00::20", 10.0.0.1-10.0.0.300, "fd00::/120", "fd00::1"]
    #                                ^^^^^^^^^^^^^^^^^^^ invalid IP range "10.0.0.1-10.0.0.300": invalid end IP "10.0.0.300"
`;

accepts("what is in order, prefixes, other keys, and placeholders")`
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: kubevip, namespace: kube-system}
  data:
    range-global: 192.168.1.10-192.168.1.20, fd00::10-fd00::ff
    cidr-global: 192.168.1.0/24
    range-of-colors: red-blue
    range-default: "<first>-<last>"
`;

fixes("by swapping the ends, the other ranges untouched")`
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: kubevip, namespace: kube-system}
  data:
    range-global: 10.0.0.1-10.0.0.9,10.0.1.9-10.0.1.1
`.to`
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: kubevip, namespace: kube-system}
  data:
    range-global: 10.0.0.1-10.0.0.9,10.0.1.1-10.0.1.9
`;
