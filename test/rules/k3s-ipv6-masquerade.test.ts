import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("k3s-ipv6-masquerade");

reports("a unique local range without masquerading")`
  cluster-cidr: fd00:1::/56
  #             ^^^^^^^^^^^ 💡 fd00:1::/56 is unique local: pods get no IPv6 way out without flannel-ipv6-masq: true
`;

reports("masquerading that is turned off")`
  cluster-cidr: fd00:1::/56
  flannel-ipv6-masq: false
  #                  ^^^^^ 💡 fd00:1::/56 is unique local: pods get no IPv6 way out without flannel-ipv6-masq: true
`;

accepts("masquerading on, what a template decides, global addresses, IPv4, and other networks")`
  cluster-cidr: fd00:1::/56
  flannel-ipv6-masq: true
---
  cluster-cidr: fd00:1::/56
  flannel-ipv6-masq: {{ .masq }}
---
  cluster-cidr: 2600:1f00::/56
  flannel-ipv6-masq: false
---
  cluster-cidr: 10.42.0.0/16,2600:1f00::/56
---
  cluster-cidr: fd00:1::/56
  flannel-backend: none
---
  cluster-cidr: fd00:1::/56
  cni: cilium
`;

fixes("the flag")`
  cluster-cidr: fd00:1::/56
  flannel-ipv6-masq: false # no
`.to`
  cluster-cidr: fd00:1::/56
  flannel-ipv6-masq: true # no
`;
