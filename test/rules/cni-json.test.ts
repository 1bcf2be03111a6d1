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
