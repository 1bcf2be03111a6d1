import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("service-update");

reports("another first family", {
  old: `kind: Service
metadata: {name: web}
spec: {ipFamilyPolicy: PreferDualStack, ipFamilies: [IPv4, IPv6]}
`,
})`
  kind: Service
  metadata: {name: web}
  spec:
    ipFamilyPolicy: PreferDualStack
    ipFamilies: [IPv6, IPv4]
    #            ^^^^ 💡 may not change once set: the first family is IPv4; add IPv6 behind it, or recreate the Service
`;

reports("the second family released without SingleStack", {
  old: `kind: Service
metadata: {name: web}
spec: {ipFamilyPolicy: RequireDualStack, ipFamilies: [IPv4, IPv6]}
`,
})`
  kind: Service
  metadata: {name: web}
  spec:
    ipFamilyPolicy: PreferDualStack
    #               ^^^^^^^^^^^^^^^ 💡 must be 'SingleStack' to release the secondary IP family
    ipFamilies: [IPv4]
`;

reports("another address", {
  old: `kind: Service
metadata: {name: web}
spec: {clusterIP: 10.96.0.10}
`,
})`
  kind: Service
  metadata: {name: web}
  spec:
    clusterIP: 10.96.0.11
    #          ^^^^^^^^^^ may not change once set; delete the Service and create it anew
`;

reports("an address that becomes None", {
  old: `kind: Service
metadata: {name: web}
spec: {selector: {app: web}}
`,
})`
  kind: Service
  metadata: {name: web}
  spec:
    clusterIP: None
    #          ^^^^ may not change once set; delete the Service and create it anew
`;

accepts("the second family added, and an address that was given before", {
  old: `kind: Service
metadata: {name: web}
spec: {ipFamilies: [IPv4]}
`,
})`
  kind: Service
  metadata: {name: web}
  spec: {clusterIP: 10.96.0.10, ipFamilyPolicy: PreferDualStack, ipFamilies: [IPv4, IPv6]}
`;

accepts("the second family released with SingleStack", {
  old: `kind: Service
metadata: {name: web}
spec: {ipFamilyPolicy: PreferDualStack, ipFamilies: [IPv4, IPv6]}
`,
})`
  kind: Service
  metadata: {name: web}
  spec: {ipFamilyPolicy: SingleStack, ipFamilies: [IPv4]}
`;

accepts("a Service that becomes an ExternalName", {
  old: `kind: Service
metadata: {name: web}
spec: {clusterIP: 10.96.0.10}
`,
})`
  kind: Service
  metadata: {name: web}
  spec: {type: ExternalName, externalName: example.com}
`;
