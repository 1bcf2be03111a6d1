import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("cni-json");

reports("a comma too many")`
  kind: NetworkAttachmentDefinition
  spec:
    config: '{"type":"bridge",}'
    #       ^^^^^^^^^^^^^^^^^^^^ error parsing configuration: Expected double-quoted property name in JSON at position 17
`;

reports("a comment in a list of plugins")`
  kind: ConfigMap
  data:
    10-side.conflist: |
      {"plugins": [ // one
     #^^^^^^^^^^^^^^^^^^^^ error parsing configuration: Unexpected token '/', ..."ugins": [ // one
        {"type": "bridge"}
      ]}
`;

accepts("JSON, nothing, and what is filled in later")`
  kind: NetworkAttachmentDefinition
  spec:
    config: '{"type":"bridge"}'
  ---
  kind: NetworkAttachmentDefinition
  spec:
    config: ''
  ---
  kind: ConfigMap
  data:
    10-calico.conflist: |
      {"mtu": __CNI_MTU__}
`;

reports("a comma too many and one too few in flannel's file")`
  kind: ConfigMap
  data:
    net-conf.json: '{"EnableIPv6": true, "IPv6Network": "fd12:3456:789a::/56",}'
    #              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error parsing subnet config: Expected double-quoted property name in JSON at position 58
---
  kind: ConfigMap
  data:
    net-conf.json: '{"EnableIPv6": true "IPv6Network": "fd12:3456:789a::/56"}'
    #              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error parsing subnet config: Expected ',' or '}' after property value in JSON at position 20
`;

accepts("flannel's file, and one that a template fills in")`
  kind: ConfigMap
  data:
    net-conf.json: |
      {"EnableIPv6": true, "IPv6Network": "fd12:3456:789a::/56"}
---
  kind: ConfigMap
  data:
    net-conf.json: |
      {"EnableIPv6": true, "IPv6Network": {{ .Values.podCidr | quote }},}
`;

reports("a file that a DaemonSet copies, which stops in the middle")`
  kind: ConfigMap
  data:
    cni-conf.json: |
      {"name": "cbr0", "plugins": [
     #^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error parsing configuration: Unexpected end of JSON input
    net-conf.json: |
      {"Network": "10.244.0.0/16", "Backend": {"Type": "vxlan"}}
`;

accepts("such a file that is whole, and Calico's, which is no JSON before it is filled in")`
  kind: ConfigMap
  data:
    cni-conf.json: |
      {"name": "cbr0", "plugins": [{"type": "flannel"}]}
  ---
  kind: ConfigMap
  data:
    cni_network_config: |
      {"plugins": [{"type": "calico", "mtu": __CNI_MTU__}]}
`;

reports("a configuration that is YAML, and JSON without quotes, which is YAML as well")`
  apiVersion: k8s.cni.cncf.io/v1
  kind: NetworkAttachmentDefinition
  spec:
    config:
   #^^^^^^ spec.config in body must be of type string: "object"; put the JSON in quotes
      cniVersion: 1.0.0
      type: bridge
  ---
  apiVersion: k8s.cni.cncf.io/v1
  kind: NetworkAttachmentDefinition
  spec:
    config: {"cniVersion": "1.0.0", "type": "bridge"}
   #^^^^^^ spec.config in body must be of type string: "object"; put the JSON in quotes
`;

accepts("JSON in a block, and what a template writes in quotes or without")`
  apiVersion: k8s.cni.cncf.io/v1
  kind: NetworkAttachmentDefinition
  spec:
    config: |
      {"cniVersion": "1.0.0", "type": "bridge"}
  ---
  apiVersion: k8s.cni.cncf.io/v1
  kind: NetworkAttachmentDefinition
  spec:
    config: {{ .Values.config | toJson | quote }}
  ---
  apiVersion: k8s.cni.cncf.io/v1
  kind: NetworkAttachmentDefinition
  spec:
    config: {{- toYaml .Values.config | nindent 6 }}
  ---
  apiVersion: k8s.cni.cncf.io/v1
  kind: NetworkAttachmentDefinition
  spec:
    config: >-
      {{ .Values.config | toJson }}
`;
