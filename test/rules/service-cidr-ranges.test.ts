import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("service-cidr-ranges");

reports("none, three, and two of one family")`
  apiVersion: networking.k8s.io/v1
  kind: ServiceCIDR
  spec:
    cidrs: []
   #^^^^^ at least one CIDR required
  ---
  apiVersion: networking.k8s.io/v1
  kind: ServiceCIDR
  spec:
    cidrs: [10.97.0.0/16, "fd12::/112", 10.98.0.0/16]
    #                                   ^^^^^^^^^^^^ may only hold up to 2 values; put this one into an object of its own
  ---
  apiVersion: networking.k8s.io/v1
  kind: ServiceCIDR
  spec:
    cidrs: ["fd12:1::/112", "fd12:2::/112"]
    #                       ^^^^^^^^^^^^^^ may specify no more than one IP for each IP family; put this one into an object of its own
`;

accepts("one, one of each family, and a template")`
  apiVersion: networking.k8s.io/v1
  kind: ServiceCIDR
  spec: {cidrs: [10.97.0.0/16]}
  ---
  apiVersion: networking.k8s.io/v1
  kind: ServiceCIDR
  spec: {cidrs: ["fd12::/112", 10.97.0.0/16]}
  ---
  apiVersion: networking.k8s.io/v1
  kind: ServiceCIDR
  spec:
    {{- toYaml .Values.ranges | nindent 2 }}
`;

accepts("ranges that a template writes")`
  apiVersion: networking.k8s.io/v1
  kind: ServiceCIDR
  spec:
    cidrs:
      {{- toYaml .Values.cidrs | nindent 4 }}
`;
