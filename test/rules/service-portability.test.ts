import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("service-portability");

reports("what some clusters would refuse, where nobody knows the cluster")`
  kind: Service
  spec:
    ipFamilyPolicy: PreferDualStack
    ipFamilies: [IPv4, IPv6]
    #                  ^^^^ a family that is named has to be there: single-stack clusters refuse this in spite of Prefer
  ---
  kind: Service
  spec:
    ipFamilyPolicy: RequireDualStack
    #               ^^^^^^^^^^^^^^^^ 💡 RequireDualStack is refused by single-stack clusters; PreferDualStack fits both
`;

accepts("Prefer alone, one family, and a headless Service without selector")`
  kind: Service
  spec: {ipFamilyPolicy: PreferDualStack}
  ---
  kind: Service
  spec: {ipFamilyPolicy: PreferDualStack, ipFamilies: [IPv6]}
  ---
  kind: Service
  spec: {clusterIP: None, ipFamilyPolicy: RequireDualStack}
`;

accepts("anything where the cluster is known", { cluster: "dual-v4" })`
  kind: Service
  spec: {ipFamilyPolicy: RequireDualStack}
`;

fixes("by Prefer")`
  kind: Service
  spec:
    ipFamilyPolicy: 'RequireDualStack' # both
`.to`
  kind: Service
  spec:
    ipFamilyPolicy: 'PreferDualStack' # both
`;

accepts("more than two, which somebody with such a cluster wrote, and what came out of one")`
  kind: Service
  spec: {ipFamilyPolicy: RequireDualStack}
  ---
  kind: Service
  spec: {ipFamilyPolicy: RequireDualStack}
  ---
  kind: Service
  spec: {ipFamilyPolicy: RequireDualStack}
`;

accepts("a Service as its cluster shows it")`
  kind: Service
  spec: {clusterIP: 10.96.156.243, ipFamilyPolicy: PreferDualStack, ipFamilies: [IPv4, IPv6]}
`;
