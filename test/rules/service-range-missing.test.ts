import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("service-range-missing");

reports("the file that lacks the range, not the Service that asks for it")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking:
    podSubnet: 10.244.0.0/16
    serviceSubnet: 10.96.0.0/12
    #              ^^^^^^^^^^^^ Service web asks for IPv6; add an IPv6 prefix for Services, and one for pods
  ---
  apiVersion: v1
  kind: Service
  metadata: {name: web}
  spec: {ipFamilyPolicy: PreferDualStack, ipFamilies: [IPv4, IPv6]}
`;

reports("wherever the Service stands, by its address or by requiring both, and other installers' files")`
  apiVersion: v1
  kind: Service
  metadata: {name: both}
  spec: {ipFamilyPolicy: RequireDualStack, selector: {app: web}}
  ---
  apiVersion: v1
  kind: Service
  metadata: {name: one}
  spec: {clusterIP: "fd00:10:96::10"}
  ---
  cluster-cidr: 10.42.0.0/16
  service-cidr: 10.43.0.0/16
  #             ^^^^^^^^^^^^ 2 Services (both ...) ask for IPv6; add an IPv6 prefix for Services, and one for pods
`;

accepts("pods that have the family, which is said of these ranges by themselves")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking: {podSubnet: "10.244.0.0/16,fd00:10::/56", serviceSubnet: 10.96.0.0/12}
  ---
  apiVersion: v1
  kind: Service
  metadata: {name: web}
  spec: {ipFamilies: [IPv6]}
`;

accepts("what takes the families there are, and a cluster that is known", { cluster: "v4" })`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking: {podSubnet: 10.244.0.0/16, serviceSubnet: 10.96.0.0/12}
  ---
  apiVersion: v1
  kind: Service
  metadata: {name: web}
  spec: {ipFamilies: [IPv6]}
`;

accepts("nobody who asks")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking: {podSubnet: 10.244.0.0/16, serviceSubnet: 10.96.0.0/12}
  ---
  apiVersion: v1
  kind: Service
  metadata: {name: web}
  spec: {ipFamilyPolicy: PreferDualStack, selector: {app: web}}
`;
