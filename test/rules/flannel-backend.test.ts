import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("flannel-backend");

reports("a backend without IPv6, and none at all")`
  kind: ConfigMap
  data:
    net-conf.json: |
      {"EnableIPv6": true, "Backend": {"Type": "udp"}}
      #                                        ^^^^^ 💡 this backend has no IPv6: write vxlan, wireguard or host-gw
  ---
  kind: ConfigMap
  data:
    net-conf.json: |
      {"EnableIPv6": true}
      #              ^^^^ without Backend it is udp, which has no IPv6: write vxlan, wireguard or host-gw
`;

accepts("those with IPv6, and any without IPv6")`
  kind: ConfigMap
  data:
    net-conf.json: |
      {"EnableIPv6": true, "Backend": {"Type": "host-gw"}}
  ---
  kind: ConfigMap
  data:
    net-conf.json: |
      {"Network": "10.244.0.0/16", "Backend": {"Type": "udp"}}
`;

reports("a backend that leaves the network to others or to commands, and one that does not exist")`
  kind: ConfigMap
  data:
    net-conf.json: |
      {"EnableIPv6": true, "Backend": {"Type": "alloc"}}
      #                                        ^^^^^^^ 💡 this backend has no IPv6: write vxlan, wireguard or host-gw
  ---
  kind: ConfigMap
  data:
    net-conf.json: |
      {"EnableIPv6": true, "Backend": {"Type": "extension"}}
      #                                        ^^^^^^^^^^^ 💡 this backend has no IPv6: write vxlan, wireguard or host-gw
`;

accepts("the others with IPv6, and a backend of a template")`
  kind: ConfigMap
  data:
    net-conf.json: |
      {"EnableIPv6": true, "Backend": {"Type": "wireguard"}}
  ---
  kind: ConfigMap
  data:
    net-conf.json: |
      {"EnableIPv6": true, "Backend": {"Type": "{{ .Values.backend }}"}}
`;

accepts("capital letters, which flannel writes small")`
  kind: ConfigMap
  data:
    net-conf.json: |
      {"EnableIPv6": true, "Backend": {"Type": "VXLAN"}}
  ---
  kind: ConfigMap
  data:
    net-conf.json: |
      {"EnableIPv6": true, "Backend": {"Type": "Host-GW"}}
`;

reports("the same under keys of other letters")`
  kind: ConfigMap
  data:
    net-conf.json: |
      {"enableIPv6": true, "backend": {"type": "ipip"}}
      #                                        ^^^^^^ 💡 this backend has no IPv6: write vxlan, wireguard or host-gw
`;
