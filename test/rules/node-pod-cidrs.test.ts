import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("node-pod-cidrs");

reports("a second range of one family")`
  kind: Node
  spec:
    podCIDRs: [10.244.1.0/24, "fd12:1::/64", 10.244.2.0/24]
    #                                        ^^^^^^^^^^^^^ may specify no more than one CIDR for each IP family
`;

reports("a range that changes", {
  old: `kind: Node
metadata: {name: worker}
spec: {podCIDR: 10.244.1.0/24, podCIDRs: [10.244.1.0/24]}
`,
})`
  kind: Node
  metadata: {name: worker}
  spec:
    podCIDR: 10.244.1.0/24
    podCIDRs: [10.244.1.0/24, "fd12:1::/64"]
   #^^^^^^^^ node updates may not change podCIDR except from "" to valid; delete and register the Node again
`;

accepts("ranges that were not set, and the same ones", {
  old: `kind: Node
metadata: {name: worker}
spec: {}
`,
})`
  kind: Node
  metadata: {name: worker}
  spec: {podCIDR: 10.244.1.0/24, podCIDRs: [10.244.1.0/24, "fd12:1::/64"]}
`;

accepts("podCIDR alone, which leaves the second range as it was", {
  old: `kind: Node
metadata: {name: worker}
spec: {podCIDR: 10.244.1.0/24, podCIDRs: [10.244.1.0/24, "fd12:1::/64"]}
`,
})`
  kind: Node
  metadata: {name: worker}
  spec: {podCIDR: 10.244.1.0/24}
`;
