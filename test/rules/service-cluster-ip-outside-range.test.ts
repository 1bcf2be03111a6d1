import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("service-cluster-ip-outside-range");

reports("an address outside, of the range that the API server is started with")`
  kind: ClusterConfiguration
  apiVersion: kubeadm.k8s.io/v1beta4
  networking: {serviceSubnet: "10.96.0.0/16,fd00:10:96::/112"}
  ---
  kind: Service
  spec:
    clusterIP: 10.97.0.10
    clusterIPs: [10.97.0.10, "fd00:10:96::10"]
    #            ^^^^^^^^^^ the provided IP (10.97.0.10) is not in the valid range; leave it out
`;

accepts("an address of a range added at run time, and a family that has no range")`
  kind: ClusterConfiguration
  apiVersion: kubeadm.k8s.io/v1beta4
  networking: {serviceSubnet: 10.96.0.0/16}
  ---
  apiVersion: networking.k8s.io/v1
  kind: ServiceCIDR
  spec: {cidrs: [10.97.0.0/16]}
  ---
  kind: Service
  spec: {clusterIP: 10.97.0.10}
  ---
  kind: Service
  spec: {clusterIP: "fd77::10"}
`;

reports("an address outside of what the API server wrote down about its range")`
  apiVersion: networking.k8s.io/v1
  kind: ServiceCIDR
  metadata: {name: kubernetes}
  spec: {cidrs: [10.96.0.0/16]}
  ---
  kind: Service
  spec: {clusterIP: 10.97.0.10}
  #                 ^^^^^^^^^^ the provided IP (10.97.0.10) is not in the valid range; leave it out
`;

accepts("any address where one range is known that was added at run time")`
  apiVersion: networking.k8s.io/v1
  kind: ServiceCIDR
  metadata: {name: more}
  spec: {cidrs: [10.96.0.0/16]}
  ---
  kind: Service
  spec: {clusterIP: 10.97.0.10}
`;

accepts("any address where the ranges are not known")`
  kind: Service
  spec: {clusterIP: 172.16.0.10}
`;

reports("the addresses of a range that nobody gets: the network's own, and the broadcast address of IPv4")`
  kind: ClusterConfiguration
  apiVersion: kubeadm.k8s.io/v1beta4
  networking: {serviceSubnet: "10.96.0.0/16,fd00:96::/112"}
  ---
  kind: Service
  spec: {clusterIP: 10.96.255.255}
  #                 ^^^^^^^^^^^^^ the provided IP (10.96.255.255) is not in the valid range; leave it out
  ---
  kind: Service
  spec: {clusterIP: "fd00:96::"}
  #                 ^^^^^^^^^^^ the provided IP (fd00:96::) is not in the valid range; leave it out
  ---
  kind: Service
  spec: {clusterIPs: [10.96.255.254, "fd00:96::ffff"]}
`;

accepts("an IPv4-mapped address whose IPv4 address is in the range")`
  kind: ClusterConfiguration
  apiVersion: kubeadm.k8s.io/v1beta4
  networking: {serviceSubnet: 10.96.0.0/16}
  ---
  kind: Service
  spec: {clusterIP: "::ffff:10.96.40.26"}
`;
