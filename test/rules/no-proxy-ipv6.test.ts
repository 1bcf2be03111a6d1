import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("no-proxy-ipv6");

reports("IPv4 networks alone where there is IPv6", { cluster: "dual-v4" })`
  kind: Pod
  spec:
    containers:
      - env:
          - {name: no_proxy, value: "10.0.0.0/8,.svc"}
          #                         ^^^^^^^^^^^^^^^^^ requests to IPv6 addresses of the cluster go to the proxy: add its IPv6 ranges
`;

accepts("both, names alone, and another variable", { cluster: "dual-v6" })`
  kind: Pod
  spec:
    containers:
      - env:
          - {name: NO_PROXY, value: "10.0.0.0/8,fd12::/16,.svc"}
          - {name: no_proxy, value: ".svc,.cluster.local"}
          - {name: ALLOWED, value: 10.0.0.0/8}
`;

accepts("a cluster nobody knows")`
  kind: Pod
  spec:
    containers:
      - env:
          - {name: NO_PROXY, value: "10.0.0.0/8,.svc"}
`;
