import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("network-policy-dns-cluster-ip");

reports("the tenth address of a private or unique local range")`
  kind: NetworkPolicy
  spec:
    egress:
      - ports: [{protocol: UDP, port: 53}]
        to:
          - ipBlock: {cidr: 10.96.0.10/32}
          #                 ^^^^^^^^^^^^^ policies mostly see DNS after DNAT, not its ClusterIP; select the kube-dns pods
          - ipBlock: {cidr: "fd00:96::a/128"}
          #                 ^^^^^^^^^^^^^^^^ policies mostly see DNS after DNAT, not its ClusterIP; select the kube-dns pods
`;

reports("an address of the service range that a file names")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking: {serviceSubnet: 10.8.0.0/16}
---
  kind: NetworkPolicy
  spec:
    egress:
      - ports: [{protocol: UDP, port: 53}]
        to:
          - ipBlock: {cidr: 10.8.3.4/32}
          #                 ^^^^^^^^^^^ policies mostly see DNS after DNAT, not its ClusterIP; select the kube-dns pods
`;

accepts("resolvers outside, the cache on the node, and another port")`
  kind: NetworkPolicy
  spec:
    egress:
      - ports: [{protocol: UDP, port: 53}]
        to: [{ipBlock: {cidr: 9.9.9.9/32}}, {ipBlock: {cidr: 10.1.2.3/32}}, {ipBlock: {cidr: 169.254.20.10/32}}]
      - ports: [{protocol: TCP, port: 443}]
        to: [{ipBlock: {cidr: 10.96.0.10/32}}]
`;
