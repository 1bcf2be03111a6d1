import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("service-cluster-ip-immutable");

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

accepts("an address that was given before", {
  old: `kind: Service
metadata: {name: web}
spec: {selector: {app: web}}
`,
})`
  kind: Service
  metadata: {name: web}
  spec: {clusterIP: 10.96.0.10}
`;

accepts("the same address, and a field left out", {
  old: `kind: Service
metadata: {name: web}
spec: {clusterIP: 10.96.0.10, clusterIPs: [10.96.0.10]}
`,
})`
  kind: Service
  metadata: {name: web}
  spec: {selector: {app: web}}
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

reports("another second address", {
  old: `kind: Service
metadata: {name: web}
spec: {clusterIP: 10.96.0.10, clusterIPs: [10.96.0.10, "fd00:10:96::10"]}
`,
})`
  kind: Service
  metadata: {name: web}
  spec:
    clusterIP: 10.96.0.10
    clusterIPs: [10.96.0.10, "fd00:10:96::11"]
    #                        ^^^^^^^^^^^^^^^^ may not change once set; delete the Service and create it anew
`;
