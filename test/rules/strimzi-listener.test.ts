import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("strimzi-listener");

reports("both fields of an internal listener")`
  apiVersion: kafka.strimzi.io/v1beta2
  kind: Kafka
  spec:
    kafka:
      listeners:
        - name: plain
          type: internal
          configuration:
            ipFamilyPolicy: PreferDualStack
          # ^^^^^^^^^^^^^^ an internal listener cannot configure ipFamilyPolicy: write it under template.bootstrapService and brokersService
            ipFamilies: [IPv6, IPv4]
          # ^^^^^^^^^^ an internal listener cannot configure ipFamilies: write it under template.bootstrapService and brokersService
`;

accepts("other listeners, and the template")`
  apiVersion: kafka.strimzi.io/v1beta2
  kind: Kafka
  spec:
    kafka:
      listeners:
        - {name: plain, type: internal, configuration: {useServiceDnsDomain: true}}
        - {name: out, type: loadbalancer, configuration: {ipFamilyPolicy: PreferDualStack}}
      template:
        bootstrapService: {ipFamilyPolicy: PreferDualStack}
`;
