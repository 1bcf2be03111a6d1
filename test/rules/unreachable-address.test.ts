import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("unreachable-address");

reports("what the API server refuses as a backend")`
  apiVersion: discovery.k8s.io/v1
  kind: EndpointSlice
  addressType: IPv6
  endpoints:
    - addresses: ["::"]
    #             ^^^^ may not be unspecified (::); write the real address
    - addresses: ["::1"]
    #             ^^^^^ may not be in the loopback range (127.0.0.0/8, ::1/128); write the real address
    - addresses: ["fe80::9"]
    #             ^^^^^^^^^ may not be in the link-local range (169.254.0.0/16, fe80::/10); use a routable address
    - addresses: ["ff02::fb"]
    #             ^^^^^^^^^^ may not be in the link-local multicast range (224.0.0.0/24, ff02::/10); use a unicast address
`;

reports("multicast that it lets in, and special addresses to send to")`
  kind: Service
  spec:
    clusterIP: "fe80::1"
    #          ^^^^^^^^^ fe80::1 is link-local; use a routable address
    externalIPs: ["ff0e::1", "169.254.1.1"]
    #             ^^^^^^^^^ ff0e::1 is multicast, a group; use a unicast address
    #                        ^^^^^^^^^^^^^ may not be in the link-local range (169.254.0.0/16, fe80::/10); use a routable address
`;

accepts("names for the pod itself, a DNS cache on the node, and unicast")`
  kind: Pod
  spec:
    hostAliases:
      - ip: 127.0.0.1
      - ip: "::1"
      - ip: 0.0.0.0
      - ip: 169.254.169.254
    dnsConfig:
      nameservers: [169.254.20.10, 127.0.0.1, "fd12::53"]
`;

accepts("link-local networks in a policy, which is no target")`
  kind: NetworkPolicy
  apiVersion: networking.k8s.io/v1
  spec:
    egress: [{to: [{ipBlock: {cidr: "fe80::/10"}}]}]
`;

reports("a link-local peer of MetalLB without its interface")`
  apiVersion: metallb.io/v1beta2
  kind: BGPPeer
  spec:
    peerAddress: fe80::1
    #            ^^^^^^^ fe80::1 is link-local; use a routable address, or name spec.interface
`;

accepts("a link-local peer of MetalLB with its interface")`
  apiVersion: metallb.io/v1beta2
  kind: BGPPeer
  spec: {peerAddress: "fe80::1", interface: eth0}
`;

reports("an IPv4-mapped address as long as the API server takes it for the IPv4 address in it", { kubernetes: 33 })`
  apiVersion: v1
  kind: Service
  spec:
    externalIPs: ["::ffff:127.0.0.1"]
    #             ^^^^^^^^^^^^^^^^^^ may not be in the loopback range (127.0.0.0/8, ::1/128); write the real address
`;

accepts("an IPv4-mapped address that is refused as such")`
  apiVersion: v1
  kind: Service
  spec:
    externalIPs: ["::ffff:127.0.0.1"]
`;

reports("a link-local address to advertise")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: InitConfiguration
  localAPIEndpoint:
    advertiseAddress: "fe80::1"
    #                 ^^^^^^^^^ fe80::1 is link-local; use a routable address
`;

accepts("an address to advertise that has kubeadm look for one of the host")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: InitConfiguration
  localAPIEndpoint: {advertiseAddress: "::"}
  ---
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: JoinConfiguration
  controlPlane: {localAPIEndpoint: {advertiseAddress: "::1"}}
`;

reports("a BGP peer that is link-local, of which Calico names no interface")`
  apiVersion: projectcalico.org/v3
  kind: BGPPeer
  spec:
    peerIP: fe80::1
    #       ^^^^^^^ fe80::1 is link-local; use a routable address
  ---
  apiVersion: projectcalico.org/v3
  kind: BGPPeer
  spec:
    peerIP: "[fe80::1]:1790"
    #         ^^^^^^^ fe80::1 is link-local; use a routable address
`;

reports("ranges that are link-local")`
  apiVersion: metallb.io/v1beta1
  kind: IPAddressPool
  spec:
    addresses: ["fe80::/120", fe80::1:10-fe80::1:20]
    #            ^^^^^^^^^^ fe80::/120 is link-local, valid on one link only; use a routable range
    #                         ^^^^^^^^^^^^^^^^^^^^^ fe80::1:10-fe80::1:20 is link-local, valid on one link only; use a routable range
  ---
  apiVersion: cilium.io/v2
  kind: CiliumLoadBalancerIPPool
  spec:
    blocks:
      - cidr: fe80::/120
        #     ^^^^^^^^^^ fe80::/120 is link-local, valid on one link only; use a routable range
      - start: fe80::1:10
        #      ^^^^^^^^^^ fe80::1:10-fe80::1:20 is link-local, valid on one link only; use a routable range
        stop: fe80::1:20
  ---
  kind: ConfigMap
  data:
    net-conf.json: |
      {"EnableIPv4": false, "EnableIPv6": true, "IPv6Network": "fe80::/64"}
      #                                                         ^^^^^^^^^ fe80::/64 is link-local, valid on one link only; use a routable range
  ---
  apiVersion: operator.tigera.io/v1
  kind: Installation
  spec:
    calicoNetwork:
      ipPools:
        - cidr: fe80::/64
          #     ^^^^^^^^^ fe80::/64 is link-local, valid on one link only; use a routable range
`;

accepts("ranges and peers that are routable, an IPPool, which Calico refuses, and a plan")`
  apiVersion: metallb.io/v1beta1
  kind: IPAddressPool
  {addresses: ["fd12:3456:789d::/120", 192.168.50.10-192.168.50.20]}
  ---
  apiVersion: projectcalico.org/v3
  kind: BGPPeer
  spec: {peerIP: "[fd12:3456:789a::1]:1790"}
  ---
  apiVersion: projectcalico.org/v3
  kind: IPPool
  spec: {cidr: "fe80::/64"}
  ---
  addressing: {links: "fe80::/10"}
`;
