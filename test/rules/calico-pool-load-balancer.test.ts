import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("calico-pool-load-balancer");

reports("all that a pool for Services cannot have")`
  apiVersion: projectcalico.org/v3
  kind: IPPool
  spec:
    cidr: 10.20.0.0/24
    allowedUses: [LoadBalancer, Workload]
    #                           ^^^^^^^^ LoadBalancer cannot be combined with Workload or Tunnel allowed uses: make two pools
    ipipMode: Always
    #         ^^^^^^ 💡 LoadBalancer IP pool cannot have IPIP or VXLAN enabled: write Never
    disableBGPExport: true
    #                 ^^^^ LoadBalancer IP pool cannot have disableBGPExport: true, nobody would find its addresses
    nodeSelector: zone == 'a'
    #             ^^^^^^^^^^^ 💡 LoadBalancer IP pool must have the node selector all()
`;

accepts("a plain pool for Services, and one for pods")`
  apiVersion: projectcalico.org/v3
  kind: IPPool
  spec: {cidr: 10.20.0.0/24, allowedUses: [LoadBalancer], vxlanMode: Never, nodeSelector: "all()"}
  ---
  apiVersion: projectcalico.org/v3
  kind: IPPool
  spec: {cidr: 10.20.0.0/24, allowedUses: [Workload, Tunnel], vxlanMode: Always}
`;
