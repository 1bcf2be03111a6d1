import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("cluster-dns-address");

const service = `
  apiVersion: v1
  kind: Service
  metadata: {name: kube-dns, namespace: kube-system}
  spec: {clusterIPs: [10.96.0.10, "fd00:3::a"]}
---`;

reports("an address of neither family's cluster IP")`${service}
  kind: KubeletConfiguration
  clusterDNS:
    - fd00:3::b
    # ^^^^^^^^^ 💡 fd00:3::b is no address of Service kube-dns, which has 10.96.0.10 and fd00:3::a
`;

accepts("the same address in another spelling, and the cache on the node")`${service}
  kind: KubeletConfiguration
  clusterDNS: ["FD00:3:0::A", 10.96.0.10, 169.254.20.10]
`;

accepts("no Service to compare with, and a name that other namespaces may use")`
  kind: KubeletConfiguration
  clusterDNS: ["fd00:3::b"]
---
  apiVersion: v1
  kind: Service
  metadata: {name: kube-dns, namespace: lab}
  spec: {clusterIP: 10.96.0.10}
`;
