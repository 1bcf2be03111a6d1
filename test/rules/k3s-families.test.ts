import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("k3s-families");

reports("a node and Services without a family of the pods, written as lists")`
  cluster-cidr: [10.42.0.0/16, "fd00:1::/56"]
  service-cidr:
# ^^^^^^^^^^^^ cluster-cidr and service-cidr must share the same IP version; add an IPv6 one
    - 10.43.0.0/16
  node-ip: 10.0.0.31
  #        ^^^^^^^^^ cluster-cidr and node-ip must share the same IP version; add an IPv6 one
`;

reports("another order, once")`
  cluster-cidr: fd00:1::/56,10.42.0.0/16
  service-cidr: 10.43.0.0/16,fd00:2::/112
  #             ^^^^^^^^^^^^^^^^^^^^^^^^^ cluster-cidr and service-cidr must share the same IP version, in the same order: cluster-cidr begins with IPv6
  node-ip: 10.0.0.31,fd00::31
`;

reports("Services of a family that pods do not have")`
  cluster-cidr: 10.42.0.0/16
  service-cidr: 10.43.0.0/16,fd00:2::/112
  #             ^^^^^^^^^^^^^^^^^^^^^^^^^ cluster-cidr and service-cidr must share the same IP version; cluster-cidr has no IPv6
`;

accepts("the same families in the same order, a node with one more, and what this file leaves out")`
  cluster-cidr: 10.42.0.0/16
  service-cidr: 10.43.0.0/16
  node-ip: 10.0.0.31,fd00::31
---
  node-ip: 10.0.0.31
  service-cidr: 10.43.0.0/16,fd00:2::/112
`;
