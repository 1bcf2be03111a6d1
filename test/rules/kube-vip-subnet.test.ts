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

reports("the chart's values, brackets, and peers whose address takes the AS number's place")`
  kube-vip:
    config: {address: "10.20.4.5,fd12:3456:789a::5"}
    env:
      vip_arp: "true"
      vip_subnet: "32"
      #           ^^^^ the IPv6 address is added as a /32, all of it taken for the node's own link; write "32,128"
      bgp_peers: "10.0.0.1:65000::false,fd12:3456::1:65000::false,[fd12:3456::2]:65000::false"
      #                                 ^^^^^^^^^^^^ BGP Peer AS format error [3456]: write [fd12:3456::1]
  ---
  ${pod(`              - {name: address, value: "[fd12:3456:789a::5]"}`)}
              #                         ^^^^^^^^^^^^^^^^^^^ 💡 no address with its brackets: write fd12:3456:789a::5
`;

accepts("values of another chart, and peers of both families")`
  config: {address: "fd12:3456:789a::5"}
  env: {vip_subnet_of: "32"}
  ---
  kube-vip:
    config: {address: 10.20.4.5}
    env: {cp_enable: "true", vip_subnet: "32", bgp_peers: "192.168.0.10:65000::false,[fd12::2]:65000"}
`;
