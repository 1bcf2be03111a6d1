import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("ingress-alb-inbound-cidrs");

reports("a range of one family, whose counterpart cannot be guessed")`
  kind: Ingress
  metadata:
    annotations:
      alb.ingress.kubernetes.io/ip-address-type: dualstack
      alb.ingress.kubernetes.io/inbound-cidrs: 10.0.0.0/8
      #                                        ^^^^^^^^^^ dualstack, but only IPv4 clients are let in; add IPv6 ranges
`;

reports("IPv6 alone")`
  kind: Ingress
  metadata:
    annotations:
      alb.ingress.kubernetes.io/ip-address-type: dualstack
      alb.ingress.kubernetes.io/inbound-cidrs: "::/0"
      #                                        ^^^^^^ 💡 dualstack, but only IPv6 clients are let in; add 0.0.0.0/0
`;

accepts("both families, and a load balancer of one")`
  kind: Ingress
  metadata:
    annotations:
      alb.ingress.kubernetes.io/ip-address-type: dualstack
      alb.ingress.kubernetes.io/inbound-cidrs: 0.0.0.0/0, ::/0
---
  kind: Ingress
  metadata:
    annotations:
      alb.ingress.kubernetes.io/ip-address-type: ipv4
      alb.ingress.kubernetes.io/inbound-cidrs: 0.0.0.0/0
`;
