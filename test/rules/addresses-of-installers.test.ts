import { testing } from "#test/support/testing.ts";

const family = testing("field-family");

family.reports("MicroK8s and Proxmox, which have a field for each family")`
  version: 0.1.0
  extraCNIEnv:
    IPv6_SUPPORT: true
    IPv6_CLUSTER_CIDR: 10.1.0.0/16
    #                  ^^^^^^^^^^^ this field is for IPv6: 10.1.0.0/16 is IPv4
  ---
  apiVersion: infrastructure.cluster.x-k8s.io/v1alpha1
  kind: ProxmoxCluster
  spec:
    ipv6Config:
      gateway: 10.0.0.1
      #        ^^^^^^^^ this field is for IPv6: 10.0.0.1 is IPv4
`;

const hostBits = testing("host-bits");

hostBits.reports("MicroK8s' ranges")`
  extraCNIEnv:
    IPv6_SERVICE_CIDR: fd98:1234:5678::1/108
    #                  ^^^^^^^^^^^^^^^^^^^^^ 💡 must not have bits set beyond the prefix length; use fd98:1234:5678::/108 or fd98:1234:5678::1/128
`;

const address = testing("ip-invalid");

address.reports("the hosts of Kubespray, Talos' names, and what a pod asks Kube-OVN for")`
  all:
    hosts:
      node1:
        ip: 10.3.0.1
        ip6: "fd12:3456::1/64"
        #    ^^^^^^^^^^^^^^^^^ 💡 must be a valid IP address: it is a CIDR, write one address
  ---
  machine:
    certSANs: ["[fd12:3456::5]"]
    #          ^^^^^^^^^^^^^^^^ 💡 must be a valid IP address: write fd12:3456::5 without brackets
  ---
  apiVersion: v1
  kind: Pod
  metadata:
    annotations: {ovn.kubernetes.io/ip_address: "10.16.0.5,fd12::zz"}
    #                                                      ^^^^^^^^ must be a valid IP address: it is a name or other text
`;

address.reports("machines of vSphere and of Metal3")`
  apiVersion: infrastructure.cluster.x-k8s.io/v1beta1
  kind: VSphereMachineTemplate
  spec:
    template:
      spec:
        network:
          devices:
            - gateway6: "[fd12::1]"
              #         ^^^^^^^^^^^ 💡 must be a valid IP address: write fd12::1 without brackets
  ---
  apiVersion: ipam.metal3.io/v1alpha1
  kind: IPPool
  spec:
    pools:
      - start: fd12:::1
        #      ^^^^^^^^ must be a valid IP address: it has ":::"
`;

address.accepts("what is right")`
  all:
    hosts:
      node1: {ansible_host: node1.example.org, ip: 10.3.0.1, ip6: "fd12:3456::1", access_ip: 10.3.0.1}
  ---
  machine:
    certSANs: ["fd12:3456::5", node1.example.org]
    network: {extraHostEntries: [{ip: "fd12::5", aliases: [a]}]}
`;
