import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("node-subnets-one-family");

reports("subnets of IPv4 where pods have both families")`
  machine:
    kubelet:
      nodeIP:
        validSubnets:
          - "!10.0.0.5/32"
          - 10.0.0.0/24
          # ^^^^^^^^^^^ pods have IPv6, and nodes get no IPv6 address of these subnets: add an IPv6 one
  cluster:
    network:
      podSubnets: [10.244.0.0/16, "fd1b:9a5c:7e07::/56"]
`;

accepts("one of each family, and one that only keeps an address out")`
  machine:
    kubelet:
      nodeIP:
        validSubnets: [10.0.0.0/24, "fd1b:9a5c:7e07:ff::/64", "!10.0.0.5/32"]
  cluster:
    network: {podSubnets: [10.244.0.0/16, "fd1b:9a5c:7e07::/56"]}
`;

accepts("pods of one family, a plan in another file, a template, and subnets that only keep out")`
  machine: {kubelet: {nodeIP: {validSubnets: [10.0.0.0/24]}}}
  cluster: {network: {podSubnets: [10.244.0.0/16]}}
---
  machine: {kubelet: {nodeIP: {validSubnets: [10.0.0.0/24]}}}
---
  machine: {kubelet: {nodeIP: {validSubnets: [10.0.0.0/24, "\${V6_SUBNET}"]}}}
  cluster: {network: {podSubnets: [10.244.0.0/16, "fd1b:9a5c:7e07::/56"]}}
---
  machine: {kubelet: {nodeIP: {validSubnets: ["!10.0.0.5/32"]}}}
  cluster: {network: {podSubnets: [10.244.0.0/16, "fd1b:9a5c:7e07::/56"]}}
`;
