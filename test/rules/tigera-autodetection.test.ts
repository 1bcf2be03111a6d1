import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("tigera-autodetection");

reports("two methods for one family")`
  apiVersion: operator.tigera.io/v1
  kind: Installation
  spec:
    calicoNetwork:
      nodeAddressAutodetectionV6:
        firstFound: true
        interface: eth.*
       #^^^^^^^^^ 💡 no more than one node address autodetection method can be specified per-family
`;

reports("eBPF with a pool for IPv6 and no way to find the nodes' addresses")`
  apiVersion: operator.tigera.io/v1
  kind: Installation
  spec:
    calicoNetwork:
      linuxDataplane: BPF
      #               ^^^ 💡 spec.calicoNetwork.nodeAddressAutodetectionV6 is required for the BPF dataplane: add firstFound: true
      ipPools:
        - cidr: fd12:3456:789a::/56
`;

accepts("one method, a method that is off, eBPF for IPv4 alone")`
  apiVersion: operator.tigera.io/v1
  kind: Installation
  spec:
    calicoNetwork:
      linuxDataplane: BPF
      nodeAddressAutodetectionV4: {firstFound: false, interface: eth.*}
      ipPools:
        - {cidr: 10.244.0.0/16}
`;

fixes("by taking the second method away")`
  apiVersion: operator.tigera.io/v1
  kind: Installation
  spec:
    calicoNetwork:
      nodeAddressAutodetectionV6:
        firstFound: true
        interface: eth.* # the second
`.to`
  apiVersion: operator.tigera.io/v1
  kind: Installation
  spec:
    calicoNetwork:
      nodeAddressAutodetectionV6:
        firstFound: true
`;

reports("an address of a family that no pool has")`
  apiVersion: operator.tigera.io/v1
  kind: Installation
  spec:
    calicoNetwork:
      nodeAddressAutodetectionV4: {firstFound: true}
    # ^^^^^^^^^^^^^^^^^^^^^^^^^^ no pool is IPv4: calico-node does not start on nodes without an IPv4 address; leave it out
      nodeAddressAutodetectionV6: {firstFound: true}
      ipPools: [{cidr: "fd12::/56"}]
`;
