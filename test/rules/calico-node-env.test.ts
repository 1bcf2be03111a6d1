import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("calico-node-env");

reports("a pool for IPv6 with Felix off")`
  kind: DaemonSet
  spec:
    template:
      spec:
        containers:
          - name: calico-node
            env:
              - {name: CALICO_IPV6POOL_CIDR, value: "fd12:3456:789a::/56"}
              - {name: FELIX_IPV6SUPPORT, value: "false"}
              #                                  ^^^^^^^ 💡 Felix programs nothing for IPv6 with "false": write "true", an IPv6 pool is asked for here
`;

reports("what calico-node stops at")`
  kind: DaemonSet
  spec:
    template:
      spec:
        containers:
          - image: quay.io/calico/node:v3.32.0
            env:
              - {name: NO_DEFAULT_POOLS, value: "true"}
              #                                 ^^^^^^ Invalid configuration with NO_DEFAULT_POOLS defined and CALICO_IPV4POOL_CIDR: take one of them away
              - {name: CALICO_IPV4POOL_CIDR, value: 10.244.0.0/16}
              - {name: CALICO_IPV6POOL_BLOCK_SIZE, value: "64"}
              #                                           ^^^^ 💡 Invalid blocksize 64 for version 6: it is 116 to 128
              - {name: CALICO_IPV4POOL_BLOCK_SIZE, value: "33"}
              #                                           ^^^^ 💡 Invalid blocksize 33 for version 4: it is 20 to 32
`;

accepts("the published manifest, which has IPv6 off and no pool for it")`
  kind: DaemonSet
  spec:
    template:
      spec:
        containers:
          - name: calico-node
            image: quay.io/calico/node:v3.32.0
            env:
              - {name: IP, value: autodetect}
              - {name: CALICO_IPV4POOL_IPIP, value: Always}
              - {name: FELIX_IPV6SUPPORT, value: "false"}
              - {name: CALICO_IPV6POOL_BLOCK_SIZE, value: "122"}
`;

accepts("another container with such variables")`
  kind: Pod
  spec:
    containers:
      - name: web
        env:
          - {name: IP6, value: autodetect}
          - {name: FELIX_IPV6SUPPORT, value: "false"}
`;

fixes("by turning IPv6 on")`
  kind: DaemonSet
  spec:
    template:
      spec:
        containers:
          - name: calico-node
            env:
              - {name: IP6, value: autodetect}
              - {name: FELIX_IPV6SUPPORT, value: "false"}
`.to`
  kind: DaemonSet
  spec:
    template:
      spec:
        containers:
          - name: calico-node
            env:
              - {name: IP6, value: autodetect}
              - {name: FELIX_IPV6SUPPORT, value: "true"}
`;

reports("pools of the other family, and one without a length")`
  kind: DaemonSet
  spec:
    template:
      spec:
        containers:
          - name: calico-node
            env:
              - {name: CALICO_IPV4POOL_CIDR, value: "fd12:3456:789a::/56"}
              #                                     ^^^^^^^^^^^^^^^^^^^^^ Invalid CIDR specified in CALICO_IPV4POOL_CIDR 'fd12:3456:789a::/56': write one IPv4 prefix
              - {name: CALICO_IPV6POOL_CIDR, value: 10.244.0.0/16}
              #                                     ^^^^^^^^^^^^^ Invalid CIDR specified in CALICO_IPV6POOL_CIDR '10.244.0.0/16': write one IPv6 prefix
---
  kind: DaemonSet
  spec:
    template:
      spec:
        containers:
          - name: calico-node
            env:
              - {name: CALICO_IPV4POOL_CIDR, value: "10.244.0.0/16,fd12:3456:789a::/56"}
              #                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Invalid CIDR specified in CALICO_IPV4POOL_CIDR '10.244.0.0/16,fd12:3456:789a::/56': write one IPv4 prefix
              - {name: CALICO_IPV6POOL_CIDR, value: "fd12:3456:789a::"}
              #                                     ^^^^^^^^^^^^^^^^^^ Invalid CIDR specified in CALICO_IPV6POOL_CIDR 'fd12:3456:789a::': add its length
`;

accepts("no pool by that word, an empty value, and what is filled in later")`
  kind: DaemonSet
  spec:
    template:
      spec:
        containers:
          - name: calico-node
            env:
              - {name: CALICO_IPV4POOL_CIDR, value: ""}
              - {name: CALICO_IPV6POOL_CIDR, value: none}
              - {name: FELIX_IPV6SUPPORT, value: "false"}
---
  kind: DaemonSet
  spec:
    template:
      spec:
        containers:
          - name: calico-node
            env:
              - {name: CALICO_IPV4POOL_CIDR, value: POD_CIDR}
              - {name: CALICO_IPV6POOL_CIDR, value: "\${PREFIX}::/56"}
`;

reports("leading zeros, which Go takes in no version")`
  apiVersion: apps/v1
  kind: DaemonSet
  spec:
    template:
      spec:
        containers:
          - name: calico-node
            env:
              - {name: CALICO_IPV4POOL_CIDR, value: "010.244.0.0/16"}
              #                                     ^^^^^^^^^^^^^^^^ Invalid CIDR specified in CALICO_IPV4POOL_CIDR '010.244.0.0/16': take the leading 0s away
`;

reports("a pool that holds no block")`
  kind: DaemonSet
  spec:
    template:
      spec:
        containers:
          - name: calico-node
            env:
              - {name: CALICO_IPV6POOL_CIDR, value: "fd12:3456:789a::/124"}
              #                                     ^^^^^^^^^^^^^^^^^^^^^^ IP pool size is too small for use with Calico IPAM. It must be equal to or greater than the block size, /122
              - {name: CALICO_IPV4POOL_CIDR, value: 10.244.0.0/28}
              - {name: CALICO_IPV4POOL_BLOCK_SIZE, value: "28"}
`;
