import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("blackbox-fallback");

reports("a preference taken for a demand")`
  kind: ConfigMap
  data:
    blackbox.yml: |
      modules:
        http6:
          http:
            preferred_ip_protocol: ip6
            #                      ^^^ 💡 this probe falls back to IPv4 and passes: set ip_protocol_fallback: false
        icmp6:
          icmp:
            preferred_ip_protocol: "ip6"
            #                      ^^^^^ 💡 this probe falls back to IPv4 and passes: set ip_protocol_fallback: false
            ip_protocol_fallback: true
`;

accepts("a demand, IPv4, and the default")`
  kind: ConfigMap
  data:
    blackbox.yml: |
      modules:
        http6: {http: {preferred_ip_protocol: ip6, ip_protocol_fallback: false}}
        http4: {http: {preferred_ip_protocol: ip4}}
        tcp: {tcp: {}}
`;

reports("modules in a file of another name")`
  kind: ConfigMap
  data:
    config.yml: |
      modules:
        ping6:
          prober: icmp
          icmp:
            preferred_ip_protocol: ip6
            #                      ^^^ 💡 this probe falls back to IPv4 and passes: set ip_protocol_fallback: false
`;
