import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("service-unknown-field");

reports("old and misspelled names")`
  kind: Service
  spec:
    ipFamily: IPv6
   #^^^^^^^^ 💡 unknown field "spec.ipFamily"; it is ipFamilies
    ipfamilypolicy: SingleStack
   #^^^^^^^^^^^^^^ 💡 unknown field "spec.ipfamilypolicy"; it is ipFamilyPolicy
    clusterIp: None
   #^^^^^^^^^ 💡 unknown field "spec.clusterIp"; it is clusterIP
    externalIps: [10.1.2.3]
   #^^^^^^^^^^^ 💡 unknown field "spec.externalIps"; it is externalIPs
`;

accepts("the fields as they are, and those of others")`
  kind: Service
  spec: {ipFamilies: [IPv6], ipFamilyPolicy: SingleStack, clusterIP: None, clusterIPs: [None], externalIPs: [], ports: []}
  ---
  apiVersion: serving.knative.dev/v1
  kind: Service
  spec: {ipFamily: IPv6}
`;

fixes("a name alone and a name that became a list")`
  kind: Service
  spec:
    ipFamily: IPv6 # the old way
    ip_family_policy: PreferDualStack
`.to`
  kind: Service
  spec:
    ipFamilies: [IPv6] # the old way
    ipFamilyPolicy: PreferDualStack
`;

reports("a letter too few, two that are swapped, and other names with a family in them")`
  kind: Service
  spec:
    ipFamilyPolcy: PreferDualStack
   #^^^^^^^^^^^^^ 💡 unknown field "spec.ipFamilyPolcy"; it is ipFamilyPolicy
  ---
  kind: Service
  spec:
    ipFamileis: [IPv6]
   #^^^^^^^^^^ 💡 unknown field "spec.ipFamileis"; it is ipFamilies
    familyPolicy: PreferDualStack
   #^^^^^^^^^^^^ 💡 unknown field "spec.familyPolicy"; it is ipFamilyPolicy
    clusterIIP: None
   #^^^^^^^^^^ 💡 unknown field "spec.clusterIIP"; it is clusterIP
    loadBalancerSourceRange: [10.0.0.0/8]
   #^^^^^^^^^^^^^^^^^^^^^^^ 💡 unknown field "spec.loadBalancerSourceRange"; it is loadBalancerSourceRanges
  ---
  kind: Service
  spec:
    addressFamilies: [IPv6]
   #^^^^^^^^^^^^^^^ 💡 unknown field "spec.addressFamilies"; it is ipFamilies
`;

accepts("every other field of a Service, and names that are like none of them")`
  kind: Service
  spec:
    allocateLoadBalancerNodePorts: false
    externalTrafficPolicy: Local
    healthCheckNodePort: 30000
    internalTrafficPolicy: Cluster
    loadBalancerClass: example.com/lb
    publishNotReadyAddresses: true
    sessionAffinity: ClientIP
    sessionAffinityConfig: {clientIP: {timeoutSeconds: 10}}
    trafficDistribution: PreferClose
    topologyKeys: ["*"]
    type: LoadBalancer
    replicas: 1
    portalIP: 10.0.0.1
`;
