import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("cni-ranges");

reports("both families in one set")`
  kind: NetworkAttachmentDefinition
  spec:
    config: '{"ipam":{"type":"host-local","ranges":[[{"subnet":"10.245.0.0/24"},{"subnet":"fd12::/64"}]]}}'
    #                                                                                     ^^^^^^^^^^^ invalid range set 0: mixed address families; write one inner list for each family
`;

reports("addresses outside the subnet")`
  kind: NetworkAttachmentDefinition
  spec:
    config: |
      {"plugins": [{"ipam": {"type": "host-local", "ranges": [[
        {
          "subnet": "fd12::/64",
          "rangeStart": "fd13::10",
          #             ^^^^^^^^^^ fd13::10 not in network fd12::/64: write an address of it
          "gateway": "10.245.0.1"
          #          ^^^^^^^^^^^^ gateway 10.245.0.1 not in network fd12::/64: write an address of it
        }
      ]]}}]}
`;

reports("a subnet without room")`
  kind: NetworkAttachmentDefinition
  spec:
    config: '{"ipam":{"type":"host-local","ranges":[[{"subnet":"fd12::/127"}]]}}'
    #                                                          ^^^^^^^^^^^^ Network fd12::/127 too small to allocate from
`;

reports("sets that overlap")`
  kind: NetworkAttachmentDefinition
  spec:
    config: '{"ipam":{"type":"host-local","ranges":[[{"subnet":"fd12::/64"}],[{"subnet":"fd12::/80"}]]}}'
    #                                                                                   ^^^^^^^^^^^ range set 0 overlaps with 1
`;

accepts("a set for each family, parts of one subnet, and another plugin's ranges")`
  kind: NetworkAttachmentDefinition
  spec:
    config: '{"ipam":{"type":"host-local","ranges":[[{"subnet":"10.245.0.0/24"}],[{"subnet":"fd12::/64","gateway":"fd12::1"}]]}}'
  ---
  kind: NetworkAttachmentDefinition
  spec:
    config: |
      {"ipam": {"type": "host-local", "ranges": [
        [{"subnet": "fd12::/64", "rangeStart": "fd12::10", "rangeEnd": "fd12::20"}],
        [{"subnet": "fd12::/64", "rangeStart": "fd12::30", "rangeEnd": "fd12::40"}]
      ]}}
  ---
  kind: NetworkAttachmentDefinition
  spec:
    config: '{"ipam":{"type":"whereabouts","range":"10.245.0.0/31"}}'
`;

reports("ranges of one set that overlap, and a range that ends before it starts")`
  kind: NetworkAttachmentDefinition
  spec:
    config: '{"ipam":{"type":"host-local","ranges":[[{"subnet":"fd12::/64"},{"subnet":"fd12::/80"}]]}}'
    #                                                                                 ^^^^^^^^^^^ subnets of range set 0 overlap
  ---
  kind: NetworkAttachmentDefinition
  spec:
    config: '{"ipam":{"type":"host-local","ranges":[[{"subnet":"fd12::/64","rangeStart":"fd12::20","rangeEnd":"fd12::10"}]]}}'
    #                                                                                                         ^^^^^^^^^^ fd12::10 is in network fd12::/64 but before start fd12::20: swap them
`;
