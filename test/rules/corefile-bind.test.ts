import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("corefile-bind");

reports("one family")`
  kind: ConfigMap
  data:
    Corefile: |
      .:53 {
          bind 0.0.0.0
          #    ^^^^^^^ 💡 CoreDNS does not answer over IPv6 with bind 0.0.0.0: remove bind
          errors
      }
`;

accepts("both, an address, and none")`
  kind: ConfigMap
  data:
    Corefile: |
      .:53 {
          bind 0.0.0.0 ::
      }
      a:53 {
          bind 169.254.20.10
      }
      b:53 {
          errors
      }
`;

fixes("by removing the line")`
  kind: ConfigMap
  data:
    Corefile: |
      .:53 {
          bind 0.0.0.0
          errors
      }
`.to`
  kind: ConfigMap
  data:
    Corefile: |
      .:53 {
          errors
      }
`;

reports("IPv6 for loopback alone, with a fix only where nothing else is bound")`
  kind: ConfigMap
  data:
    Corefile: |
      .:53 {
          bind 0.0.0.0 ::1
          #    ^^^^^^^ 💡 CoreDNS does not answer over IPv6 with bind 0.0.0.0: remove bind
      }
      a:53 {
          bind 0.0.0.0
          #    ^^^^^^^ CoreDNS does not answer over IPv6 with bind 0.0.0.0: remove bind
          bind 127.0.0.1 ::1
      }
      b:53 {
          bind 0.0.0.0 169.254.20.10
          #    ^^^^^^^ CoreDNS does not answer over IPv6 with bind 0.0.0.0: remove bind
      }
`;

fixes("two arguments by removing the line")`
  kind: ConfigMap
  data:
    Corefile: |
      .:53 {
          bind ::1 0.0.0.0
          errors
      }
`.to`
  kind: ConfigMap
  data:
    Corefile: |
      .:53 {
          errors
      }
`;
