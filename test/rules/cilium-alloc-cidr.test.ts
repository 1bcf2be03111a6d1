import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("cilium-alloc-cidr");

reports("a range for the whole cluster")`
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: cilium-config}
  data:
    ipv6-cluster-alloc-cidr: "fd12:3456:789a::/48"
    #                        ^^^^^^^^^^^^^^^^^^^^^ 💡 unable to parse CIDR value 'fd12:3456:789a::/48' of option --ipv6-cluster-alloc-cidr: Prefix length must be /64
`;

reports("something longer, for which there is no right answer")`
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: cilium-config}
  data:
    ipv6-cluster-alloc-cidr: "fd12:3456:789a::/96"
    #                        ^^^^^^^^^^^^^^^^^^^^^ unable to parse CIDR value 'fd12:3456:789a::/96' of option --ipv6-cluster-alloc-cidr: Prefix length must be /64
`;

accepts("a /64, and another ConfigMap")`
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: cilium-config}
  data:
    ipv6-cluster-alloc-cidr: "fd12:3456:789a::/64"
  ---
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: notes}
  data:
    ipv6-cluster-alloc-cidr: "fd12:3456:789a::/48"
`;

fixes("by its first /64")`
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: cilium-config}
  data:
    ipv6-cluster-alloc-cidr: "fd12:3456:789a::/48" # nodes
`.to`
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: cilium-config}
  data:
    ipv6-cluster-alloc-cidr: "fd12:3456:789a::/64" # nodes
`;
