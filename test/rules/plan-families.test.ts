import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("plan-families");

reports("two of one family, and three")`
  cluster:
    network:
      podSubnets: [10.244.0.0/16, 10.245.0.0/16]
      #            ^^^^^^^^^^^^^ podSubnets takes one prefix, or one of each family; both are IPv4
      serviceSubnets: [10.96.0.0/12]
  ---
  cluster-cidr: fd12:3456:789a::/56,fd12:3456:789b::/56,10.42.0.0/16
  #             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ cluster-cidr takes one prefix, or one of each family; these are 3
`;

reports("a family that only pods, or only Services have")`
  clusterPodNets: [10.244.0.0/16, "fd12:3456:789a::/56"]
  clusterSvcNets: [10.96.0.0/12]
  #                ^^^^^^^^^^^^ pods have IPv6, Services cannot be asked for it: add an IPv6 prefix to clusterSvcNets
  ---
  kube_pods_subnet: 10.233.64.0/18
  #                 ^^^^^^^^^^^^^^ Services must follow the pods: add an IPv6 prefix to kube_pods_subnet, or no IPv6 Service has an endpoint
  kube_service_addresses: 10.233.0.0/18
  kube_service_addresses_ipv6: fd12:3456:789a:8607::1000/116
`;

reports("no family in common, whatever the order")`
  apiVersion: cluster.x-k8s.io/v1beta1
  kind: Cluster
  spec:
    clusterNetwork:
      pods: {cidrBlocks: [10.60.0.0/16]}
      services: {cidrBlocks: ["fd12:3456:789a::/108"]}
      #                        ^^^^^^^^^^^^^^^^^^^^ pods and Services share no family: no Service gets an endpoint; add an IPv6 prefix to pods.cidrBlocks
`;

reports("two orders")`
  apiVersion: v1
  baseDomain: example.org
  networking:
    clusterNetwork: [{cidr: 10.128.0.0/14, hostPrefix: 23}, {cidr: "fd12:3456:789a::/48", hostPrefix: 64}]
    serviceNetwork: ["fd12:3456:789b::/112", 172.30.0.0/16]
    #                 ^^^^^^^^^^^^^^^^^^^^ clusterNetwork begins with IPv4, this with IPv6; put them in one order
`;

accepts("plans that agree, of one family and of two, and half a plan")`
  apiVersion: v1
  baseDomain: example.org
  networking:
    clusterNetwork: [{cidr: 10.128.0.0/14, hostPrefix: 23}, {cidr: "fd12:3456:789a::/48", hostPrefix: 64}]
    serviceNetwork: [172.30.0.0/16, "fd12:3456:789b::/112"]
  ---
  clusterPodNets: ["fd12:3456:789a::/56"]
  clusterSvcNets: ["fd12:3456:789b::/112"]
  ---
  kube_service_addresses: 10.233.0.0/18
  kube_service_addresses_ipv6: fd12:3456:789a:8607::1000/116
  ---
  cluster: {network: {podSubnets: [10.244.0.0/16]}}
`;
