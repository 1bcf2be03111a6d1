import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("values-families");

reports("words at the top, deep down and in a wrapper")`
  ipFamilies: [ipv4, IPv6]
  #            ^^^^ 💡 Unsupported value: "ipv4": supported values: "IPv4", "IPv6"
  pilot:
    ipFamilyPolicy: DualStack
    #               ^^^^^^^^^ Unsupported value: "DualStack": supported values: "SingleStack", "PreferDualStack", "RequireDualStack"
  certManager:
    serviceIPFamilyPolicy: requireDualStack
    #                      ^^^^^^^^^^^^^^^^ 💡 Unsupported value: "requireDualStack": supported values: "SingleStack", "PreferDualStack", "RequireDualStack"
    serviceIPFamilies: [6]
    #                   ^ 💡 Unsupported value: "6": supported values: "IPv4", "IPv6"
`;

reports("a list without a policy in the values of a release")`
  apiVersion: helm.toolkit.fluxcd.io/v2
  kind: HelmRelease
  spec:
    values:
      gateway: {ipFamilies: [ipv6]}
      #                      ^^^^ 💡 Unsupported value: "ipv6": supported values: "IPv4", "IPv6"
`;

accepts("a matrix of tests")`
  matrix: {ipFamilies: [ipv4, ipv6]}
`;

accepts("the API server's words, nothing, and what is judged as a Service")`
  ipFamilies: [IPv4, IPv6]
  ipFamilyPolicy: ""
  pilot: {ipFamilyPolicy: PreferDualStack, ipFamilies: []}
  service:
    ipFamilies: [ipv4]
    main: {ipFamilies: [ipv4]}
`;

fixes("the spelling")`
  pilot: {ipFamilyPolicy: singlestack, ipFamilies: [IPV6]}
`.to`
  pilot: {ipFamilyPolicy: SingleStack, ipFamilies: [IPv6]}
`;

reports("an operator's object, in a list")`
  apiVersion: kafka.strimzi.io/v1beta2
  kind: Kafka
  spec:
    kafka:
      listeners:
        - configuration:
            ipFamilyPolicy: DualStack
            #               ^^^^^^^^^ Unsupported value: "DualStack": supported values: "SingleStack", "PreferDualStack", "RequireDualStack"
            ipFamilies: [ipv6]
            #            ^^^^ 💡 Unsupported value: "ipv6": supported values: "IPv4", "IPv6"
`;

accepts("the schema of such an object")`
  apiVersion: apiextensions.k8s.io/v1
  kind: CustomResourceDefinition
  spec: {ipFamilies: [ipv6]}
`;
