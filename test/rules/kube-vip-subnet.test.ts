import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("kube-vip-subnet");

const pod = (env: string) => `apiVersion: apps/v1
  kind: DaemonSet
  metadata: {name: kube-vip}
  spec:
    template:
      spec:
        containers:
          - name: kube-vip
            image: ghcr.io/kube-vip/kube-vip:v0.9.2@sha256:0000
            env:
${env}`;

reports("one length for two families")`
  ${pod(`              - {name: address, value: "10.20.4.5,fd12:3456:789a::5"}
              - {name: vip_subnet, value: "32"}`)}
              #                           ^^^^ the IPv6 address is added as a /32, all of it taken for the node's own link; write "32,128"
`;

reports("a variable that nobody reads")`
  ${pod(`              - {name: address, value: "fd12:3456:789a::5"}
              - {name: vip_cidr, value: "128"}`)}
              #        ^^^^^^^^ vip_cidr is read no longer: write vip_subnet, "128"
`;

accepts("a length of each, IPv4 alone, an IPv6 length, another program")`
  ${pod(`              - {name: address, value: "10.20.4.5,fd12:3456:789a::5"}
              - {name: vip_subnet, value: "32,128"}`)}
  ---
  ${pod(`              - {name: address, value: 10.20.4.5}
              - {name: vip_subnet, value: "32"}`)}
  ---
  ${pod(`              - {name: address, value: "fd12:3456:789a::5"}
              - {name: vip_subnet, value: "/128"}`)}
  ---
  apiVersion: v1
  kind: Pod
  spec:
    containers:
      - {name: a, image: busybox, env: [{name: address, value: "fd12::5"}, {name: vip_subnet, value: "32"}]}
`;
