import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("kubeadm-endpoint");

reports("a full address with a port")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  controlPlaneEndpoint: "fd00:0:0:0:0:0:0:10:6443"
  #                     ^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 endpoint is not valid; write [fd00:0:0:0:0:0:0:10]:6443
`;

reports("brackets without a port")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  controlPlaneEndpoint: "[fd00::10]"
  #                     ^^^^^^^^^^^^ 💡 endpoint is not valid; write the address without brackets, or with a port
`;

reports("a join without brackets, and one without a port")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: JoinConfiguration
  discovery:
    bootstrapToken:
      apiServerEndpoint: "fd00::10"
      #                  ^^^^^^^^^^ address fd00::10: too many colons in address; write [address]:port
---
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: JoinConfiguration
  discovery:
    bootstrapToken:
      apiServerEndpoint: api.corp.internal
      #                  ^^^^^^^^^^^^^^^^^ address api.corp.internal: missing port in address; write [address]:port
`;

accepts("names and addresses, with and without a port")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  controlPlaneEndpoint: "fd00:1::10"
---
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  controlPlaneEndpoint: "[fd00::10]:6443"
---
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  controlPlaneEndpoint: api.corp.internal
---
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: JoinConfiguration
  discovery: {bootstrapToken: {apiServerEndpoint: "[fd00::10]:6443"}}
`;

fixes("by brackets, of a joining node too")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: JoinConfiguration
  discovery:
    bootstrapToken:
      apiServerEndpoint: 'fd00::10:6443' # api
`.to`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: JoinConfiguration
  discovery:
    bootstrapToken:
      apiServerEndpoint: '[fd00::10]:6443' # api
`;
