import { shapes } from "#core/addresses/shape.ts";
import { configName, configSettings, grades } from "#core/lint/config-file.ts";
import type { NamedRule } from "#core/lint/rule.ts";

/** A JSON Schema of `.kube-ipv6.yaml`, for editors and validators that know nothing of kube-ipv6. */
export function configSchema(rules: readonly NamedRule[]): string {
  const grade = { enum: [...grades, false] };
  const texts = { type: "array", items: { type: "string" } };
  const types: Readonly<Record<keyof typeof configSettings, object>> = {
    kubernetes: { type: ["string", "number"], pattern: "^v?1\\.\\d{1,3}(\\.|$)" },
    cluster: { enum: shapes },
    serviceCIDRs: texts,
    rules: {
      type: "object",
      properties: Object.fromEntries(rules.map(({ id, rule }) => [id, { ...grade, description: rule.summary }])),
      additionalProperties: grade,
    },
    exclude: texts,
    oneCluster: { type: "boolean" },
    // Its own reader says more than a schema could.
    parity: { type: "object" },
  };
  const properties = Object.entries(configSettings).map(([name, description]) => [
    name,
    { ...types[name as keyof typeof configSettings], description },
  ]);
  const schema = {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: configName,
    description: "How kube-ipv6 judges the manifests of a folder and below",
    type: "object",
    properties: Object.fromEntries(properties),
    additionalProperties: false,
  };
  return `${JSON.stringify(schema, undefined, 1)}\n`;
}
