import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("service-cidr-immutable");

reports("another range", {
  old: `apiVersion: networking.k8s.io/v1
kind: ServiceCIDR
metadata: {name: second}
spec: {cidrs: [10.97.0.0/16, "fd12::/112"]}
`,
})`
  apiVersion: networking.k8s.io/v1
  kind: ServiceCIDR
  metadata: {name: second}
  spec:
    cidrs: [10.97.0.0/16]
   #^^^^^ field is immutable: it is 10.97.0.0/16, fd12::/112; create another ServiceCIDR
`;

reports("the second family before 1.34", {
  kubernetes: 33,
  old: `apiVersion: networking.k8s.io/v1
kind: ServiceCIDR
metadata: {name: second}
spec: {cidrs: [10.97.0.0/16]}
`,
})`
  apiVersion: networking.k8s.io/v1
  kind: ServiceCIDR
  metadata: {name: second}
  spec:
    cidrs: [10.97.0.0/16, "fd12::/112"]
   #^^^^^ field is immutable: it is 10.97.0.0/16; create another ServiceCIDR
`;

accepts("the second family behind the first", {
  old: `apiVersion: networking.k8s.io/v1
kind: ServiceCIDR
metadata: {name: second}
spec: {cidrs: [10.97.0.0/16]}
`,
})`
  apiVersion: networking.k8s.io/v1
  kind: ServiceCIDR
  metadata: {name: second}
  spec: {cidrs: [10.97.0.0/16, "fd12::/112"]}
`;

reports("another range in its place", {
  old: `apiVersion: networking.k8s.io/v1
kind: ServiceCIDR
metadata: {name: second}
spec: {cidrs: [10.97.0.0/16, "fd12::/112"]}
`,
})`
  apiVersion: networking.k8s.io/v1
  kind: ServiceCIDR
  metadata: {name: second}
  spec:
    cidrs: [10.97.0.0/16, "fd13::/112"]
    #                     ^^^^^^^^^^^^ field is immutable: it is 10.97.0.0/16, fd12::/112; create another ServiceCIDR
`;

accepts("a second range of the same family, which is another rule's to report", {
  old: `apiVersion: networking.k8s.io/v1
kind: ServiceCIDR
metadata: {name: second}
spec: {cidrs: [10.97.0.0/16]}
`,
})`
  apiVersion: networking.k8s.io/v1
  kind: ServiceCIDR
  metadata: {name: second}
  spec: {cidrs: [10.97.0.0/16, 10.98.0.0/16]}
`;

reports("two ranges in the other order, each of which has changed", {
  old: `apiVersion: networking.k8s.io/v1
kind: ServiceCIDR
metadata: {name: second}
spec: {cidrs: [10.97.0.0/16, "fd12::/112"]}
`,
})`
  apiVersion: networking.k8s.io/v1
  kind: ServiceCIDR
  metadata: {name: second}
  spec:
    cidrs:
      - fd12::/112
      # ^^^^^^^^^^ field is immutable: it is 10.97.0.0/16, fd12::/112; create another ServiceCIDR
      - 10.97.0.0/16
      # ^^^^^^^^^^^^ field is immutable: it is 10.97.0.0/16, fd12::/112; create another ServiceCIDR
`;

reports("another first range beside a new second one", {
  old: `apiVersion: networking.k8s.io/v1
kind: ServiceCIDR
metadata: {name: second}
spec: {cidrs: [10.97.0.0/16]}
`,
})`
  apiVersion: networking.k8s.io/v1
  kind: ServiceCIDR
  metadata: {name: second}
  spec:
    cidrs: [10.98.0.0/16, "fd12::/112"]
    #       ^^^^^^^^^^^^ field is immutable: it is 10.97.0.0/16; create another ServiceCIDR
`;
