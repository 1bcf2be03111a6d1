import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("deprecated-range");

reports("every dead range by its name")`
  kind: Pod
  spec:
    hostAliases:
      - ip: "fec0::9"
      #     ^^^^^^^^^ fec0::9 is site-local, deprecated by RFC 3879; use a ULA from fd00::/8
      - ip: "2002:a00:1::1"
      #     ^^^^^^^^^^^^^^^ 2002:a00:1::1 is 6to4, whose public relays are gone (RFC 7526); use a native prefix
      - ip: "2001:0:4136:e378:8000:63bf:3fff:fdd2"
      #     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 2001:0:4136:e378:8000:63bf:3fff:fdd2 is a Teredo address, out of use (RFC 4380); use a native one
      - ip: "2001:10::1"
      #     ^^^^^^^^^^^^ 2001:10::1 is an ORCHID identifier (RFC 4843), not routed; use an address
      - ip: "3ffe:501::9"
      #     ^^^^^^^^^^^^^ 3ffe:501::9 is from the 6bone, returned by RFC 3701; use a prefix of your own
      - ip: "100::9"
      #     ^^^^^^^^ 100::9 is discard-only (RFC 6666): routers drop it; use a prefix of your own
      - ip: "fc00:1234::9"
      #     ^^^^^^^^^^^^^^ fc00:1234::9 is from the undefined half of fc00::/7 (RFC 4193); use fd00::/8
      - ip: "::10.20.30.40"
      #     ^^^^^^^^^^^^^^^ 💡 ::10.20.30.40 is IPv4-compatible, deprecated by RFC 4291; write the IPv4 address
`;

accepts("the network that kind makes up for its nodes")`
  kind: Pod
  spec:
    hostAliases:
      - ip: "fc00:f853:ccd:e793::5"
`;

accepts("living ones close to them")`
  kind: Pod
  spec:
    hostAliases:
      - ip: "fd00:1234::9"
      - ip: "2001:20::1"
      - ip: "2001:4860:4860::8888"
      - ip: "100:0:0:1::9"
      - ip: "::1"
`;

fixes("an IPv4-compatible prefix")`
  kind: NetworkPolicy
  apiVersion: networking.k8s.io/v1
  spec:
    ingress:
      - from:
          - ipBlock: {cidr: "::10.0.0.0/104"}
`.to`
  kind: NetworkPolicy
  apiVersion: networking.k8s.io/v1
  spec:
    ingress:
      - from:
          - ipBlock: {cidr: "10.0.0.0/8"}
`;

reports("peers and endpoints with a rule of their own")`
  apiVersion: projectcalico.org/v3
  kind: BGPPeer
  spec:
    peerIP: "fec0::5"
    #       ^^^^^^^^^ fec0::5 is site-local, deprecated by RFC 3879; use a ULA from fd00::/8
  ---
  apiVersion: projectcalico.org/v3
  kind: BGPPeer
  spec:
    peerIP: "[fc00:1::5]:179"
    #         ^^^^^^^^^ fc00:1::5 is from the undefined half of fc00::/7 (RFC 4193); use fd00::/8
  ---
  apiVersion: kubeproxy.config.k8s.io/v1alpha1
  kind: KubeProxyConfiguration
  metricsBindAddress: "[2002:a00:1::1]:10249"
  #                     ^^^^^^^^^^^^^ 2002:a00:1::1 is 6to4, whose public relays are gone (RFC 7526); use a native prefix
`;

reports("a flag, with the IPv4 address that was meant")`
  kind: Pod
  spec:
    containers:
      - command:
          - kube-apiserver
          - --service-cluster-ip-range=10.96.0.0/16,fec0::/112
          #                                         ^^^^^^^^^^ fec0::/112 is site-local, deprecated by RFC 3879; use a ULA from fd00::/8
          - --advertise-address=::10.20.30.40
          #                     ^^^^^^^^^^^^^ 💡 ::10.20.30.40 is IPv4-compatible, deprecated by RFC 4291; write the IPv4 address
`;

fixes("an address in a flag")`
  kind: Pod
  spec:
    containers:
      - command: [kube-apiserver, "--advertise-address=::10.20.30.40"]
`.to`
  kind: Pod
  spec:
    containers:
      - command: [kube-apiserver, "--advertise-address=10.20.30.40"]
`;

accepts("a few groups that are no IPv4 address")`
  kind: Pod
  spec: {hostAliases: [{ip: "::1:5"}]}
`;

reports("a range once, but of two mistakes each")`
  apiVersion: metallb.io/v1beta1
  kind: IPAddressPool
  spec:
    addresses:
      - fec0::10-fec0::20
      # ^^^^^^^^ fec0::10 is site-local, deprecated by RFC 3879; use a ULA from fd00::/8
      - fec0::10-2002::20
      # ^^^^^^^^ fec0::10 is site-local, deprecated by RFC 3879; use a ULA from fd00::/8
      #          ^^^^^^^^ 2002::20 is 6to4, whose public relays are gone (RFC 7526); use a native prefix
`;

accepts("what is named to be kept out, in an exception and in rules that deny, and what a cluster observes")`
  apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  spec: {egress: [{to: [{ipBlock: {cidr: "::/0", except: [2002::/16, fec0::/10, 100::/64]}}]}]}
  ---
  apiVersion: projectcalico.org/v3
  kind: GlobalNetworkPolicy
  spec: {ingress: [{action: Deny, source: {nets: [3ffe::/16]}}, {action: Allow, source: {notNets: [2002::/16]}}]}
  ---
  apiVersion: cilium.io/v2
  kind: CiliumNetworkPolicy
  spec: {endpointSelector: {}, egressDeny: [{toCIDR: [2002::/16]}]}
  ---
  kind: Node
  status: {addresses: [{type: InternalIP, address: "2002:a00:1::1"}]}
`;
