import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("corefile-dns64");

reports("lengths and families that it refuses")`
  kind: ConfigMap
  data:
    Corefile: |
      .:53 {
          dns64 64:ff9b::/100
          #     ^^^^^^^^^^^^^ 💡 invalid prefix length "64:ff9b::/100": it is 32, 40, 48, 56, 64, 72, 80, 88 or 96
      }
      a:53 {
          dns64 {
              prefix 10.0.0.0/8
              #      ^^^^^^^^^^ invalid netmask 32 IPv6 address: "10.0.0.0/8"; write an IPv6 prefix
          }
      }
`;

reports("a property that is not there")`
  kind: ConfigMap
  data:
    Corefile: |
      .:53 {
          dns64 {
              prefix 64:ff9b::/96
              allow_v4
             #^^^^^^^^ 💡 unknown property 'allow_v4': there are prefix, translate_all and allow_ipv4
          }
      }
`;

reports("that it is silent to IPv4, where pods ask so", { cluster: "dual-v4" })`
  kind: ConfigMap
  data:
    Corefile: |
      .:53 {
          dns64
         #^^^^^ questions that come over IPv4 get no synthesized AAAA: add allow_ipv4 for pods that ask so
      }
`;

accepts("what it reads")`
  kind: ConfigMap
  data:
    Corefile: |
      .:53 {
          dns64 64:ff9b::/96
      }
      a:53 {
          dns64 {
              prefix fd12:3456:789a::/96
              translate_all
              allow_ipv4
          }
      }
`;

reports("plugins without their server")`
  kind: ConfigMap
  metadata: {name: coredns-custom}
  data:
    nat64.override: |
      dns64 {
          prefix 64:ff9b::/100
          #      ^^^^^^^^^^^^^ 💡 invalid prefix length "64:ff9b::/100": it is 32, 40, 48, 56, 64, 72, 80, 88 or 96
      }
`;
