import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("service-cluster-ip-family");

reports("the first address and the second")`
  kind: Service
  spec:
    clusterIP: 10.96.0.10
    clusterIPs:
      - 10.96.0.10
      # ^^^^^^^^^^ 💡 expected an IPv6 value as indicated by \`ipFamilies[0]\`
      - fd00:10:96::10
      # ^^^^^^^^^^^^^^ expected an IPv4 value as indicated by \`ipFamilies[1]\`
    ipFamilies: [IPv6, IPv4]
`;

accepts("the same order, None, one family more than addresses, and addresses that are wrong in themselves")`
  kind: Service
  spec: {clusterIP: 10.96.0.10, ipFamilies: [IPv4, IPv6]}
  ---
  kind: Service
  spec: {clusterIP: None, ipFamilies: [IPv6]}
  ---
  kind: Service
  spec: {clusterIP: 10.96.0.10, clusterIPs: [10.96.0.10, 10.96.0.11], ipFamilies: [IPv4, IPv6]}
`;

fixes("by naming the families in the order of the addresses")`
  kind: Service
  spec:
    clusterIP: 10.96.0.10
    clusterIPs: [10.96.0.10, "fd00:10:96::10"]
    ipFamilies: [IPv6, IPv4]
`.to`
  kind: Service
  spec:
    clusterIP: 10.96.0.10
    clusterIPs: [10.96.0.10, "fd00:10:96::10"]
    ipFamilies: [IPv4, IPv6]
`;

accepts("an IPv4-mapped address, which is IPv4 to the API server")`
  kind: Service
  spec:
    clusterIP: "::ffff:10.96.0.5"
    ipFamilies: [IPv4]
`;
