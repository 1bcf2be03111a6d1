import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("ip-address-parent");

reports("an address of nobody")`
  apiVersion: networking.k8s.io/v1
  kind: IPAddress
  metadata: {name: 10.96.0.1}
  spec: {}
# ^^^^ Required value: say which Service has the address
`;

reports("an address that moves", {
  old: `apiVersion: networking.k8s.io/v1
kind: IPAddress
metadata: {name: 10.96.0.1}
spec: {parentRef: {resource: services, name: web}}
`,
})`
  apiVersion: networking.k8s.io/v1
  kind: IPAddress
  metadata: {name: 10.96.0.1}
  spec:
    parentRef: {resource: services, name: api}
   #^^^^^^^^^ field is immutable; delete the object and create it anew
`;

accepts("a parent that a template writes")`
  apiVersion: networking.k8s.io/v1
  kind: IPAddress
  metadata: {name: 10.96.0.1}
  spec:
    parentRef:
      {{- toYaml .Values.parent | nindent 4 }}
`;

accepts("the same parent in another order", {
  old: `apiVersion: networking.k8s.io/v1
kind: IPAddress
metadata: {name: 10.96.0.1}
spec: {parentRef: {resource: services, name: web}}
`,
})`
  apiVersion: networking.k8s.io/v1
  kind: IPAddress
  metadata: {name: 10.96.0.1}
  spec: {parentRef: {name: web, resource: services}}
`;
