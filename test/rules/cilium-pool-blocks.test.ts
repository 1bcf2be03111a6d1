import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("cilium-pool-blocks");

reports("blocks that are no range")`
  apiVersion: cilium.io/v2
  kind: CiliumLoadBalancerIPPool
  spec:
    blocks:
      - {start: 192.168.50.10, stop: "fd12:3456:789d::20"}
      #                              ^^^^^^^^^^^^^^^^^^^^ start is IPv4 and stop is IPv6: make a block for each family
      - {stop: "fd12:3456:789d::20"}
      #        ^^^^^^^^^^^^^^^^^^^^ stop without start: write the first address of the range
      - {cidr: "fd12:3456:789d::/120", start: "fd12:3456:789d::20"}
      #        ^^^^^^^^^^^^^^^^^^^^^^ a block is a cidr or a start and stop, not both
      - {start: 192.168.50.20, stop: 192.168.50.10}
      #                              ^^^^^^^^^^^^^ stop lies before start: swap them
`;

accepts("a prefix, a range, one address")`
  apiVersion: cilium.io/v2
  kind: CiliumLoadBalancerIPPool
  spec:
    blocks:
      - {cidr: "fd12:3456:789d::/120"}
      - {start: 192.168.50.10, stop: 192.168.50.20}
      - {start: "fd12:3456:789d:1::1"}
`;
