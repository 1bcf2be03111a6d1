import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("ula-zero-global-id");

reports("a range picked by hand")`
  apiVersion: networking.k8s.io/v1
  kind: ServiceCIDR
  spec:
    cidrs: [fd00:10:96::/112]
    #       ^^^^^^^^^^^^^^^^ the global ID of fd00:10:96::/112 is not random; draw 40 random bits before joining networks
`;

accepts("a random global ID, and prefixes that no addresses are handed out from")`
  apiVersion: networking.k8s.io/v1
  kind: ServiceCIDR
  spec:
    cidrs: ["fd5e:81f0:9a3c::/112", 10.96.0.0/16]
  ---
  apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  spec:
    ingress: [{from: [{ipBlock: {cidr: "fd00::/8"}}]}]
`;
