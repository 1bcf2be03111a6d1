import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("load-balancer-without-pool");

const service = `
  apiVersion: v1
  kind: Service
  spec:
    type: LoadBalancer
    ipFamilyPolicy: RequireDualStack`;

reports("pools of one family, written as two addresses")`
  apiVersion: metallb.io/v1beta1
  kind: IPAddressPool
  spec: {addresses: ["fd00:5::10-fd00:5::20"]}
---${service}
    #               ^^^^^^^^^^^^^^^^ no address pool is IPv4: this Service stays pending; add an IPv4 range
`;

accepts("a pool of both families")`
  apiVersion: metallb.io/v1beta1
  kind: IPAddressPool
  spec: {addresses: ["fd00:5::/120", 10.5.0.0/24]}
---${service}
`;

reports("a pool of each family, since MetalLB takes both addresses from one")`
  apiVersion: metallb.io/v1beta1
  kind: IPAddressPool
  spec: {addresses: ["fd00:5::/120"]}
---
  apiVersion: metallb.io/v1beta1
  kind: IPAddressPool
  spec: {addresses: [10.5.0.0/24]}
---
  apiVersion: v1
  kind: Service
  spec:
    type: LoadBalancer
    ipFamilyPolicy: RequireDualStack
    #               ^^^^^^^^^^^^^^^^ no pool holds both families, and MetalLB takes both addresses from one: put both ranges into one pool
`;

accepts("no pool at all: somebody else hands out the addresses")`${service}
`;

accepts("PreferDualStack, and another type")`
  apiVersion: metallb.io/v1beta1
  kind: IPAddressPool
  spec: {addresses: ["fd00:5::/120"]}
---
  apiVersion: v1
  kind: Service
  spec: {type: LoadBalancer, ipFamilyPolicy: PreferDualStack}
---
  apiVersion: v1
  kind: Service
  spec: {type: NodePort, ipFamilyPolicy: RequireDualStack}
`;

accepts("a Cilium pool of two addresses for one family")`
  apiVersion: cilium.io/v2
  kind: CiliumLoadBalancerIPPool
  metadata: {name: edge}
  spec:
    blocks:
      - cidr: 192.168.50.0/24
      - {start: "fd12:3456:789d::10", stop: "fd12:3456:789d::20"}
  ---
  apiVersion: v1
  kind: Service
  metadata: {name: web}
  spec: {type: LoadBalancer, ipFamilyPolicy: RequireDualStack, selector: {app: web}, ports: [{port: 80}]}
`;

accepts("a Service that another load balancer takes")`
  apiVersion: v1
  kind: Service
  spec: {type: LoadBalancer, loadBalancerClass: io.cilium/bgp-control-plane, ipFamilyPolicy: RequireDualStack}
  ---
  apiVersion: metallb.io/v1beta1
  kind: IPAddressPool
  spec: {addresses: [10.9.0.0/24]}
`;
