import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("calico-bgp-peer");

reports("brackets without a port, port 0, a port without brackets")`
  apiVersion: projectcalico.org/v3
  kind: BGPPeer
  spec:
    peerIP: "[fd12:3456:789a:ff::1]"
    #       ^^^^^^^^^^^^^^^^^^^^^^^^ 💡 failed to validate Field: PeerIP because of Tag: IP:port; brackets are for a port only
  ---
  apiVersion: projectcalico.org/v3
  kind: BGPPeer
  spec:
    peerIP: "[fd12:3456:789a:ff::1]:0"
    #       ^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 failed to validate Field: PeerIP because of Tag: IP:port; a port is 1 to 65535, BGP's is 179
  ---
  apiVersion: projectcalico.org/v3
  kind: BGPPeer
  spec:
    peerIP: "fd12:3456:789a:ff:0:0:0:1:179"
    #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ failed to validate Field: PeerIP because of Tag: IP:port; write an address, or [address]:port
`;

reports("a gateway of the other family")`
  apiVersion: projectcalico.org/v3
  kind: BGPPeer
  spec:
    peerIP: "[fd12:3456:789a:ff::1]:179"
    reachableBy: 10.0.0.1
    #            ^^^^^^^^ ReachableBy and PeerIP address family mismatched: peerIP is IPv6
`;

accepts("bare addresses, ports in range, a peer chosen by selector, MetalLB's BGPPeer")`
  apiVersion: projectcalico.org/v3
  kind: BGPPeer
  spec: {peerIP: "fd12:3456:789a:ff::1", reachableBy: "fd12:3456:789a:ff::2"}
  ---
  apiVersion: projectcalico.org/v3
  kind: BGPPeer
  spec: {peerIP: "10.0.0.1:1179"}
  ---
  apiVersion: projectcalico.org/v3
  kind: BGPPeer
  spec: {peerSelector: "rr == 'true'"}
  ---
  apiVersion: metallb.io/v1beta2
  kind: BGPPeer
  spec: {peerAddress: "fd12:3456:789a:ff::1"}
`;

fixes("by the bare address, or BGP's port")`
  apiVersion: projectcalico.org/v3
  kind: BGPPeer
  spec:
    peerIP: "[fd12:3456:789a:ff::1]"
  ---
  apiVersion: projectcalico.org/v3
  kind: BGPPeer
  spec:
    peerIP: "[fd12:3456:789a:ff::1]:0"
`.to`
  apiVersion: projectcalico.org/v3
  kind: BGPPeer
  spec:
    peerIP: "fd12:3456:789a:ff::1"
  ---
  apiVersion: projectcalico.org/v3
  kind: BGPPeer
  spec:
    peerIP: "[fd12:3456:789a:ff::1]:179"
`;

reports("leading zeros, which Go takes in no version")`
  apiVersion: projectcalico.org/v3
  kind: BGPPeer
  spec:
    peerIP: 10.0.0.01
    #       ^^^^^^^^^ 💡 failed to validate Field: PeerIP because of Tag: IP:port; write 10.0.0.1, without leading 0s
  ---
  apiVersion: projectcalico.org/v3
  kind: BGPPeer
  spec:
    peerIP: 010.0.0.1:179
    #       ^^^^^^^^^^^^^ 💡 failed to validate Field: PeerIP because of Tag: IP:port; write 10.0.0.1:179, without leading 0s
`;
