import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("whereabouts-range");

reports("ranges that cannot be read, an exception without a length, a gateway elsewhere")`
  apiVersion: k8s.cni.cncf.io/v1
  kind: NetworkAttachmentDefinition
  spec:
    config: |-
      {"type": "macvlan", "ipam": {"type": "whereabouts",
        "ipRanges": [
          {"range": "fd12::77::/116"},
      #             ^^^^^^^^^^^^^^^^ invalid CIDR (do you have the 'range' parameter set for Whereabouts?); write address/length
          {"range": "fd12:3456:789a::10-fd12:3456:789b::20/112"},
      #             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ invalid CIDR (do you have the 'range' parameter set for Whereabouts?); write two addresses of one network and its length behind the second
          {"range": "fd12:3456:789a::/112", "exclude": ["fd12:3456:789a::50", "fd12:3456:789c::/120"]}
      #                                                 ^^^^^^^^^^^^^^^^^^^^ invalid CIDR address: write fd12:3456:789a::50/128
      #                                                                       ^^^^^^^^^^^^^^^^^^^^^^ fd12:3456:789c::/120 is not in the range: it keeps nothing free
        ],
        "gateway": "fd12:3456:789d::1"
      #            ^^^^^^^^^^^^^^^^^^^ gateway fd12:3456:789d::1 is in no network of the ranges: write an address of one
      }}
`;

accepts("prefixes, two addresses, both families, another plugin")`
  apiVersion: k8s.cni.cncf.io/v1
  kind: NetworkAttachmentDefinition
  spec:
    config: |-
      {"type": "macvlan", "ipam": {"type": "whereabouts",
        "range": "10.77.0.20-10.77.0.90/24",
        "exclude": ["10.77.0.32/28"],
        "ipRanges": [{"range": "fd12:3456:789a::/112"}],
        "gateway": "10.77.0.1"}}
  ---
  apiVersion: k8s.cni.cncf.io/v1
  kind: NetworkAttachmentDefinition
  spec:
    config: '{"type": "macvlan", "ipam": {"type": "other", "range": "a b"}}'
`;

reports("a subnet, as host-local has it, in the place of a range")`
  apiVersion: k8s.cni.cncf.io/v1
  kind: NetworkAttachmentDefinition
  spec:
    config: '{"type":"macvlan","ipam":{"type":"whereabouts","subnet":"fd12:3456:789a::/112"}}'
    #                                                       ^^^^^^^^ invalid CIDR (do you have the 'range' parameter set for Whereabouts?); write range, not subnet
`;
