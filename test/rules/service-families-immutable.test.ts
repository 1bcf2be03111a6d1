import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("service-families-immutable");

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

reports("the primary family of the cluster, where the Service named none", {
  cluster: "dual-v4",
  old: `kind: Service
metadata: {name: web}
spec: {selector: {app: web}}
`,
})`
  kind: Service
  metadata: {name: web}
  spec:
    ipFamilies: [IPv6]
    #            ^^^^ may not change once set: the first family is IPv4; add IPv6 behind it, or recreate the Service
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

accepts("the second family added", {
  old: `kind: Service
metadata: {name: web}
spec: {ipFamilies: [IPv4]}
`,
})`
  kind: Service
  metadata: {name: web}
  spec: {ipFamilyPolicy: PreferDualStack, ipFamilies: [IPv4, IPv6]}
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

reports("the second family released by an update without a policy, which keeps the one before", {
  old: `kind: Service
metadata: {name: web}
spec: {ipFamilyPolicy: PreferDualStack, ipFamilies: [IPv4, IPv6]}
`,
})`
  kind: Service
  metadata: {name: web}
  spec:
    ipFamilies: [IPv4]
    #            ^^^^ must be 'SingleStack' to release the secondary IP family
`;

reports("IPv6 first where nobody knows the cluster", {
  old: `kind: Service
metadata: {name: web}
spec: {selector: {app: web}}
`,
})`
  kind: Service
  metadata: {name: web}
  spec:
    ipFamilyPolicy: PreferDualStack
    ipFamilies: [IPv6, IPv4]
    #            ^^^^ 💡 may not change once set: the first family is IPv4; add IPv6 behind it, or recreate the Service
`;

accepts("a headless Service without selector, for which nothing was allocated", {
  old: `kind: Service
metadata: {name: web}
spec: {clusterIP: None, ipFamilies: [IPv4, IPv6]}
`,
})`
  kind: Service
  metadata: {name: web}
  spec: {clusterIP: None, ipFamilies: [IPv6, IPv4]}
`;

const headless = `kind: Service
metadata: {name: web}
spec: {clusterIP: None, selector: {app: web}, ipFamilyPolicy: PreferDualStack, ipFamilies: [IPv4, IPv6]}
`;

accepts("another first family of a headless Service, which may change them", { old: headless })`
  kind: Service
  metadata: {name: web}
  spec: {clusterIP: None, selector: {app: web}, ipFamilyPolicy: PreferDualStack, ipFamilies: [IPv6, IPv4]}
`;

accepts("a headless Service that turns from one family to the other", {
  old: `kind: Service
metadata: {name: web}
spec: {clusterIP: None, selector: {app: web}, ipFamilies: [IPv4]}
`,
})`
  kind: Service
  metadata: {name: web}
  spec: {clusterIP: None, selector: {app: web}, ipFamilies: [IPv6]}
`;

reports("the second family of a headless Service released without SingleStack", { old: headless })`
  kind: Service
  metadata: {name: web}
  spec:
    clusterIP: None
    selector: {app: web}
    ipFamilyPolicy: PreferDualStack
    #               ^^^^^^^^^^^^^^^ 💡 must be 'SingleStack' to release the secondary IP family
    ipFamilies: [IPv4]
`;

accepts("a headless Service that names no families, or lets the second one go with SingleStack", { old: headless })`
  kind: Service
  metadata: {name: web}
  spec: {clusterIP: None, selector: {app: web}, ipFamilyPolicy: PreferDualStack}
  ---
  kind: Service
  metadata: {name: web}
  spec: {clusterIP: None, selector: {app: web}, ipFamilyPolicy: SingleStack, ipFamilies: [IPv6]}
`;

reports("the same without selector", {
  old: `kind: Service
metadata: {name: web}
spec: {clusterIP: None, ipFamilyPolicy: RequireDualStack}
`,
})`
  kind: Service
  metadata: {name: web}
  spec:
    clusterIP: None
    ipFamilyPolicy: RequireDualStack
    #               ^^^^^^^^^^^^^^^^ 💡 must be 'SingleStack' to release the secondary IP family
    ipFamilies: [IPv4]
`;

reports("the same without a policy, which is RequireDualStack there, whatever the cluster", {
  cluster: "v4",
  old: `kind: Service
metadata: {name: web}
spec: {clusterIP: None}
`,
})`
  kind: Service
  metadata: {name: web}
  spec:
    clusterIP: None
    ipFamilies: [IPv4]
    #            ^^^^ must be 'SingleStack' to release the secondary IP family
`;

accepts("one family added to a headless Service without selector", {
  old: `kind: Service
metadata: {name: web}
spec: {clusterIP: None, ipFamilyPolicy: SingleStack, ipFamilies: [IPv4]}
`,
})`
  kind: Service
  metadata: {name: web}
  spec: {clusterIP: None, ipFamilyPolicy: RequireDualStack, ipFamilies: [IPv4]}
`;

accepts("an object of another API group under the same name", {
  old: "apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata: {name: web}\nspec: {}\n",
  cluster: "dual-v4",
})`
  apiVersion: v1
  kind: Service
  metadata: {name: web}
  spec: {ipFamilies: [IPv6]}
`;
