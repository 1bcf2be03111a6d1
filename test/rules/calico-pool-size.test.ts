import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("calico-pool-size");

reports("a node's /64 taken for a block")`
  apiVersion: projectcalico.org/v3
  kind: IPPool
  spec:
    cidr: fd12:3456:789a::/56
    blockSize: 64
    #          ^^ 💡 blockSize must be between 20 and 32 for IPv4 pools, and between 116 and 128 for IPv6 pools
`;

reports("an IPv6 block in an IPv4 pool")`
  apiVersion: projectcalico.org/v3
  kind: IPPool
  spec:
    cidr: 10.244.0.0/16
    blockSize: 122
    #          ^^^ 💡 blockSize must be between 20 and 32 for IPv4 pools, and between 116 and 128 for IPv6 pools
`;

reports("a pool smaller than its block")`
  apiVersion: projectcalico.org/v3
  kind: IPPool
  spec:
    cidr: fd12:3456:789a::/126
    #     ^^^^^^^^^^^^^^^^^^^^ IP pool size is too small for use with Calico IPAM. It must be equal to or greater than the block size, /122
  ---
  apiVersion: projectcalico.org/v3
  kind: IPPool
  spec:
    cidr: 10.244.0.0/25
    #     ^^^^^^^^^^^^^ IP pool size is too small for use with Calico IPAM. It must be equal to or greater than the block size, /24
    blockSize: 24
`;

reports("a link-local pool")`
  apiVersion: projectcalico.org/v3
  kind: IPPool
  spec:
    cidr: fe80::/120
    #     ^^^^^^^^^^ IPPool CIDR overlaps with IPv6 link local range fe80::/10: use a routable prefix
`;

reports("a block the operator refuses")`
  apiVersion: operator.tigera.io/v1
  kind: Installation
  spec:
    calicoNetwork:
      ipPools:
        - cidr: fd12:3456:789a::/56
          blockSize: 64
          #          ^^ 💡 IPv6 pool block size must be greater than 115 and less than or equal to 128: 122 is usual
`;

accepts("a pool of exactly one block, and a disabled one of one address")`
  apiVersion: projectcalico.org/v3
  kind: IPPool
  spec: {cidr: "fd12:3456:789a::/122"}
  ---
  apiVersion: projectcalico.org/v3
  kind: IPPool
  spec: {cidr: "fd12:3456:789a::/128", disabled: true}
  ---
  apiVersion: projectcalico.org/v3
  kind: IPPool
  spec: {cidr: "fd12:3456:789a::/126", blockSize: 128}
`;

fixes("by the usual size of the family")`
  apiVersion: projectcalico.org/v3
  kind: IPPool
  spec:
    cidr: 10.244.0.0/16
    blockSize: 122
`.to`
  apiVersion: projectcalico.org/v3
  kind: IPPool
  spec:
    cidr: 10.244.0.0/16
    blockSize: 26
`;

reports("a pool of the operator smaller than its block")`
  apiVersion: operator.tigera.io/v1
  kind: Installation
  spec:
    calicoNetwork:
      ipPools:
        - cidr: fd12:3456:789a::/124
          #     ^^^^^^^^^^^^^^^^^^^^ IP pool size is too small. It must be equal to or greater than the block size, /122
`;
