import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("kubeadm-feature-gate");

reports("the gate, on or off")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  featureGates:
    IPv6DualStack: false
  # ^^^^^^^^^^^^^ 💡 IPv6DualStack is not a valid feature name; delete it, dual-stack needs no gate
`;

accepts("the gate in versions that had it", { kubernetes: 22 })`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  featureGates: {IPv6DualStack: true}
`;

fixes("by deleting the map where the gate stands alone")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  featureGates:
    IPv6DualStack: true
  networking: {}
`.to`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking: {}
`;
