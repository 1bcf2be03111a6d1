import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("service-family-not-served");

reports("a family that an IPv4 cluster does not have, in spite of Prefer", { cluster: "v4" })`
  kind: Service
  spec:
    ipFamilyPolicy: PreferDualStack
    ipFamilies: [IPv6, IPv4]
    #            ^^^^ 💡 IPv6 is not configured on this cluster; leave it out
`;

reports("RequireDualStack and the address of another family on an IPv6 cluster", { cluster: "v6" })`
  kind: Service
  spec:
    ipFamilyPolicy: RequireDualStack
    #               ^^^^^^^^^^^^^^^^ 💡 this cluster is not configured for dual-stack services; use PreferDualStack
    clusterIP: 10.96.0.10
    #          ^^^^^^^^^^ IPv4 is not configured on this cluster; leave it out
`;

accepts("what a file beside it does not have: that is said of the file")`
  kind: ClusterConfiguration
  apiVersion: kubeadm.k8s.io/v1beta4
  networking: {serviceSubnet: 10.96.0.0/12}
  ---
  kind: Service
  spec:
    ipFamilies: [IPv6]
`;

accepts("Prefer alone, and a headless Service without selector, on a single-stack cluster", { cluster: "v4" })`
  kind: Service
  spec: {ipFamilyPolicy: PreferDualStack, selector: {app: web}}
  ---
  kind: Service
  spec: {clusterIP: None, ipFamilies: [IPv6, IPv4], ipFamilyPolicy: RequireDualStack}
`;

accepts("everything on a dual-stack cluster", { cluster: "dual-v6" })`
  kind: Service
  spec: {ipFamilyPolicy: RequireDualStack, ipFamilies: [IPv4, IPv6], selector: {app: web}}
`;

fixes("by leaving the family out", { cluster: "v4" })`
  kind: Service
  spec:
    ipFamilyPolicy: PreferDualStack
    ipFamilies:
      - IPv6
      - IPv4
`.to`
  kind: Service
  spec:
    ipFamilyPolicy: PreferDualStack
    ipFamilies:
      - IPv4
`;

accepts("two families with a policy that takes one: that is said first, and nothing else", { cluster: "v4" })`
  kind: Service
  spec:
    ipFamilies: [IPv4, IPv6]
    selector: {app: web}
`;
