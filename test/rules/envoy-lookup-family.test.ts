import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("envoy-lookup-family");

const file = (family: string) => `
  kind: ConfigMap
  data:
    envoy.yaml: |
      static_resources:
        clusters: [{name: a, type: STRICT_DNS, dns_lookup_family: ${family}}]`;

reports("IPv4 alone, where there is none", { cluster: "v6" })`${file("V4_ONLY")}
      #                                                           ^^^^^^^ 💡 no Service of this cluster has an address of that family: write ALL, or leave it out
`;

accepts("what finds the Services there are", { cluster: "v6" })`${file("V6_ONLY")}
---${file("ALL")}
`;

accepts("IPv4 alone, where there is IPv4", { cluster: "dual-v6" })`${file("V4_ONLY")}
`;

fixes("by asking for both", { cluster: "v6" })`${file("V4_ONLY")}
`.to`${file("ALL")}
`;
