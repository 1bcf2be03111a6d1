import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("api-server-service-ranges");

reports("two ranges of one family")`
  kind: Pod
  metadata: {name: kube-apiserver, namespace: kube-system}
  spec:
    containers:
      - command:
          - kube-apiserver
          - --service-cluster-ip-range=10.96.0.0/16,10.97.0.0/16
          #                            ^^^^^^^^^^^^^^^^^^^^^^^^^ --service-cluster-ip-range[0] and --service-cluster-ip-range[1] must be of different IP family
`;

reports("a blank behind the comma")`
  kind: Pod
  metadata: {name: kube-apiserver, namespace: kube-system}
  spec:
    containers:
      - command:
          - kube-apiserver
          - --service-cluster-ip-range=10.96.0.0/16, fd00::/112
          #                                         ^^^^^^^^^^^ service-cluster-ip-range[1] is not an ip net; remove the blank
`;

reports("three ranges, of kubeadm's extraArgs too")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  apiServer:
    extraArgs:
      - name: service-cluster-ip-range
        value: 10.0.0.0/16,fd00::/112,10.1.0.0/16
        #      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ --service-cluster-ip-range must not contain more than two entries
`;

reports("a range too large for every version")`
  kind: Pod
  metadata: {name: kube-apiserver, namespace: kube-system}
  spec:
    containers:
      - command:
          - kube-apiserver
          - --service-cluster-ip-range=fd00::/56
          #                            ^^^^^^^^^ shortest allowed prefix length for service CIDR is 64; a /112 fits every version
`;

reports("a /64 before 1.34", { kubernetes: 33 })`
  kind: Pod
  metadata: {name: kube-apiserver, namespace: kube-system}
  spec:
    containers:
      - command:
          - kube-apiserver
          - --service-cluster-ip-range=fd00::/64
          #                            ^^^^^^^^^ specified --service-cluster-ip-range is too large; for 128-bit addresses, the mask must be >= 108
`;

accepts("a /64 from 1.34 on, and a flag whose value is the next argument")`
  kind: Pod
  metadata: {name: kube-apiserver, namespace: kube-system}
  spec:
    containers:
      - command:
          - kube-apiserver
          - --service-cluster-ip-range
          - 10.96.0.0/12,fd00::/64
`;

accepts("another program's flag of that name")`
  kind: Pod
  metadata: {name: proxy, namespace: kube-system}
  spec:
    containers:
      - command:
          - proxy
          - --service-cluster-ip-range=10.96.0.0/16,10.97.0.0/16
`;
