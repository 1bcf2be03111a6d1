import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("kubelet-node-ip");

reports("two of one family, and the unspecified address in a pair")`
  kind: Pod
  metadata: {name: kubelet, namespace: kube-system}
  spec:
    containers:
      - command:
          - kubelet
          - --node-ip=fd00::1,fd00::2
          #           ^^^^^^^^^^^^^^^ bad --node-ip "fd00::1,fd00::2": must contain either a single IP or a dual-stack pair of IPs
---
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: InitConfiguration
  nodeRegistration:
    kubeletExtraArgs:
      - name: node-ip
        value: "10.0.0.1,::"
        #       ^^^^^^^^^^^ dual-stack node IP cannot include '0.0.0.0' or '::'; name the node's addresses
`;

reports("a part in brackets, and one that is no address")`
  kind: Pod
  metadata: {name: kubelet, namespace: kube-system}
  spec:
    containers:
      - command:
          - kubelet
          - --node-ip=10.0.0.1,[fd00::1]
          #                    ^^^^^^^^^ 💡 Could not parse some node IP(s), ignoring them: [fd00::1]; write a bare address
---
  kind: Pod
  metadata: {name: kubelet, namespace: kube-system}
  spec:
    containers:
      - command:
          - kubelet
          - --node-ip=node-1
          #           ^^^^^^ Could not parse some node IP(s), ignoring them: node-1; write a bare address
`;

accepts("one address, a pair in any order with blanks, and :: alone")`
  kind: Pod
  metadata: {name: kubelet, namespace: kube-system}
  spec:
    containers:
      - command:
          - kubelet
          - "--node-ip=fd00::1, 10.0.0.1"
---
  kind: Pod
  metadata: {name: kubelet, namespace: kube-system}
  spec:
    containers:
      - command:
          - kubelet
          - --node-ip=::
`;

reports("brackets whose removal would make a pair of one family, without a fix")`
  kind: Pod
  metadata: {name: kubelet}
  spec:
    containers:
      - command: [kubelet, "--node-ip=fd00::1,[fd00::2]"]
        #                                     ^^^^^^^^^ Could not parse some node IP(s), ignoring them: [fd00::2]; write a bare address
`;

accepts("an address that is put in later")`
  kind: Pod
  spec:
    containers:
      - command: [kubelet, "--node-ip=10.0.0.21,\${HOST_IPV6}"]
`;

const cloud = `apiVersion: kubeadm.k8s.io/v1beta3
  kind: InitConfiguration
  nodeRegistration:
    kubeletExtraArgs:
      cloud-provider: external`;

reports("a pair with a cloud provider, before 1.29", { kubernetes: 27 })`
  ${cloud}
      node-ip: 10.1.2.3,fd12::3
      #        ^^^^^^^^^^^^^^^^ bad --node-ip "10.1.2.3,fd12::3": dual-stack not supported in this configuration; with a cloud provider from 1.29 on
`;

accepts("the same with its gate on", { kubernetes: 27 })`
  ${cloud}
      feature-gates: CloudDualStackNodeIPs=true
      node-ip: 10.1.2.3,fd12::3
`;

accepts("the same from 1.29 on", { kubernetes: 29 })`
  ${cloud}
      node-ip: 10.1.2.3,fd12::3
`;

reports("a machine configuration of Talos")`
  machine:
    kubelet:
      extraArgs:
        node-ip: "0.0.0.0,::"
        #         ^^^^^^^^^^ dual-stack node IP cannot include '0.0.0.0' or '::'; name the node's addresses
`;
