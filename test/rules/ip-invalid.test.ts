import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("ip-invalid");

reports("brackets, a zone, a prefix length, a host name")`
  apiVersion: v1
  kind: Service
  spec:
    clusterIP: "[fd00:10:96::10]"
    #          ^^^^^^^^^^^^^^^^^^ 💡 must be a valid IP address: write fd00:10:96::10 without brackets
    externalIPs:
      - fe80::1%eth0
      # ^^^^^^^^^^^^ must be a valid IP address: a zone (%eth0) cannot be expressed here, use a routable address
      - gw.corp.internal
      # ^^^^^^^^^^^^^^^^ must be a valid IP address: it is a name or other text
      - fd12::7/128
      # ^^^^^^^^^^^ 💡 must be a valid IP address: it is a CIDR, write one address
`;

accepts("a zone where the reader takes one")`
  apiVersion: bgp.purelb.io/v1
  kind: BGPConfiguration
  spec:
    neighbors:
      - config: {neighborAddress: "fe80::1%eth0", peerAsn: 64512}
      - config: {neighborAddress: "fe80::1", neighborInterface: eth0, peerAsn: 64512}
`;

reports("what is wrong with an address, in pods of every kind")`
  apiVersion: batch/v1
  kind: CronJob
  spec:
    jobTemplate:
      spec:
        template:
          spec:
            hostAliases:
              - ip: "fd12::1::2"
              #     ^^^^^^^^^^^^ must be a valid IP address: it has two "::"
              - ip: "fd12:1:2:3:4:5:6:7:8"
              #     ^^^^^^^^^^^^^^^^^^^^^^ must be a valid IP address: it has 9 groups, an IPv6 address has 8
              - ip: "fd12::12345"
              #     ^^^^^^^^^^^^^ must be a valid IP address: it has the group 12345, longer than 4 hex digits
              - ip: 10.0.0.256
              #     ^^^^^^^^^^ must be a valid IP address: it has the octet 256, above 255
              - ip: "fd12::9 "
              #     ^^^^^^^^^^ 💡 must be a valid IP address: it has blanks around it
`;

reports("ports, numbers, blanks and halves of addresses")`
  kind: Service
  spec:
    externalIPs:
      - 10.0.0.1:80
      # ^^^^^^^^^^^ must be a valid IP address: it has a port
      - 0x0a.0.0.1
      # ^^^^^^^^^^ must be a valid IP address: it is a number, write four decimal octets
      - 167772161
      # ^^^^^^^^^ must be a valid IP address: it is a number, write four decimal octets
      - 10.0.0
      # ^^^^^^ must be a valid IP address: it has 3 parts, an IPv4 address has 4 octets
      - ""
      # ^^ must be a valid IP address: it is empty
      - "fd12:::1"
      # ^^^^^^^^^^ must be a valid IP address: it has ":::"
      - "fd12:1:2:3:4:5:6:"
      # ^^^^^^^^^^^^^^^^^^^ must be a valid IP address: it has 7 groups, an IPv6 address has 8
      - "1::2:3:4:5:6:7:8"
      # ^^^^^^^^^^^^^^^^^^ must be a valid IP address: it has no group left for its "::"
      - "fd12::10.0.0.256"
      # ^^^^^^^^^^^^^^^^^^ must be a valid IP address: it has 10.0.0.256 in it, which is no IPv4 address at its end
      - "[fd12::1]:80"
      # ^^^^^^^^^^^^^^ must be a valid IP address: it is a host with a port
`;

reports("a network where one address is wanted, which cannot be narrowed by itself")`
  kind: Pod
  spec:
    dnsConfig:
      nameservers: ["fd12::/64"]
      #             ^^^^^^^^^^^ must be a valid IP address: it is a CIDR, write one address
`;

reports("a field that the API server does not check, as a warning")`
  kind: Service
  spec:
    loadBalancerIP: "[fd12::13]"
    #               ^^^^^^^^^^^^ 💡 must be a valid IP address: write fd12::13 without brackets
`;

accepts("None, an empty string, what is put in later, and names in a slice of names")`
  kind: Service
  spec: {clusterIP: None, loadBalancerIP: "", externalIPs: ["\${IP}", "{{ .Values.ip }}"]}
  ---
  kind: Service
  spec: {clusterIP: ""}
  ---
  apiVersion: discovery.k8s.io/v1
  kind: EndpointSlice
  addressType: FQDN
  endpoints: [{addresses: [ledger.example.com]}]
`;

accepts("a Service that is not Kubernetes' own")`
  apiVersion: serving.knative.dev/v1
  kind: Service
  spec: {clusterIP: nonsense}
`;

fixes("the address of an interface by its address")`
  kind: Pod
  spec:
    hostAliases:
      - ip: fd12::20/64
`.to`
  kind: Pod
  spec:
    hostAliases:
      - ip: fd12::20
`;

fixes("brackets, in the quotes they had")`
  kind: Pod
  spec:
    hostAliases:
      - ip: '[fd12::20]' # the ledger
        hostnames: [ledger]
`.to`
  kind: Pod
  spec:
    hostAliases:
      - ip: 'fd12::20' # the ledger
        hostnames: [ledger]
`;

reports("an address in brackets in the kubelet's ConfigMap")`
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: kubelet-config, namespace: kube-system}
  data:
    kubelet: |
      apiVersion: kubelet.config.k8s.io/v1beta1
      clusterDNS:
      - "[fd12::a]"
      # ^^^^^^^^^^^ 💡 Invalid clusterDNS IP: write fd12::a without brackets
      kind: KubeletConfiguration
`;

accepts("a kubeconfig in a ConfigMap")`
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: kube-proxy, namespace: kube-system}
  data:
    kubeconfig.conf: |-
      apiVersion: v1
      kind: Config
      clusters:
      - cluster:
          server: https://[fd12:3456:789a::1]:6443
        name: default
`;

reports("null where an address is needed, which is an empty text for the API server")`
  kind: Pod
  spec:
    hostAliases:
      - ip: null
        #   ^^^^ must be a valid IP address: it is empty
        hostnames: [ledger]
`;

accepts("null where an address may be left out, and what a template fills in")`
  kind: Service
  spec: {clusterIP: null}
  ---
  kind: Pod
  spec: {hostAliases: [{ip: {{ .ip }}, hostnames: [ledger]}]}
`;

reports("flags that take one address")`
  kind: Pod
  spec:
    containers:
      - command:
          - kube-apiserver
          - --advertise-address=[fd12::11]
          #                     ^^^^^^^^^^ 💡 failed to parse IP: write fd12::11 without brackets
          - --bind-address=10.0.0.11:6443
          #                ^^^^^^^^^^^^^^ failed to parse IP: it has a port
---
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  controllerManager:
    extraArgs:
      - {name: bind-address, value: "[::]"}
      #                              ^^^^ 💡 failed to parse IP: write :: without brackets
`;

accepts("flags with an address, with one that comes from elsewhere, and of other programs")`
  kind: Pod
  spec:
    containers:
      - command: [kube-apiserver, "--advertise-address=fd12::11", "--bind-address", "::", "--etcd-servers=https://[::1]:2379"]
---
  kind: Pod
  spec:
    containers:
      - command: [kube-apiserver, "--advertise-address=$(POD_IP)", "--bind-address="]
---
  kind: Pod
  spec:
    containers:
      - command: [server, "--bind-address=[::]:8080"]
`;

fixes("a flag")`
  kind: Pod
  spec:
    containers:
      - command: [kube-apiserver, "--advertise-address=[fd12::11]"]
`.to`
  kind: Pod
  spec:
    containers:
      - command: [kube-apiserver, "--advertise-address=fd12::11"]
`;

accepts("what is to be filled in by hand")`
  kind: Pod
  spec:
    hostAliases: [{ip: 192.168.x.x}, {ip: "2a01:4f9:XX:XX::2"}, {ip: CLUSTER_DNS_IP}]
`;

accepts("what stands in a status, which nobody reads from a manifest")`
  apiVersion: v1
  kind: Node
  status: {addresses: [{type: InternalIP, address: 127.0.0.1/32}, {type: Hostname, address: node-1}, {type: InternalIP, address: "fe80::1%eth0"}]}
  ---
  apiVersion: v1
  kind: Pod
  status: {podIP: 10.0.0.256}
`;

reports("a port behind eight groups")`
  apiVersion: v1
  kind: Service
  spec:
    clusterIP: 2600:1f18:47d:6a00:5c1:2b0e:8f3c:ee30:5442
    #          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ must be a valid IP address: it ends with the port 5442, which it does not take
`;

reports("what is asked of a load balancer in the values of a chart, and a target of external-dns")`
  service:
    annotations:
      lbipam.cilium.io/ips: "10.20.4.5,[fd12:3456:789d::5]"
      #                                ^^^^^^^^^^^^^^^^^^^ 💡 must be a valid IP address: write fd12:3456:789d::5 without brackets
---
  apiVersion: externaldns.k8s.io/v1alpha1
  kind: DNSEndpoint
  spec:
    endpoints:
      - recordType: AAAA
        targets: ["[2a0e:97c0:3ea::1]"]
        #         ^^^^^^^^^^^^^^^^^^^^ 💡 must be a valid IP address: write 2a0e:97c0:3ea::1 without brackets
      - {recordType: CNAME, targets: [a.example.org]}
`;
