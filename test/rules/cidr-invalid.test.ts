import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("cidr-invalid");

reports("an address without length, a length out of range, and text")`
  kind: NetworkPolicy
  apiVersion: networking.k8s.io/v1
  spec:
    ingress:
      - from:
          - ipBlock:
              cidr: "fd12::7"
              #     ^^^^^^^^^ 💡 must be a valid CIDR value: write fd12::7/128 for this one address
              except:
                - fd12::/129
                # ^^^^^^^^^^ must be a valid CIDR value: its length 129 is above 128, the most for IPv6
                - 10.0.0.0/33
                # ^^^^^^^^^^^ must be a valid CIDR value: its length 33 is above 32, the most for IPv4
                - everything
                # ^^^^^^^^^^ must be a valid CIDR value: it is not address/length
                - "[fd12::]/64"
                # ^^^^^^^^^^^^^ 💡 must be a valid CIDR value: write fd12::/64
`;

reports("a member of the old annotation")`
  kind: Service
  metadata:
    annotations:
      service.beta.kubernetes.io/load-balancer-source-ranges: 10.0.0.0/8, fd12::1
      #                                                                   ^^^^^^^ 💡 must be a valid CIDR value: write fd12::1/128 for this one address
  spec:
    type: LoadBalancer
`;

reports("a range to hand out addresses from, whose length cannot be guessed")`
  apiVersion: networking.k8s.io/v1
  kind: ServiceCIDR
  spec:
    cidrs: [fd00:10:112::1]
    #       ^^^^^^^^^^^^^^ must be a valid CIDR value: it is one address, add the length of the range
`;

accepts("both families, a range of everything, and blanks between the members of the annotation")`
  kind: Service
  metadata:
    annotations:
      service.beta.kubernetes.io/load-balancer-source-ranges: "10.0.0.0/8, fd12::/48"
  spec:
    loadBalancerSourceRanges: ["::/0", 0.0.0.0/0, "fd12::7/128"]
`;

fixes("one address in the middle of a list")`
  kind: Service
  metadata:
    annotations:
      service.beta.kubernetes.io/load-balancer-source-ranges: "10.0.0.0/8, fd12::1, 10.1.2.3"
`.to`
  kind: Service
  metadata:
    annotations:
      service.beta.kubernetes.io/load-balancer-source-ranges: "10.0.0.0/8, fd12::1/128, 10.1.2.3/32"
`;

accepts("blanks around a source range, which the API server trims")`
  kind: Service
  spec:
    type: LoadBalancer
    loadBalancerSourceRanges: ["10.0.0.0/8", " fd12::/48"]
`;

reports("an empty range of a ServiceCIDR")`
  apiVersion: networking.k8s.io/v1
  kind: ServiceCIDR
  spec:
    cidrs: [""]
    #       ^^ must be a valid CIDR value: it is not address/length
`;

accepts("a ServiceCIDR whose range a template fills in")`
  apiVersion: networking.k8s.io/v1
  kind: ServiceCIDR
  spec: {cidrs: ["{{ .Values.range }}"]}
`;

reports("a comma too many in a list of subnets")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking:
    podSubnet: fd12:3456:789a::/56,
    #          ^^^^^^^^^^^^^^^^^^^^ 💡 couldn't parse subnet: empty entry; remove the comma
    serviceSubnet: ",10.96.0.0/16,,fd12:3456:789b::/112"
    #              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 couldn't parse subnet: empty entry; remove the comma
---
  apiVersion: kubeproxy.config.k8s.io/v1alpha1
  kind: KubeProxyConfiguration
  clusterCIDR: "fd12:3456:789a::/56,"
  #            ^^^^^^^^^^^^^^^^^^^^^^ 💡 must be a valid CIDR block, (e.g. 10.9.8.0/24 or 2001:db8::/64): empty entry; remove the comma
---
  apiVersion: kind.x-k8s.io/v1alpha4
  kind: Cluster
  networking:
    podSubnet: "fd12:3456:789a::/56,"
    #          ^^^^^^^^^^^^^^^^^^^^^^ 💡 invalid CIDR address: empty entry; remove the comma
    serviceSubnet: ",fd12:3456:789b::/112"
    #              ^^^^^^^^^^^^^^^^^^^^^^^ 💡 invalid CIDR address: empty entry; remove the comma
`;

accepts("no subnets at all")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking:
    podSubnet: ""
    serviceSubnet:
---
  apiVersion: kubeproxy.config.k8s.io/v1alpha1
  kind: KubeProxyConfiguration
  clusterCIDR: ""
---
  apiVersion: kind.x-k8s.io/v1alpha4
  kind: Cluster
  networking: {podSubnet: "", serviceSubnet: ""}
`;

fixes("commas too many")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking:
    podSubnet: fd12:3456:789a::/56,
    serviceSubnet: ",10.96.0.0/16,,fd12:3456:789b::/112"
`.to`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking:
    podSubnet: fd12:3456:789a::/56
    serviceSubnet: "10.96.0.0/16,fd12:3456:789b::/112"
`;

reports(
  "a comma too many in the annotation that the API server splits, and an address inside brackets that ends in a colon",
)`
  apiVersion: v1
  kind: Service
  metadata:
    annotations:
      service.beta.kubernetes.io/load-balancer-source-ranges: "10.0.0.0/8,"
      #                                                       ^^^^^^^^^^^^^ 💡 must be a valid CIDR value: empty entry; remove the comma
  spec: {type: LoadBalancer}
  ---
  apiVersion: v1
  kind: Service
  spec:
    loadBalancerSourceRanges: [10.0.0.0/8, fd12::]
    #                                      ^^^^^^ 💡 must be a valid CIDR value: write fd12::/128 for this one address
`;

accepts("a comma too many where the reader leaves empty parts out")`
  apiVersion: networking.k8s.io/v1
  kind: Ingress
  metadata:
    annotations: {alb.ingress.kubernetes.io/inbound-cidrs: "10.0.0.0/8, "}
`;

accepts("what YAML takes for a key, which is said once, by the rule on that")`
  apiVersion: projectcalico.org/v3
  kind: IPPool
  spec:
    cidr: fd12:3456:789a::
`;

reports("the same in quotes, and without a colon at its end")`
  apiVersion: projectcalico.org/v3
  kind: IPPool
  spec:
    cidr: "fd12:3456:789a::"
    #     ^^^^^^^^^^^^^^^^^^ must be a valid CIDR value: it is one address, add the length of the range
  ---
  apiVersion: projectcalico.org/v3
  kind: IPPool
  spec:
    cidr: fd12:3456:789a::1
    #     ^^^^^^^^^^^^^^^^^ must be a valid CIDR value: it is one address, add the length of the range
`;

reports("values of a chart and variables of a ClusterClass, by the names of their keys")`
  ports:
    web:
      forwardedHeaders: {trustedIPs: ["fd12::1::/64", 10.0.0.0/8, proxy]}
      #                               ^^^^^^^^^^^^^^ must be a valid CIDR value: its address has two "::"
  service: {loadBalancerSourceRanges: [10.0.0.0/33]}
  #                                    ^^^^^^^^^^^ must be a valid CIDR value: its length 33 is above 32, the most for IPv4
---
  apiVersion: cluster.x-k8s.io/v1beta1
  kind: Cluster
  spec:
    topology:
      variables:
        - name: podCIDRs
          value: ["10.1.0.0/16", "fd12:3456:789a::/129"]
          #                      ^^^^^^^^^^^^^^^^^^^^^^ must be a valid CIDR value: its length 129 is above 128, the most for IPv6
`;

reports("the same names in an operator's object")`
  apiVersion: kafka.strimzi.io/v1beta2
  kind: Kafka
  spec:
    kafka:
      listeners:
        - configuration: {loadBalancerSourceRanges: [10.0.0.0]}
          #                                          ^^^^^^^^ 💡 must be a valid CIDR value: write 10.0.0.0/32 for this one address
`;

accepts("what is no address at all under such names")`
  podCIDR: auto
  trustedIPs: [loopback, "{{ .Values.ips }}", "\${IPS}"]
  cidr: "vpc:main"
  allowlist: [a:b, "12:30"]
`;

reports("a source range of Zalando's Postgres operator, and nothing of a right one beside it")`
  apiVersion: acid.zalan.do/v1
  kind: postgresql
  spec:
    allowedSourceRanges:
      - 10.0.0.0/8
      - 300.1.2.3/8
      # ^^^^^^^^^^^ must be a valid CIDR value: its address has the octet 300, above 255
`;

accepts("one address in pools that take addresses, ranges and prefixes")`
  apiVersion: ipam.cluster.x-k8s.io/v1alpha2
  kind: InClusterIPPool
  spec:
    addresses: ["fd00::10-fd00::20", "fd00::30", 10.0.2.5, "fd00:1::/120"]
    excludedAddresses: ["fd00::15"]
  ---
  apiVersion: spiderpool.spidernet.io/v2beta1
  kind: SpiderIPPool
  spec: {subnet: "fd00::/64", ips: ["fd00::10-fd00::20", "fd00::30"], excludeIPs: ["fd00::15"]}
  ---
  apiVersion: infrastructure.cluster.x-k8s.io/v1alpha1
  kind: ProxmoxCluster
  spec:
    ipv4Config: {addresses: [10.0.2.5]}
    ipv6Config: {addresses: ["fd00::30"]}
`;
