import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("aws-cni-ipv6");

reports("both families, none, and IPv6 without what it needs")`
  apiVersion: apps/v1
  kind: DaemonSet
  metadata: {name: aws-node}
  spec:
    template:
      spec:
        containers:
          - name: aws-node
            image: 602401143452.dkr.ecr.us-west-2.amazonaws.com/amazon-k8s-cni:v1.19.0
            env:
              - {name: ENABLE_IPv4, value: "true"}
              #                            ^^^^^^ IPv4 and IPv6 are both enabled. VPC CNI currently doesn't support dual stack mode: write "false" here
              - {name: ENABLE_IPv6, value: "true"}
              - {name: ENABLE_PREFIX_DELEGATION, value: "false"}
              #                                         ^^^^^^^ 💡 IPv6 is supported only in Prefix Delegation mode: write "true"
              - {name: ENABLE_POD_ENI, value: "true"}
              #                               ^^^^^^ Security Group Per Pod is not supported in IPv6 mode: write "false", or leave IPv6 off
  ---
  apiVersion: apps/v1
  kind: DaemonSet
  metadata: {name: aws-node}
  spec:
    template:
      spec:
        containers:
          - name: aws-node
            image: amazon/amazon-k8s-cni:v1.19.0
            env: [{name: ENABLE_IPv4, value: "false"}, {name: ENABLE_IPv6, value: "false"}]
            #                                                                     ^^^^^^^ IPv4 and IPv6 are both disabled. One of them have to be enabled: write "true" here
  ---
  aws-vpc-cni:
    env:
      ENABLE_IPv6: "true"
      AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG: "true"
      #                                   ^^^^^^ Custom Networking is not supported in IPv6 mode: write "false", or leave IPv6 off
`;

accepts("IPv6 with prefixes, IPv4, and the switches of another program")`
  env: {ENABLE_IPv4: "false", ENABLE_IPv6: "true", ENABLE_PREFIX_DELEGATION: "true"}
  ---
  env: {ENABLE_IPv4: "true", ENABLE_IPv6: "false", ENABLE_PREFIX_DELEGATION: "false"}
  ---
  apiVersion: apps/v1
  kind: DaemonSet
  metadata: {name: other}
  spec:
    template:
      spec:
        containers:
          - {name: a, image: busybox, env: [{name: ENABLE_IPv4, value: "true"}, {name: ENABLE_IPv6, value: "true"}]}
`;
