import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("metallb-native-mode");

reports("IPv6 over the speaker's own BGP")`
  kind: DaemonSet
  spec: {template: {spec: {containers: [{image: "quay.io/metallb/speaker:v0.15.2"}]}}}
  ---
  apiVersion: metallb.io/v1beta1
  kind: IPAddressPool
  metadata: {name: edge}
  spec:
    addresses: [10.0.0.0/24, "fd12:3456:789d::/120"]
    #                        ^^^^^^^^^^^^^^^^^^^^^^ pool "edge" has ipv6 CIDR fd12:3456:789d::/120, native bgp mode does not support ipv6: run the speaker in FRR mode
  ---
  apiVersion: metallb.io/v1beta1
  kind: BGPAdvertisement
  spec: {ipAddressPools: [edge]}
`;

accepts("FRR mode")`
  kind: DaemonSet
  spec: {template: {spec: {containers: [{image: "quay.io/metallb/speaker:v0.15.2", env: [{name: METALLB_BGP_TYPE, value: frr}]}]}}}
  ---
  apiVersion: metallb.io/v1beta1
  kind: IPAddressPool
  metadata: {name: edge}
  spec: {addresses: ["fd12:3456:789d::/120"]}
  ---
  apiVersion: metallb.io/v1beta1
  kind: BGPAdvertisement
  spec: {ipAddressPools: [edge]}
`;

accepts("layer 2, and a speaker nobody sees")`
  apiVersion: metallb.io/v1beta1
  kind: IPAddressPool
  metadata: {name: edge}
  spec: {addresses: ["fd12:3456:789d::/120"]}
  ---
  apiVersion: metallb.io/v1beta1
  kind: L2Advertisement
  spec: {ipAddressPools: [edge]}
`;
