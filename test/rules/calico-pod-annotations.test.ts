import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("calico-pod-annotations");

reports("pools of the other family, and what is no list")`
  kind: Pod
  metadata:
    annotations:
      cni.projectcalico.org/ipAddrs: fd12::5
      #                              ^^^^^^^ 💡 the CNI plugin wants a JSON list of strings here: ["fd12::5"]
      cni.projectcalico.org/ipv6pools: '["10.244.0.0/16"]'
      #                                   ^^^^^^^^^^^^^ the CNI plugin fails: 10.244.0.0/16 is no IPv6 pool
`;

reports("a range where addresses are wanted, in a template")`
  kind: Deployment
  spec:
    template:
      metadata:
        annotations:
          cni.projectcalico.org/ipAddrs: '["10.0.0.5", "fd12::/64"]'
          #                                             ^^^^^^^^^ the CNI plugin fails: fd12::/64 is no IP address
      spec: {}
`;

accepts("addresses, pools of their family, and pools by name")`
  kind: Pod
  metadata:
    annotations:
      cni.projectcalico.org/ipAddrs: '["10.0.0.5", "fd12::5"]'
      cni.projectcalico.org/ipv4pools: '["10.244.0.0/16"]'
      cni.projectcalico.org/ipv6pools: '["fd12::/64", "default-ipv6-ippool"]'
  ---
  kind: Namespace
  metadata:
    annotations:
      cni.projectcalico.org/ipv4pools: '["internal"]'
`;

fixes("by the list that was meant")`
  kind: Pod
  metadata:
    annotations:
      cni.projectcalico.org/ipAddrs: "10.0.0.5, fd12::5"
`.to`
  kind: Pod
  metadata:
    annotations:
      cni.projectcalico.org/ipAddrs: '["10.0.0.5","fd12::5"]'
`;

reports("leading zeros, which Go takes in no version")`
  kind: Pod
  metadata:
    annotations:
      cni.projectcalico.org/ipAddrs: '["10.0.0.05"]'
      #                                 ^^^^^^^^^ the CNI plugin fails: 10.0.0.05 is no IP address
      cni.projectcalico.org/ipv4pools: '["010.244.0.0/16"]'
      #                                   ^^^^^^^^^^^^^^ the CNI plugin fails: 010.244.0.0/16 is no IPv4 pool
`;
