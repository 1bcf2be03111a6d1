import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("ceph-families");

reports("IPv6 in a cluster whose pods have IPv4 first", { cluster: "dual-v4" })`
  apiVersion: ceph.rook.io/v1
  kind: CephCluster
  metadata: {name: rook-ceph}
  spec:
    network:
      ipFamily: IPv6
      #         ^^^^ Ceph binds IPv6 alone, and the first address of its pods is IPv4: write dualStack: true
      addressRanges:
        cluster: [10.31.8.0/24]
        #         ^^^^^^^^^^^^ 10.31.8.0/24 is not IPv6, which Ceph binds alone: no address of it is bound
`;

reports("a default of IPv4 beside a range of IPv6, and a family that is not there", { cluster: "v4" })`
  apiVersion: ceph.rook.io/v1
  kind: CephCluster
  spec:
    network:
      addressRanges: {public: ["fd12:3456:789a::/64"]}
      #                        ^^^^^^^^^^^^^^^^^^^^^ fd12:3456:789a::/64 is not IPv4, which Ceph binds alone: no address of it is bound
  ---
  apiVersion: ceph.rook.io/v1
  kind: CephCluster
  spec:
    network: {ipFamily: IPv6}
    #                   ^^^^ Ceph binds IPv6 alone, which pods of this cluster do not have: write IPv4
`;

accepts("dual-stack, the host's network, the primary family", { cluster: "dual-v6" })`
  apiVersion: ceph.rook.io/v1
  kind: CephCluster
  spec: {network: {ipFamily: IPv4, dualStack: true, addressRanges: {public: ["fd12:3456:789a::/64", 10.0.0.0/8]}}}
  ---
  apiVersion: ceph.rook.io/v1
  kind: CephCluster
  spec: {network: {ipFamily: IPv4, provider: host}}
  ---
  apiVersion: ceph.rook.io/v1
  kind: CephCluster
  spec: {network: {ipFamily: IPv6}}
`;

reports("values of its chart, and nothing said where pods have IPv6 alone", { cluster: "v6" })`
  cephClusterSpec:
    network:
      ipFamily: IPv4
      #         ^^^^ Ceph binds IPv4 alone, which pods of this cluster do not have: write IPv6
  ---
  apiVersion: ceph.rook.io/v1
  kind: CephCluster
  metadata: {name: rook-ceph}
  spec:
    network:
   #^^^^^^^ without ipFamily Ceph binds IPv4 alone, which pods of this cluster do not have: write ipFamily: IPv6
      connections: {requireMsgr2: true}
`;
