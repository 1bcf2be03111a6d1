import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("flannel-networks");

reports("IPv6 without a network")`
  kind: ConfigMap
  data:
    net-conf.json: |
      {"Network": "10.244.0.0/16", "EnableIPv6": true, "Backend": {"Type": "vxlan"}}
      #                                          ^^^^ please define a correct IPv6Network parameter in the flannel config
`;

reports("a network that is ignored")`
  kind: ConfigMap
  data:
    net-conf.json: |
      {
        "Network": "10.244.0.0/16",
        "IPv6Network": "fd12:3456:789a::/56"
        #              ^^^^^^^^^^^^^^^^^^^^^ 💡 IPv6Network is ignored without "EnableIPv6": true
      }
`;

reports("IPv6-only without turning IPv4 off")`
  kind: ConfigMap
  data:
    net-conf.json: |
      {"EnableIPv6": true, "IPv6Network": "fd12:3456:789a::/56"}
      #              ^^^^ 💡 please define a correct Network parameter in the flannel config, or "EnableIPv4": false
`;

reports("a network without room")`
  kind: ConfigMap
  data:
    net-conf.json: |
      {"Network": "10.244.0.0/16", "EnableIPv6": true, "IPv6Network": "fd12:3456:789a::/125"}
      #                                                               ^^^^^^^^^^^^^^^^^^^^^^ IPv6Network is too small. Minimum useful network prefix is /124
`;

reports("subnets that do not fit")`
  kind: ConfigMap
  data:
    net-conf.json: |
      {"Network": "10.244.0.0/16", "EnableIPv6": true, "IPv6Network": "fd12:3456:789a::/64", "IPv6SubnetLen": 65}
      #                                                                                                       ^^ network must be able to accommodate at least four subnets: /64 takes 66 or more
`;

accepts("both families, one family of each kind, and another family's network in its field")`
  kind: ConfigMap
  data:
    net-conf.json: |
      {"Network": "10.244.0.0/16", "EnableIPv6": true, "IPv6Network": "fd12:3456:789a::/56", "IPv6SubnetLen": 64}
  ---
  kind: ConfigMap
  data:
    net-conf.json: |
      {"EnableIPv4": false, "EnableIPv6": true, "IPv6Network": "fd12:3456:789a::/56"}
  ---
  kind: ConfigMap
  data:
    net-conf.json: |
      {"Network": "10.244.0.0/16", "Backend": {"Type": "vxlan"}}
  ---
  kind: ConfigMap
  data:
    net-conf.json: |
      {"Network": "10.244.0.0/16", "EnableIPv6": true, "IPv6Network": "10.245.0.0/16"}
`;

accepts("a chart's file, filled in later")`
  kind: ConfigMap
  data:
    net-conf.json: |
      {"EnableIPv6": true, "Network": {{ .Values.podCidr | quote }}}
`;

fixes("by turning IPv6 on, in the lines of the file")`
  kind: ConfigMap
  data:
    net-conf.json: |
      {
        "Network": "10.244.0.0/16",
        "EnableIPv6": false,
        "IPv6Network": "fd12:3456:789a::/56"
      }
`.to`
  kind: ConfigMap
  data:
    net-conf.json: |
      {
        "Network": "10.244.0.0/16",
        "EnableIPv6": true,
        "IPv6Network": "fd12:3456:789a::/56"
      }
`;

fixes("by turning IPv4 off")`
  kind: ConfigMap
  data:
    net-conf.json: |
      {"EnableIPv6": true, "IPv6Network": "fd12:3456:789a::/56"}
`.to`
  kind: ConfigMap
  data:
    net-conf.json: |
      {"EnableIPv6": true, "EnableIPv4": false, "IPv6Network": "fd12:3456:789a::/56"}
`;

reports("a boolean in quotes")`
  kind: ConfigMap
  data:
    net-conf.json: |
      {"Network": "10.244.0.0/16", "EnableIPv6": "true", "IPv6Network": "fd12:3456:789a::/56"}
      #                                          ^^^^^^ 💡 cannot unmarshal string into Go struct field Config.EnableIPv6 of type bool: write true
---
  kind: ConfigMap
  data:
    net-conf.json: |
      {"Network": "10.244.0.0/16", "EnableIPv6": "False"}
      #                                          ^^^^^^^ 💡 cannot unmarshal string into Go struct field Config.EnableIPv6 of type bool: write false
`;

fixes("by taking the quotes away")`
  kind: ConfigMap
  data:
    net-conf.json: |
      {"Network": "10.244.0.0/16", "EnableIPv6": "true", "IPv6Network": "fd12:3456:789a::/56"}
`.to`
  kind: ConfigMap
  data:
    net-conf.json: |
      {"Network": "10.244.0.0/16", "EnableIPv6": true, "IPv6Network": "fd12:3456:789a::/56"}
`;

accepts("keys whatever the case of their letters, of which the last counts")`
  kind: ConfigMap
  data:
    net-conf.json: |
      {"EnableIPv6": true, "enableIPv4": false, "IPv6Network": "fd12:3456:789a::/48"}
  ---
  kind: ConfigMap
  data:
    net-conf.json: |
      {"enableIPv4": false, "enableIPv6": false, "ipv6network": "fd12:3456:789a::/48", "EnableIPV6": true}
`;

reports("the same as with other letters")`
  kind: ConfigMap
  data:
    net-conf.json: |
      {"network": "10.244.0.0/16", "enableIPv6": true, "backend": {"type": "vxlan"}}
      #                                          ^^^^ please define a correct IPv6Network parameter in the flannel config
  ---
  kind: ConfigMap
  data:
    net-conf.json: |
      {"network": "10.244.0.0/16", "enableIPv6": true, "ipv6Network": "fd12:3456:789a::/64", "ipv6SubnetLen": 65}
      #                                                                                                       ^^ network must be able to accommodate at least four subnets: /64 takes 66 or more
`;

reports("a network that is empty, whether or not its family is on")`
  kind: ConfigMap
  data:
    net-conf.json: |
      {"Network": "10.244.0.0/16", "EnableIPv6": true, "IPv6Network": ""}
      #                                                               ^^ invalid CIDR address: "": write the range of the pods, or take it away
  ---
  kind: ConfigMap
  data:
    net-conf.json: |
      {"Network": "10.244.0.0/16", "IPv6Network": ""}
      #                                           ^^ invalid CIDR address: "": write the range of the pods, or take it away
  ---
  kind: ConfigMap
  data:
    net-conf.json: |
      {"Network": "", "EnableIPv4": false, "EnableIPv6": true, "IPv6Network": "fd12:3456:789a::/48"}
      #           ^^ invalid CIDR address: "": write the range of the pods, or take it away
`;

accepts("a network that a template fills in")`
  kind: ConfigMap
  data:
    net-conf.json: |
      {"Network": "10.244.0.0/16", "EnableIPv6": true, "IPv6Network": "{{ .Values.podCidrv6 }}"}
`;

reports("no network at all, and no word of IPv6")`
  kind: ConfigMap
  data:
    net-conf.json: |
      {"EnableIPv4": true, "Backend": {"Type": "vxlan"}}
     # ^^^^^^^^^^^^ please define a correct Network parameter in the flannel config
  ---
  kind: ConfigMap
  data:
    net-conf.json: |
      {"EnableIPv6": false, "Backend": {"Type": "vxlan"}}
     # ^^^^^^^^^^^^ please define a correct Network parameter in the flannel config
`;

accepts("no network where IPv4 is off, or where a template may write one")`
  kind: ConfigMap
  data:
    net-conf.json: |
      {"EnableIPv4": false, "Backend": {"Type": "vxlan"}}
  ---
  kind: ConfigMap
  data:
    net-conf.json: |
      {
        {{- if .Values.podCidr }}
        "Network": "{{ .Values.podCidr }}",
        {{- end }}
        "Backend": {"Type": "vxlan"}
      }
  ---
  kind: ConfigMap
  data:
    net-conf.json: |
      {{ .Values.netConf | nindent 4 }}
`;

accepts("the network that k3s writes where IPv6 is off")`
  kind: ConfigMap
  data:
    net-conf.json: |
      {"Network": "10.42.0.0/16", "EnableIPv6": false, "IPv6Network": "::/0", "Backend": {"Type": "vxlan"}}
`;
