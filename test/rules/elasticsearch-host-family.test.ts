import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("elasticsearch-host-family");

reports("IPv4 alone, where there is none", { cluster: "v6" })`
  kind: Pod
  spec:
    containers:
      - env:
          - {name: NETWORK_HOST, value: "_eth0:ipv4_"}
          #                             ^^^^^^^^^^^^^ pods here have no IPv4 address: write _eth0_
---
  esConfig: {network.host: "_site:ipv4_"}
  #                        ^^^^^^^^^^^^^ pods here have no IPv4 address: write _site_
`;

reports("IPv6 alone, where there is none", { cluster: "v4" })`
  esConfig: {network.host: "_site:ipv6_"}
  #                        ^^^^^^^^^^^^^ pods here have no IPv6 address: write _site_
`;

accepts("a family that there is, or none", { cluster: "dual-v4" })`
  esConfig: {network.host: "_site:ipv4_", http.host: _site_}
`;
