import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("corefile-reverse-zones");

reports("no zone for IPv6, once")`
  kind: ConfigMap
  data:
    Corefile: |
      .:53 {
          kubernetes cluster.local in-addr.arpa {
          #                        ^^^^^^^^^^^^ 💡 reverse lookups of IPv6 addresses go unanswered: add ip6.arpa beside in-addr.arpa
              fallthrough in-addr.arpa
          }
      }
`;

reports("a zone for IPv6 that ends here")`
  kind: ConfigMap
  data:
    Corefile: |
      .:53 {
          kubernetes cluster.local in-addr.arpa ip6.arpa {
              fallthrough in-addr.arpa # the rest
              #           ^^^^^^^^^^^^ 💡 reverse lookups of foreign IPv6 addresses end here with NXDOMAIN: fall through for ip6.arpa too
          }
      }
`;

accepts("kubeadm's file, fallthrough for everything, and zones by server")`
  kind: ConfigMap
  data:
    Corefile: |
      .:53 {
          errors
          kubernetes cluster.local in-addr.arpa ip6.arpa {
              pods insecure
              fallthrough in-addr.arpa ip6.arpa
              ttl 30
          }
          forward . /etc/resolv.conf {
              max_concurrent 1000
          }
      }
  ---
  kind: ConfigMap
  data:
    Corefile: |
      cluster.local:53 in-addr.arpa:53 ip6.arpa:53 {
          kubernetes {
              fallthrough
          }
      }
  ---
  kind: ConfigMap
  data:
    Corefile: |
      cluster.local:53 {
          kubernetes cluster.local
      }
      .:53 {
          forward . /etc/resolv.conf
      }
`;

fixes("in both places")`
  kind: ConfigMap
  data:
    Corefile: |
      .:53 {
          kubernetes cluster.local in-addr.arpa { # names
              fallthrough in-addr.arpa
          }
      }
`.to`
  kind: ConfigMap
  data:
    Corefile: |
      .:53 {
          kubernetes cluster.local in-addr.arpa ip6.arpa { # names
              fallthrough in-addr.arpa ip6.arpa
          }
      }
`;

reports("the lists that CoreDNS' chart makes a Corefile of")`
  coredns:
    servers:
      - zones: [{zone: ., scheme: "dns://"}]
        port: 53
        plugins:
          - {name: errors}
          - name: kubernetes
            parameters: cluster.local in-addr.arpa
            #                         ^^^^^^^^^^^^ reverse lookups of IPv6 addresses go unanswered: add ip6.arpa beside in-addr.arpa
            configBlock: |-
              pods insecure
`;
