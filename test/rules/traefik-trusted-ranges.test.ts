import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("traefik-trusted-ranges");

reports("lists and arguments in values, and a pod's arguments", { cluster: "dual-v4" })`
  ports:
    web: {forwardedHeaders: {trustedIPs: [10.0.0.0/8]}}
    #                                     ^^^^^^^^^^ only IPv4 ranges: over IPv6 the balancer is taken for the client; add its IPv6 range
  additionalArguments:
    - "--entryPoints.web.proxyProtocol.trustedIPs=10.0.0.0/8,172.16.0.0/12"
    #                                             ^^^^^^^^^^^^^^^^^^^^^^^^ only IPv4 ranges: over IPv6 the balancer is taken for the client; add its IPv6 range
---
  kind: Pod
  spec:
    containers:
      - args: [--entrypoints.web.forwardedHeaders.trustedIPs=10.0.0.0/8]
        #                                                    ^^^^^^^^^^ only IPv4 ranges: over IPv6 the balancer is taken for the client; add its IPv6 range
`;

accepts("both families, and the pod itself", { cluster: "dual-v4" })`
  ports:
    web:
      forwardedHeaders: {trustedIPs: [10.0.0.0/8, "fd12:3456:789a::/48"]}
      proxyProtocol: {trustedIPs: [127.0.0.1/32]}
`;

accepts("where nobody knows of IPv6")`
  ports: {web: {proxyProtocol: {trustedIPs: [10.0.0.0/8]}}}
`;
