import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("service-external-name");

reports("addresses and families, which a CNAME does not have")`
  kind: Service
  spec:
    type: ExternalName
    externalName: ledger.example.com
    clusterIP: 10.96.0.10
    #          ^^^^^^^^^^ 💡 may not be set for ExternalName services; remove it
    ipFamilyPolicy: SingleStack
    #               ^^^^^^^^^^^ 💡 may not be set for ExternalName services; remove it
    ipFamilies: [IPv4]
   #^^^^^^^^^^ 💡 may not be set for ExternalName services; remove it
`;

reports("addresses as names")`
  kind: Service
  spec: {type: ExternalName, externalName: "fd12::5"}
  #                                        ^^^^^^^^^ a lowercase RFC 1123 subdomain is wanted, not an IPv6 address; use a Service without selector and an EndpointSlice
  ---
  kind: Service
  spec: {type: ExternalName, externalName: 10.20.30.40}
  #                                        ^^^^^^^^^^^ an IPv4 address is served as a CNAME and never resolves; use a Service without selector and an EndpointSlice
`;

reports("a name that is ignored")`
  kind: Service
  spec:
    externalName: ledger.example.com
    #             ^^^^^^^^^^^^^^^^^^ 💡 spec.externalName is ignored when spec.type is not "ExternalName"; remove it
`;

accepts("a name, empty fields, and a type that a template brings")`
  kind: Service
  spec: {type: ExternalName, externalName: 10-20-30-40.example.com, clusterIP: "", ipFamilies: []}
  ---
  kind: Service
  spec:
    type: {{ .Values.type }}
    externalName: ledger.example.com
`;

fixes("by removing what may not be set")`
  kind: Service
  spec:
    type: ExternalName
    clusterIP: None # old
    externalName: ledger.example.com
`.to`
  kind: Service
  spec:
    type: ExternalName
    externalName: ledger.example.com
`;

reports("an address in brackets, and cluster IPs in the list that repeats clusterIP")`
  kind: Service
  spec:
    type: ExternalName
    externalName: "[fd12::5]"
    #             ^^^^^^^^^^^ a lowercase RFC 1123 subdomain is wanted, not an IPv6 address; use a Service without selector and an EndpointSlice
  ---
  kind: Service
  spec:
    type: ExternalName
    externalName: ledger.example.com
    clusterIP: fd00:10:96::30
    clusterIPs: ["fd00:10:96::30"]
   #^^^^^^^^^^ 💡 may not be set for ExternalName services; remove it
`;

reports("an IPv4 address with the dot of a name behind it")`
  kind: Service
  spec:
    type: ExternalName
    externalName: "10.0.0.5."
    #             ^^^^^^^^^^^ an IPv4 address is served as a CNAME and never resolves; use a Service without selector and an EndpointSlice
`;
