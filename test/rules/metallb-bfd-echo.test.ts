import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("metallb-bfd-echo");

reports("a peer with echo that is told of IPv6")`
  apiVersion: metallb.io/v1beta2
  kind: BGPPeer
  metadata: {name: edge}
  spec:
    bfdProfile: fast
    #           ^^^^ pool six has IPv6 and this peer has bfd echo enabled, which is not possible: turn echoMode off
  ---
  apiVersion: metallb.io/v1beta1
  kind: BFDProfile
  metadata: {name: fast}
  spec: {echoMode: true}
  ---
  apiVersion: metallb.io/v1beta1
  kind: IPAddressPool
  metadata: {name: six}
  spec: {addresses: ["fd12::10-fd12::20"]}
  ---
  apiVersion: metallb.io/v1beta1
  kind: BGPAdvertisement
  metadata: {name: all}
  spec: {ipAddressPools: [six]}
`;

accepts("a pool for IPv4, and IPv6 announced to another peer")`
  apiVersion: metallb.io/v1beta2
  kind: BGPPeer
  metadata: {name: edge}
  spec: {bfdProfile: fast}
  ---
  apiVersion: metallb.io/v1beta1
  kind: BFDProfile
  metadata: {name: fast}
  spec: {echoMode: true}
  ---
  apiVersion: metallb.io/v1beta1
  kind: IPAddressPool
  metadata: {name: four}
  spec: {addresses: [10.0.0.0/24]}
  ---
  apiVersion: metallb.io/v1beta1
  kind: IPAddressPool
  metadata: {name: six}
  spec: {addresses: ["fd12::/120"]}
  ---
  apiVersion: metallb.io/v1beta1
  kind: BGPAdvertisement
  metadata: {name: four}
  spec: {ipAddressPools: [four]}
  ---
  apiVersion: metallb.io/v1beta1
  kind: BGPAdvertisement
  metadata: {name: six}
  spec: {ipAddressPools: [six], peers: [other]}
`;
