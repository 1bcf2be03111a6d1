import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("corefile-forward");

reports("ports without brackets")`
  kind: ConfigMap
  data:
    Corefile: |
      .:53 {
          forward . fd12:3456:789a:0:0:0:0:53:53 fd12:3456:789a::a:53
          #         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 not an IP address or file: "fd12:3456:789a:0:0:0:0:53:53"; write [fd12:3456:789a:0:0:0:0:53]:53
          #                                      ^^^^^^^^^^^^^^^^^^^^ 💡 fd12:3456:789a::a:53 is read as an address without a port: write [fd12:3456:789a::a]:53 if 53 is the port
      }
`;

reports("itself, with the loop plugin")`
  kind: ConfigMap
  data:
    Corefile: |
      .:53 {
          loop
          forward . 127.0.0.1 [::1]:53
          #         ^^^^^^^^^ Loop (127.0.0.1) detected for zone ".": this is CoreDNS itself, name a real upstream
          #                   ^^^^^^^^ Loop ([::1]:53) detected for zone ".": this is CoreDNS itself, name a real upstream
      }
`;

accepts("bare addresses, brackets, files, names with a scheme, another server on loopback")`
  kind: ConfigMap
  data:
    Corefile: |
      .:53 {
          loop
          forward . fd12:3456:789a::53 [fd12:3456:789a::53]:53 /etc/resolv.conf tls://[fd12::1]:853 127.0.0.1:5353
      }
      example.org {
          forward . 127.0.0.1:5300
      }
`;

fixes("by brackets")`
  kind: ConfigMap
  data:
    Corefile: |
      .:53 {
          forward . dns://fd12:3456:789a:0:0:0:0:53:53
      }
`.to`
  kind: ConfigMap
  data:
    Corefile: |
      .:53 {
          forward . dns://[fd12:3456:789a:0:0:0:0:53]:53
      }
`;

reports("brackets without a port")`
  kind: ConfigMap
  data:
    Corefile: |
      .:53 {
          forward . tls://[2001:4860:4860::8888] [2606:4700:4700::1111]
          #         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 not an IP address or file: "[2001:4860:4860::8888]"; brackets are for a port only
          #                                      ^^^^^^^^^^^^^^^^^^^^^^ 💡 not an IP address or file: "[2606:4700:4700::1111]"; brackets are for a port only
      }
`;

// https://github.com/kubernetes-sigs/kubespray/issues/13078
reports("where plugins of CoreDNS listen")`
  kind: ConfigMap
  data:
    Corefile: |
      cluster.local:53 {
          health fd00:1:2:3::10:9254
          #      ^^^^^^^^^^^^^^^^^^^ 💡 address fd00:1:2:3::10:9254: too many colons in address: write [fd00:1:2:3::10]:9254
          prometheus [fd00:1:2:3::10]:9253
          ready :8181
      }
`;
