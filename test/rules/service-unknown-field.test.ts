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
