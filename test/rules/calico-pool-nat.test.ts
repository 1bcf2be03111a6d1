import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("calico-pool-nat");

reports("a ULA pool that says nothing, and one that says no")`
  apiVersion: projectcalico.org/v3
  kind: IPPool
  spec:
    cidr: fd12:3456:789a::/56
    #     ^^^^^^^^^^^^^^^^^^^ 💡 this ULA pool is not masqueraded: turn natOutgoing on, or its pods reach nothing outside the cluster
  ---
  apiVersion: projectcalico.org/v3
  kind: IPPool
  spec:
    cidr: fd12:3456:789a::/56
    natOutgoing: false
    #            ^^^^^ 💡 this ULA pool is not masqueraded: turn natOutgoing on, or its pods reach nothing outside the cluster
`;

reports("a pool of the operator")`
  apiVersion: operator.tigera.io/v1
  kind: Installation
  spec:
    calicoNetwork:
      ipPools:
        - {cidr: 10.244.0.0/16, encapsulation: VXLAN}
        - {cidr: "fd12:3456:789a::/56", encapsulation: VXLAN}
        #        ^^^^^^^^^^^^^^^^^^^^^ 💡 this ULA pool is not masqueraded: turn natOutgoing on, or its pods reach nothing outside the cluster
`;

reports("the first pool of calico-node")`
  kind: DaemonSet
  spec:
    template:
      spec:
        containers:
          - env:
              - {name: CALICO_IPV6POOL_CIDR, value: "fd12:3456:789a::/56"}
              #                                     ^^^^^^^^^^^^^^^^^^^^^ this ULA pool is not masqueraded: turn natOutgoing on, or its pods reach nothing outside the cluster
`;

accepts("a pool that is masqueraded, disabled, routed, of IPv4 or for Services")`
  apiVersion: projectcalico.org/v3
  kind: IPPool
  spec: {cidr: "fd12:3456:789a::/56", natOutgoing: true}
  ---
  apiVersion: projectcalico.org/v3
  kind: IPPool
  spec: {cidr: "fd12:3456:789a::/56", disabled: true}
  ---
  apiVersion: projectcalico.org/v3
  kind: IPPool
  spec: {cidr: "2a00:1450::/56"}
  ---
  apiVersion: projectcalico.org/v3
  kind: IPPool
  spec: {cidr: 10.244.0.0/16}
  ---
  apiVersion: projectcalico.org/v3
  kind: IPPool
  spec: {cidr: "fd12:3456:789a::/112", allowedUses: [LoadBalancer]}
`;

accepts("what a template or another source may bring")`
  kind: DaemonSet
  spec:
    template:
      spec:
        containers:
          - envFrom: [{configMapRef: {name: calico}}]
            env:
              - {name: CALICO_IPV6POOL_CIDR, value: "fd12:3456:789a::/56"}
`;

fixes("by turning it on")`
  apiVersion: projectcalico.org/v3
  kind: IPPool
  spec:
    cidr: fd12:3456:789a::/56 # pods
    blockSize: 122
`.to`
  apiVersion: projectcalico.org/v3
  kind: IPPool
  spec:
    cidr: fd12:3456:789a::/56 # pods
    natOutgoing: true
    blockSize: 122
`;
