import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("unassigned-prefix");

reports("what looks like IPv4, and other space of nobody")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking:
    podSubnet: 10.244.0.0/16,10:244::/56
    #                        ^^^^^^^^^^^ 10:244::/56 only looks like IPv4: nobody is assigned this IPv6 space or routes it; draw a ULA from fd00::/8
    serviceSubnet: 10.96.0.0/16,10:2400:1::/112
    #                           ^^^^^^^^^^^^^^^ nobody is assigned 10:2400:1::/112, nor routes it; take a prefix of yours, or draw a ULA from fd00::/8
`;

reports("addresses, and blocks inside of the global space that IANA keeps")`
  apiVersion: metallb.io/v1beta1
  kind: IPAddressPool
  metadata: {name: a}
  spec:
    addresses:
      - 192:168:1::10-192:168:1::20
      # ^^^^^^^^^^^^^ 192:168:1::10 only looks like IPv4: nobody is assigned this IPv6 space or routes it; draw a ULA from fd00::/8
      - 2e00:12::/64
      # ^^^^^^^^^^^^ nobody is assigned 2e00:12::/64, nor routes it; take a prefix of yours, or draw a ULA from fd00::/8
      - abcd:ef01::/64
      # ^^^^^^^^^^^^^^ nobody is assigned abcd:ef01::/64, nor routes it; take a prefix of yours, or draw a ULA from fd00::/8
`;

accepts("global space, ULAs, what has a meaning of its own, and all of IPv6")`
  apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  spec:
    podSelector: {}
    egress:
      - to:
          - ipBlock: {cidr: "::/0", except: ["fc00::/7", "fe80::/10", "10:1::/64"]}
          - ipBlock: {cidr: "2a0e:97c0:3ea::/48"}
          - ipBlock: {cidr: "64:ff9b::/96"}
          - ipBlock: {cidr: "2001:db8::/32"}
          - ipBlock: {cidr: "::/1"}
          - ipBlock: {cidr: "8000::/1"}
          - ipBlock: {cidr: "ff02::/16"}
          - ipBlock: {cidr: "fec0::/10"}
`;
