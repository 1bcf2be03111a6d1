import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("family-order");

reports("a controller manager's lists")`
  kind: Pod
  metadata: {name: kcm}
  spec:
    containers:
      - command:
          - kube-controller-manager
          - --cluster-cidr=fd00::/56,10.0.0.0/16
          - --service-cluster-ip-range=10.96.0.0/12,fd00:3::/112
          #                            ^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 --cluster-cidr begins with IPv6, this with IPv4; put them in one order
`;

reports("a node's addresses")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: JoinConfiguration
  nodeRegistration:
    kubeletExtraArgs:
      - name: node-ip
        value: fd00::11,10.0.0.11
        #      ^^^^^^^^^^^^^^^^^^ 💡 serviceSubnet begins with IPv4, this with IPv6; put them in one order
---
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking: {podSubnet: "10.0.0.0/16,fd00::/56", serviceSubnet: "10.96.0.0/12,fd00:3::/112"}
`;

accepts("one order, one family beside two, and what is no pair")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking: {podSubnet: "fd00::/56,10.0.0.0/16", serviceSubnet: "fd00:3::/112,10.96.0.0/12"}
---
  kind: Cluster
  apiVersion: kind.x-k8s.io/v1alpha4
  networking: {ipFamily: dual, podSubnet: "fd00::/56,10.0.0.0/16", serviceSubnet: 10.96.0.0/12}
---
  kind: Cluster
  apiVersion: kind.x-k8s.io/v1alpha4
  networking: {ipFamily: dual, podSubnet: "fd00::/56,fd01::/56", serviceSubnet: "10.96.0.0/12,fd00:3::/112"}
`;

fixes("by turning the later list round, in its quotes")`
  kind: Cluster
  apiVersion: kind.x-k8s.io/v1alpha4
  networking:
    podSubnet: fd00::/56,10.0.0.0/16
    serviceSubnet: '10.96.0.0/12,fd00:3::/112' # services
`.to`
  kind: Cluster
  apiVersion: kind.x-k8s.io/v1alpha4
  networking:
    podSubnet: fd00::/56,10.0.0.0/16
    serviceSubnet: 'fd00:3::/112,10.96.0.0/12' # services
`;

accepts("a controller manager whose list is not the API server's, which is another rule's to report")`
  kind: Pod
  metadata: {name: kube-apiserver, namespace: kube-system}
  spec:
    containers:
      - name: kube-apiserver
        command: [kube-apiserver, "--service-cluster-ip-range=10.96.0.0/12,fd00:3::/112"]
  ---
  kind: Pod
  metadata: {name: kube-controller-manager, namespace: kube-system}
  spec:
    containers:
      - name: kube-controller-manager
        command:
          - kube-controller-manager
          - --cluster-cidr=10.244.0.0/16,fd00:2::/56
          - --service-cluster-ip-range=fd00:3::/112,10.96.0.0/12
`;
