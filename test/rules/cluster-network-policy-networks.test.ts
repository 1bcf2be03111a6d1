import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("cluster-network-policy-networks");

reports("an address, an IPv4-mapped prefix and leading zeros")`
  apiVersion: policy.networking.k8s.io/v1alpha2
  kind: ClusterNetworkPolicy
  spec:
    egress:
      - to:
          - networks:
              - fd00::1
              # ^^^^^^^ 💡 Invalid CIDR format provided; write fd00::1/128
              - ::ffff:10.0.0.0/104
              # ^^^^^^^^^^^^^^^^^^^ Invalid CIDR format provided; write address/length, as in fd00:1234::/48
              - 10.0.0.0/08
              # ^^^^^^^^^^^ Invalid CIDR format provided; write address/length, as in fd00:1234::/48
`;

accepts("prefixes of both families, host bits included")`
  apiVersion: policy.networking.k8s.io/v1alpha2
  kind: ClusterNetworkPolicy
  spec:
    egress:
      - to: [{networks: [10.0.0.0/8, "fd00::1/64", "{{ .net }}"]}]
`;

fixes("by making the address a prefix")`
  apiVersion: policy.networking.k8s.io/v1alpha2
  kind: ClusterNetworkPolicy
  spec:
    egress:
      - to: [{networks: ['10.0.0.1']}]
`.to`
  apiVersion: policy.networking.k8s.io/v1alpha2
  kind: ClusterNetworkPolicy
  spec:
    egress:
      - to: [{networks: ['10.0.0.1/32']}]
`;
