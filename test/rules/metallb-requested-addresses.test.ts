import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("metallb-requested-addresses");

reports("two of one family")`
  apiVersion: v1
  kind: Service
  metadata:
    annotations:
      metallb.io/loadBalancerIPs: "fd12:3456:789d::5,fd12:3456:789d::6"
      #                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ requested loadBalancer IP(s) "fd12:3456:789d::5,fd12:3456:789d::6" does not match the ipFamily of the service: write one address for each family
  spec: {type: LoadBalancer, ipFamilyPolicy: RequireDualStack}
`;

reports("one of the other family, and one for two")`
  apiVersion: v1
  kind: Service
  metadata:
    annotations:
      metallb.universe.tf/loadBalancerIPs: 192.168.50.5
      #                                    ^^^^^^^^^^^^ requested loadBalancer IP(s) "192.168.50.5" does not match the ipFamily of the service: write IPv6 only
  spec: {type: LoadBalancer, ipFamilies: [IPv6]}
  ---
  apiVersion: v1
  kind: Service
  metadata:
    annotations:
      metallb.io/loadBalancerIPs: 192.168.50.5
      #                           ^^^^^^^^^^^^ requested loadBalancer IP(s) "192.168.50.5" does not match the ipFamily of the service: write IPv4 and IPv6 one each
  spec: {type: LoadBalancer, ipFamilyPolicy: RequireDualStack}
`;

accepts("one of each, one of its own, and what depends on the cluster")`
  apiVersion: v1
  kind: Service
  metadata: {annotations: {metallb.io/loadBalancerIPs: "192.168.50.5, fd12:3456:789d::5"}}
  spec: {type: LoadBalancer, ipFamilyPolicy: RequireDualStack}
  ---
  apiVersion: v1
  kind: Service
  metadata: {annotations: {metallb.io/loadBalancerIPs: "fd12:3456:789d::5"}}
  spec: {type: LoadBalancer, ipFamilies: [IPv6]}
  ---
  apiVersion: v1
  kind: Service
  metadata: {annotations: {metallb.io/loadBalancerIPs: "fd12:3456:789d::5"}}
  spec: {type: LoadBalancer}
`;

reports("one of a family the cluster does not give it", { cluster: "v4" })`
  apiVersion: v1
  kind: Service
  metadata:
    annotations:
      metallb.io/loadBalancerIPs: fd12:3456:789d::5
      #                           ^^^^^^^^^^^^^^^^^ requested loadBalancer IP(s) "fd12:3456:789d::5" does not match the ipFamily of the service: write IPv4 only
  spec: {type: LoadBalancer}
`;
