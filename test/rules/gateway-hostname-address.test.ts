import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("gateway-hostname-address");

reports("addresses of listeners")`
  apiVersion: gateway.networking.k8s.io/v1
  kind: Gateway
  spec:
    listeners:
      - {name: a, hostname: 10.0.0.5}
      #                     ^^^^^^^^ an IP address is not allowed as a hostname; leave it out to match all
      - {name: b, hostname: "[fd00::5]"}
      #                     ^^^^^^^^^^^ should match a DNS name, not an IPv6 address; leave it out to match all
`;

accepts("names")`
  apiVersion: gateway.networking.k8s.io/v1
  kind: HTTPRoute
  spec:
    hostnames: [shop.example.net, "*.example.net"]
`;
