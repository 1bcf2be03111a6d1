import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("service-cluster-ips");

reports("clusterIPs alone, and in another order")`
  kind: Service
  spec:
    clusterIPs: [10.96.0.10]
    #            ^^^^^^^^^^ 💡 must be empty when \`clusterIP\` is not specified; set clusterIP to the first of them
  ---
  kind: Service
  spec:
    clusterIP: 10.96.0.10
    clusterIPs: ["fd00:10:96::10", 10.96.0.10]
    #            ^^^^^^^^^^^^^^^^ 💡 first value must match \`clusterIP\`
`;

reports("a third, a second of the same family, and None with company")`
  kind: Service
  spec:
    clusterIP: 10.96.0.10
    clusterIPs: [10.96.0.10, "fd00:10:96::10", 10.96.0.11]
    #                                          ^^^^^^^^^^ may only hold up to 2 values
  ---
  kind: Service
  spec:
    clusterIP: "fd00:10:96::10"
    clusterIPs: ["fd00:10:96::10", "fd00:10:96::11"]
    #                              ^^^^^^^^^^^^^^^^ may specify no more than one IP for each IP family
  ---
  kind: Service
  spec:
    clusterIP: None
    clusterIPs: [None, 10.96.0.10]
    #            ^^^^ 'None' must be the first and only value
  ---
  kind: Service
  spec:
    clusterIP: 10.96.0.10
    clusterIPs:
      - 10.96.0.10
      - None
      # ^^^^ must be a valid IP address: None stands alone or not at all
`;

accepts("one of each family, None alone, and a template")`
  kind: Service
  spec: {clusterIP: 10.96.0.10, clusterIPs: [10.96.0.10, "fd00:10:96::10"]}
  ---
  kind: Service
  spec: {clusterIP: None, clusterIPs: [None]}
  ---
  kind: Service
  spec:
    clusterIPs: ["{{ .Values.ip }}"]
`;

fixes("by repeating the first")`
  kind: Service
  spec:
    # addresses
    clusterIPs:
      - fd00:10:96::10
`.to`
  kind: Service
  spec:
    # addresses
    clusterIP: fd00:10:96::10
    clusterIPs:
      - fd00:10:96::10
`;

reports("three of one family: too many of them, and of one family")`
  kind: Service
  spec:
    clusterIP: 10.96.0.10
    clusterIPs: [10.96.0.10, 10.96.0.11, 10.96.0.12]
    #                        ^^^^^^^^^^ may specify no more than one IP for each IP family
    #                                    ^^^^^^^^^^ may only hold up to 2 values
`;

accepts("an ExternalName Service, which may have none: that is said by another rule")`
  kind: Service
  spec: {type: ExternalName, externalName: db.example.com, clusterIPs: [10.96.0.10]}
`;
