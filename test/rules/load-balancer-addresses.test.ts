import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("load-balancer-addresses");

reports("two families of a Service that has one, whatever the cluster")`
  kind: Service
  apiVersion: v1
  metadata:
    annotations:
      kube-vip.io/loadbalancerIPs: 10.1.2.3,fd12::5
      #                            ^^^^^^^^^^^^^^^^ the Service has one family, so that nothing forwards the address of the other: write PreferDualStack
  spec: {type: LoadBalancer}
`;

reports("an address of the other family", { cluster: "dual-v4" })`
  kind: Service
  apiVersion: v1
  metadata:
    annotations:
      lbipam.cilium.io/ips: "10.1.2.3, fd12::5"
      #                     ^^^^^^^^^^^^^^^^^^^ the Service is IPv4 only, so that nothing forwards fd12::5: write PreferDualStack
      purelb.io/addresses: fd12::6
      #                    ^^^^^^^ the Service is IPv4 only, so that nothing forwards fd12::6: write PreferDualStack
  spec: {type: LoadBalancer, ipFamilyPolicy: SingleStack}
`;

accepts("both of a Service that has both, one of it, another type", { cluster: "dual-v4" })`
  kind: Service
  apiVersion: v1
  metadata: {annotations: {kube-vip.io/loadbalancerIPs: "10.1.2.3,fd12::5"}}
  spec: {type: LoadBalancer, ipFamilyPolicy: PreferDualStack}
  ---
  kind: Service
  apiVersion: v1
  metadata: {annotations: {lbipam.cilium.io/ips: 10.1.2.3}}
  spec: {type: LoadBalancer}
  ---
  kind: Service
  apiVersion: v1
  metadata: {annotations: {lbipam.cilium.io/ips: "10.1.2.3,fd12::5"}}
  spec: {type: ClusterIP}
  ---
  kind: Service
  apiVersion: v1
  metadata: {annotations: {kube-vip.io/loadbalancerIPs: 0.0.0.0}}
  spec: {type: LoadBalancer}
`;

reports("an address of a family that the cluster lacks, which no policy brings", { cluster: "v6" })`
  kind: Service
  apiVersion: v1
  metadata:
    annotations:
      lbipam.cilium.io/ips: 192.168.20.10
      #                     ^^^^^^^^^^^^^ the Service is IPv6 only, so that nothing forwards 192.168.20.10: ask for one of its family
  spec: {type: LoadBalancer}
`;
