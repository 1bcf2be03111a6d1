import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("kube-ovn-subnet");

reports("a gateway of one family, and addresses outside")`
  apiVersion: kubeovn.io/v1
  kind: Subnet
  metadata: {name: a}
  spec:
    cidrBlock: 10.66.0.0/16,,fd12:3456:789a:66::/112
    gateway: 10.66.0.1
    #        ^^^^^^^^^ gateway has no IPv6 address, and cidrBlock has both; add one
    excludeIps:
      - 10.66.0.1..10.66.0.10
      - fd12:3456:789a:67::1..fd12:3456:789a:67::a
      # ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fd12:3456:789a:67::1..fd12:3456:789a:67::a lies outside of cidrBlock: it keeps nothing free
  ---
  apiVersion: kubeovn.io/v1
  kind: Subnet
  metadata: {name: b}
  spec:
    cidrBlock: fd12:3456:789a:66::/112
    gateway: fd12:3456:789a:67::1
    #        ^^^^^^^^^^^^^^^^^^^^ the IPv6 gateway lies outside of cidrBlock
`;

accepts("both, none, and a Subnet of another group")`
  apiVersion: kubeovn.io/v1
  kind: Subnet
  metadata: {name: a}
  spec: {cidrBlock: "10.66.0.0/16,fd12:3456:789a:66::/112", gateway: "10.66.0.1,fd12:3456:789a:66::1", excludeIps: [10.66.0.1]}
  ---
  apiVersion: kubeovn.io/v1
  kind: Subnet
  metadata: {name: b}
  spec: {cidrBlock: "10.66.0.0/16,fd12:3456:789a:66::/112"}
  ---
  apiVersion: ec2.services.k8s.aws/v1alpha1
  kind: Subnet
  spec: {cidrBlock: 10.66.0.0/16, gateway: "fd12::1"}
`;
