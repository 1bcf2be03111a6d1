import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("service-dual-stack");

reports("a Service, and a headless one, that say nothing of families, beside one that has both")`
  kind: Service
  #     ^^^^^^^ 💡 single-stack, unlike others here; ipFamilyPolicy: PreferDualStack gives both families
  spec:
    selector: {app: web}
  ---
  kind: Service
  #     ^^^^^^^ 💡 single-stack, unlike others here: DNS answers with one family; PreferDualStack gives both
  spec:
    clusterIP: None
    selector: {app: web}
  ---
  kind: Service
  metadata: {name: api}
  spec: {ipFamilies: [IPv6, IPv4], ipFamilyPolicy: RequireDualStack, selector: {app: api}}
`;

accepts("Services of which none has both families, whatever the cluster has", { cluster: "dual-v4" })`
  kind: Service
  spec: {selector: {app: web}}
  ---
  kind: Service
  spec: {ipFamilyPolicy: SingleStack, ipFamilies: [IPv6], selector: {app: web}}
`;

accepts("a policy, families, an ExternalName, a headless Service without selector")`
  kind: Service
  metadata: {name: api}
  spec: {ipFamilyPolicy: PreferDualStack, selector: {app: api}}
  ---
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
  metadata: {name: api}
  spec: {ipFamilyPolicy: PreferDualStack, selector: {app: api}}
  ---
  kind: Service
  spec: {selector: {app: web}}
`;

fixes("without ipFamilies, which single-stack clusters would refuse")`
  kind: Service
  metadata: {name: api}
  spec: {ipFamilyPolicy: PreferDualStack, selector: {app: api}}
  ---
  kind: Service
  spec:
    # the web
    selector: {app: web}
`.to`
  kind: Service
  metadata: {name: api}
  spec: {ipFamilyPolicy: PreferDualStack, selector: {app: api}}
  ---
  kind: Service
  spec:
    # the web
    ipFamilyPolicy: PreferDualStack
    selector: {app: web}
`;

accepts("many Services beside one with both families")`
  kind: Service
  metadata: {name: api}
  spec: {ipFamilyPolicy: PreferDualStack, selector: {app: api}}
  ---
  kind: Service
  metadata: {name: a}
  spec: {selector: {app: a}}
  ---
  kind: Service
  metadata: {name: b}
  spec: {selector: {app: b}}
  ---
  kind: Service
  metadata: {name: c}
  spec: {selector: {app: c}}
`;
