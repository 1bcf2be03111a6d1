import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("service-family-without-pods");

const cluster = `
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking: {podSubnet: 10.244.0.0/16, serviceSubnet: "10.96.0.0/12,fd00:3::/112"}
---`;

reports("RequireDualStack over pods of one family")`${cluster}
  apiVersion: v1
  kind: Service
  spec:
    selector: {app: web}
    ipFamilyPolicy: RequireDualStack
    #               ^^^^^^^^^^^^^^^^ no range for pods is IPv6 (10.244.0.0/16): this Service gets no IPv6 endpoints
`;

accepts("a family that pods have, PreferDualStack, endpoints of one's own, and names outside")`${cluster}
  apiVersion: v1
  kind: Service
  spec: {selector: {app: web}, ipFamilies: [IPv4]}
---
  apiVersion: v1
  kind: Service
  spec: {selector: {app: web}, ipFamilyPolicy: PreferDualStack}
---
  apiVersion: v1
  kind: Service
  spec: {ipFamilyPolicy: RequireDualStack}
---
  apiVersion: v1
  kind: Service
  spec: {type: ExternalName, externalName: web.example.net, ipFamilies: [IPv6]}
`;

accepts("a family that the cluster does not serve at all, which is another rule's")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking: {podSubnet: 10.244.0.0/16, serviceSubnet: 10.96.0.0/12}
---
  apiVersion: v1
  kind: Service
  spec: {selector: {app: web}, ipFamilies: [IPv6]}
`;

accepts("a pool for IPv6 beside the one for IPv4 that Calico makes")`
  apiVersion: projectcalico.org/v3
  kind: IPPool
  metadata: {name: pods-ipv6}
  spec: {cidr: "fd00:1::/64", natOutgoing: true}
---
  apiVersion: v1
  kind: Service
  spec: {selector: {app: web}, ipFamilyPolicy: RequireDualStack}
`;

accepts("pools that Calico gives to load balancers and tunnels, not to pods")`
  apiVersion: projectcalico.org/v3
  kind: IPPool
  metadata: {name: services}
  spec: {cidr: 192.168.50.0/24, allowedUses: [LoadBalancer]}
---
  apiVersion: projectcalico.org/v3
  kind: IPPool
  metadata: {name: tunnels}
  spec: {cidr: 10.250.0.0/24, allowedUses: [Tunnel]}
---
  apiVersion: v1
  kind: Service
  spec: {selector: {app: web}, ipFamilyPolicy: RequireDualStack}
`;

reports("a family that only a pool for load balancers has")`
  apiVersion: projectcalico.org/v3
  kind: IPPool
  metadata: {name: pods}
  spec: {cidr: 10.244.0.0/16, allowedUses: [Workload, Tunnel]}
---
  apiVersion: projectcalico.org/v3
  kind: IPPool
  metadata: {name: services}
  spec: {cidr: "fd12:3456:789d::/112", allowedUses: [LoadBalancer]}
---
  apiVersion: v1
  kind: Service
  spec:
    selector: {app: web}
    ipFamilies: [IPv6]
    #            ^^^^ no range for pods is IPv6 (10.244.0.0/16): this Service gets no IPv6 endpoints
`;

accepts("a pool of calico-node, which makes one of the other family as well")`
  apiVersion: apps/v1
  kind: DaemonSet
  metadata: {name: calico-node, namespace: kube-system}
  spec:
    template:
      spec:
        containers:
          - name: calico-node
            env:
              - {name: CALICO_IPV4POOL_CIDR, value: 10.244.0.0/16}
---
  apiVersion: v1
  kind: Service
  spec: {selector: {app: web}, ipFamilyPolicy: RequireDualStack}
`;

accepts("a family that a pool of calico-node adds to the podSubnet")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking: {podSubnet: 10.244.0.0/16, serviceSubnet: "10.96.0.0/16,fd12:3456:789b::/112"}
---
  apiVersion: apps/v1
  kind: DaemonSet
  metadata: {name: calico-node, namespace: kube-system}
  spec:
    template:
      spec:
        containers:
          - name: calico-node
            env:
              - {name: CALICO_IPV6POOL_CIDR, value: "fd12:3456:789a::/56"}
---
  apiVersion: v1
  kind: Service
  spec: {selector: {app: web}, ipFamilyPolicy: RequireDualStack}
`;
