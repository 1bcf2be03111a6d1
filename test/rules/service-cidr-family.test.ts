import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("service-cidr-family");

reports("a family that the API server was not started with", { cluster: "v4" })`
  apiVersion: networking.k8s.io/v1
  kind: ServiceCIDR
  spec:
    cidrs: ["fd12::/112"]
    #       ^^^^^^^^^^^^ the API server was not started with IPv6; change --service-cluster-ip-range too
`;

accepts("its own family", { cluster: "v6" })`
  apiVersion: networking.k8s.io/v1
  kind: ServiceCIDR
  spec: {cidrs: ["fd12::/112"]}
`;

accepts("any family on a cluster nobody knows")`
  apiVersion: networking.k8s.io/v1
  kind: ServiceCIDR
  spec: {cidrs: ["fd12::/112"]}
`;
