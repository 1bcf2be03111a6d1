import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("service-external-ips");

reports("the field, and an address of a family that the Service lacks")`
  kind: Service
  spec:
    ipFamilies: [IPv4]
    externalIPs: ["fd12::20", 10.1.2.3]
   #^^^^^^^^^^^ spec.externalIPs is deprecated and may no longer be implemented; use a LoadBalancer or Gateway
    #             ^^^^^^^^^^ kube-proxy leaves this address out: the Service has no IPv6; add the family or remove it
`;

reports("only the lacking family before 1.36", { kubernetes: 35 })`
  kind: Service
  spec:
    ipFamilyPolicy: SingleStack
    ipFamilies: [IPv6]
    externalIPs: [10.1.2.3]
    #             ^^^^^^^^ kube-proxy leaves this address out: the Service has no IPv4; add the family or remove it
`;

accepts("both families of a dual-stack Service, an unknown primary family, and an empty list", { kubernetes: 35 })`
  kind: Service
  spec: {ipFamilyPolicy: RequireDualStack, externalIPs: [10.1.2.3, "fd12::20"]}
  ---
  kind: Service
  spec: {externalIPs: ["fd12::20"]}
  ---
  kind: Service
  spec: {ipFamilies: [IPv4], externalIPs: []}
`;
