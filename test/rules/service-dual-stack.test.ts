import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("service-dual-stack");

reports("a Service, and a headless one, that say nothing of families")`
  kind: Service
  #     ^^^^^^^ 💡 single-stack by default; ipFamilyPolicy: PreferDualStack gives both families where there are both
  spec:
    selector: {app: web}
  ---
  kind: Service
  #     ^^^^^^^ 💡 single-stack: DNS answers with one family only; ipFamilyPolicy: PreferDualStack gives both
  spec:
    clusterIP: None
    selector: {app: web}
`;

accepts("a policy, families, an ExternalName, a headless Service without selector")`
  kind: Service
  spec: {ipFamilyPolicy: SingleStack, selector: {app: web}}
  ---
  kind: Service
  spec: {ipFamilies: [IPv6], selector: {app: web}}
  ---
  kind: Service
  spec: {type: ExternalName, externalName: example.com}
  ---
  kind: Service
  spec: {clusterIP: None}
`;

accepts("single-stack clusters", { cluster: "v6" })`
  kind: Service
  spec: {selector: {app: web}}
`;

fixes("without ipFamilies, which single-stack clusters would refuse")`
  kind: Service
  spec:
    # the web
    selector: {app: web}
`.to`
  kind: Service
  spec:
    # the web
    ipFamilyPolicy: PreferDualStack
    selector: {app: web}
`;
