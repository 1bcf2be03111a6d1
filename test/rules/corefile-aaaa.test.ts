import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("corefile-aaaa");

reports("denial of names, empty answers, a filter")`
  kind: ConfigMap
  data:
    Corefile: |
      .:53 {
          template IN AAAA example.org {
              rcode NXDOMAIN
              #     ^^^^^^^^ 💡 NXDOMAIN for AAAA denies the whole name, its A records too: write NOERROR
          }
      }
      .:54 {
          template ANY AAAA {
          #            ^^^^ every name loses its AAAA records, so nobody reaches anything over IPv6: remove this if there is IPv6
              rcode NOERROR
          }
          acl {
              filter type AAAA
              #           ^^^^ every name loses its AAAA records, so nobody reaches anything over IPv6: remove this if there is IPv6
          }
      }
`;

accepts("an answer, one zone, other types, some clients")`
  kind: ConfigMap
  data:
    Corefile: |
      .:53 {
          template IN AAAA example.org {
              rcode NOERROR
          }
          template IN AAAA {
              match ^ip-(.*)
              answer "{{ \`{{ .Name }}\` }} 60 IN AAAA fd12::1"
          }
          template ANY HINFO {
              rcode NXDOMAIN
          }
          acl {
              filter type AAAA net 10.0.0.0/8
          }
      }
`;

fixes("by the empty answer")`
  kind: ConfigMap
  data:
    Corefile: |
      .:53 {
          template IN AAAA example.org {
              rcode NXDOMAIN
          }
      }
`.to`
  kind: ConfigMap
  data:
    Corefile: |
      .:53 {
          template IN AAAA example.org {
              rcode NOERROR
          }
      }
`;

reports("what holds for every name or client, said at length")`
  kind: ConfigMap
  data:
    Corefile: |
      .:53 {
          template IN AAAA . {
          #           ^^^^ every name loses its AAAA records, so nobody reaches anything over IPv6: remove this if there is IPv6
              match .*
              rcode NOERROR
              fallthrough
          }
          acl {
              block type A AAAA net *
              #            ^^^^ every name loses its AAAA records, so nobody reaches anything over IPv6: remove this if there is IPv6
          }
      }
`;

accepts("a server on loopback, which gets what another one leaves to it")`
  kind: ConfigMap
  data:
    Corefile: |
      .:5300 {
          bind 127.0.0.1 ::1
          template IN AAAA .
          forward . 8.8.8.8
      }
`;
