import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("config-map-string");

reports("a boolean, a number, and a word that is a boolean in YAML 1.1")`
  apiVersion: v1
  kind: ConfigMap
  data:
    enable-ipv6: true
    #            ^^^^ 💡 json: cannot unmarshal bool into Go struct field ConfigMap.data of type string: quote it
    cluster-pool-ipv6-mask-size: 120
    #                            ^^^ 💡 json: cannot unmarshal number into Go struct field ConfigMap.data of type string: quote it
    debug: off
    #      ^^^ 💡 json: cannot unmarshal bool into Go struct field ConfigMap.data of type string: quote it
`;

accepts("texts, templates, nothing, and what is no ConfigMap")`
  apiVersion: v1
  kind: ConfigMap
  data:
    enable-ipv6: "true"
    mode: native
    mask: '120'
    empty:
    range: 10.0.0.0/8
    from: {{ .Values.ipv6 }}
  ---
  apiVersion: example.org/v1
  kind: ConfigMap
  data:
    debug: true
`;

fixes("by quotes")`
  apiVersion: v1
  kind: ConfigMap
  data:
    enable-ipv6: true # both
    debug: off
`.to`
  apiVersion: v1
  kind: ConfigMap
  data:
    enable-ipv6: "true" # both
    debug: "off"
`;
