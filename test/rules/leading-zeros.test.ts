import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("leading-zeros");

reports("zeros that libc takes for octal")`
  kind: Service
  spec:
    clusterIP: 10.096.0.10
    #          ^^^^^^^^^^^ 💡 must not have leading 0s; use 10.96.0.10 if that is meant, libc reads them as octal
    loadBalancerSourceRanges:
      - "fd12::/048"
      # ^^^^^^^^^^^^ 💡 must not have leading 0s in IP or prefix length; use fd12::/48 if that is meant
`;

accepts("zeros inside an octet, and hex groups, which are no octal anywhere")`
  kind: Service
  spec:
    clusterIP: 10.100.0.10
    externalIPs: ["fd12::0010"]
`;

fixes("by decimal text, since the API server reads it so")`
  kind: Pod
  spec:
    hostAliases:
      - ip: 010.020.000.020
`.to`
  kind: Pod
  spec:
    hostAliases:
      - ip: 10.20.0.20
`;

accepts("a field whose own rule refuses them")`
  apiVersion: policy.networking.k8s.io/v1alpha2
  kind: ClusterNetworkPolicy
  spec: {egress: [{to: [{networks: ["010.0.0.0/8"]}]}]}
  ---
  apiVersion: gateway.networking.k8s.io/v1
  kind: Gateway
  spec: {addresses: [{value: "010.0.0.5"}]}
`;
