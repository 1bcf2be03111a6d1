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

accepts("any address where the ranges are not known")`
  kind: Service
  spec: {clusterIP: 172.16.0.10}
`;
