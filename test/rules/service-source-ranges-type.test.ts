import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("service-source-ranges-type");

reports("ranges without a LoadBalancer, by field and by annotation")`
  kind: Service
  spec:
    loadBalancerSourceRanges: [10.0.0.0/8]
   #^^^^^^^^^^^^^^^^^^^^^^^^ 💡 may only be used when \`type\` is 'LoadBalancer'; remove it, or change the type
  ---
  kind: Service
  metadata:
    annotations:
      service.beta.kubernetes.io/load-balancer-source-ranges: 10.0.0.0/8
      #                                                       ^^^^^^^^^^ 💡 may only be used when \`type\` is 'LoadBalancer'; remove it, or change the type
  spec:
    type: NodePort
`;

accepts("a LoadBalancer, an empty list, and a template that brings the type")`
  kind: Service
  spec: {type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/8]}
  ---
  kind: Service
  spec: {loadBalancerSourceRanges: []}
  ---
  kind: Service
  spec:
    type: {{ .Values.type }}
    loadBalancerSourceRanges: [10.0.0.0/8]
`;

fixes("by removing them")`
  kind: Service
  spec:
    type: ClusterIP
    loadBalancerSourceRanges:
      - 10.0.0.0/8
      - fd12::/48
    ports: []
`.to`
  kind: Service
  spec:
    type: ClusterIP
    ports: []
`;
