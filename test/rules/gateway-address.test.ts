import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("gateway-address");

reports("brackets, and a prefix, of the default type too")`
  apiVersion: gateway.networking.k8s.io/v1
  kind: Gateway
  spec:
    addresses:
      - {type: IPAddress, value: "[fd00::5]"}
      #                          ^^^^^^^^^^^ 💡 "spec.addresses[0].value" must validate at least one schema (anyOf): write a bare IP address
      - value: fd00::/120
        #      ^^^^^^^^^^ "spec.addresses[1].value" must validate at least one schema (anyOf): write a bare IP address
`;

accepts("bare addresses, and other types")`
  apiVersion: gateway.networking.k8s.io/v1
  kind: Gateway
  spec:
    addresses: [{value: "fd00::5"}, {value: 10.0.0.5}, {type: Hostname, value: edge.example.net}, {type: IPAddress}]
`;
