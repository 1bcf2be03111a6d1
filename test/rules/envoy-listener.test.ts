import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("envoy-listener");

reports("a listener for IPv4")`
  kind: ConfigMap
  data:
    envoy.yaml: |
      static_resources:
        listeners:
          - address:
              socket_address: {address: 0.0.0.0, port_value: 8080}
              #                         ^^^^^^^ 💡 this listener answers over IPv4 only: write "::" with ipv4_compat: true
`;

accepts("both families, the pod itself, a cluster's endpoint")`
  kind: ConfigMap
  data:
    envoy.yaml: |
      admin:
        address: {socket_address: {address: 127.0.0.1, port_value: 9901}}
      static_resources:
        listeners:
          - address:
              socket_address: {address: "::", ipv4_compat: true, port_value: 8080}
          - address:
              socket_address: {address: 0.0.0.0, port_value: 8081}
            additional_addresses:
              - address: {socket_address: {address: "::", port_value: 8081}}
        clusters:
          - load_assignment: {endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: 0.0.0.0}}}}]}]}
`;

fixes("in JSON, and under another name")`
  kind: ConfigMap
  data:
    bootstrap.json: |
      {"static_resources": {"listeners": [{"address": {"socket_address": {"address": "0.0.0.0", "port_value": 80}}}]}}
`.to`
  kind: ConfigMap
  data:
    bootstrap.json: |
      {"static_resources": {"listeners": [{"address": {"socket_address": {"address": "::", "ipv4_compat": true, "port_value": 80}}}]}}
`;

reports("the other spelling of protocol buffers in JSON")`
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: cilium-envoy-config}
  data:
    bootstrap-config.json: |
      {"staticResources":{"listeners":[{"name":"x","address":{"socketAddress":{"address":"0.0.0.0","portValue":9964}}}]}}
      #                                                                                  ^^^^^^^^^ 💡 this listener answers over IPv4 only: write "::" with ipv4_compat: true
`;
