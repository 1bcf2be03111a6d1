import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("service-headless-type");

reports("None for types that build on the address")`
  kind: Service
  spec:
    type: LoadBalancer
    clusterIP: None
    #          ^^^^ 💡 may not be set to 'None' for LoadBalancer services; remove it
  ---
  kind: Service
  spec:
    type: NodePort
    clusterIP: None
    #          ^^^^ may not be set to 'None' for NodePort services; remove it
    clusterIPs: [None]
`;

accepts("ClusterIP, and an address")`
  kind: Service
  spec: {type: ClusterIP, clusterIP: None}
  ---
  kind: Service
  spec: {type: NodePort, clusterIP: 10.96.0.10}
`;
