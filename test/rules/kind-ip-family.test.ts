import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("kind-ip-family");

reports("capitals, and a word kind does not have")`
  kind: Cluster
  apiVersion: kind.x-k8s.io/v1alpha4
  networking:
    ipFamily: DualStack
    #         ^^^^^^^^^ 💡 invalid ipFamily: DualStack; kind takes ipv4, ipv6 or dual
---
  kind: Cluster
  apiVersion: kind.x-k8s.io/v1alpha4
  networking:
    ipFamily: v6
    #         ^^ invalid ipFamily: v6; kind takes ipv4, ipv6 or dual
`;

accepts("the three words, and the default")`
  kind: Cluster
  apiVersion: kind.x-k8s.io/v1alpha4
  networking: {ipFamily: dual}
---
  kind: Cluster
  apiVersion: kind.x-k8s.io/v1alpha4
`;
