import type { Rule } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "An internal listener of Strimzi is given families, which its operator refuses",
  why: `The Services of a listener of the type \`internal\` are the cluster's own: their families are set once, under
\`spec.kafka.template\`. In the listener's configuration the operator refuses them.`,
  source: "https://strimzi.io/docs/operators/latest/configuring.html#type-GenericKafkaListenerConfiguration-reference",
  severity: "error",
  kinds: ["Kafka"],
  groups: ["kafka.strimzi.io"],
  mentions: [/ipFamil/],
  example: {
    bad: kafka("internal"),
    good: kafka("loadbalancer"),
  },

  *check(kafka) {
    for (const listener of kafka.get("spec", "kafka", "listeners")?.items() ?? []) {
      if (listener.get("type")?.text !== "internal") continue;
      for (const key of ["ipFamilyPolicy", "ipFamilies"]) {
        const field = listener.get("configuration", key);
        if (field)
          yield {
            at: field.key,
            message: `an internal listener cannot configure ${key}: write it under template.bootstrapService and brokersService`,
          };
      }
    }
  },
};

function kafka(type: string): string {
  return `apiVersion: kafka.strimzi.io/v1beta2
kind: Kafka
metadata:
  name: events
spec:
  kafka:
    listeners:
      - name: plain
        port: 9092
        type: ${type}
        tls: false
        configuration:
          ipFamilyPolicy: PreferDualStack
`;
}
