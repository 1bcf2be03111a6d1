import { clusterOf } from "../facts/service-ranges.ts";
import { containersOf, envOf } from "../kinds/containers.ts";
import { settingFields } from "../kinds/setting-fields.ts";
import type { Rule } from "../lint/rule.ts";
import { podKinds } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "Elasticsearch or OpenSearch is told to take an address of a family that pods do not have",
  why: `\`_site:ipv4_\` and \`_eth0:ipv4_\` stand for the IPv4 addresses of an interface alone, with \`:ipv6_\` for those of IPv6. In a cluster of
the other family there is none, and the node stops. Without a family both are taken.`,
  source:
    "https://www.elastic.co/docs/reference/elasticsearch/configuration-reference/networking-settings#network-interface-values",
  severity: "warning",
  kinds: ["*"],
  mentions: [/:ipv[46]_/],
  example: {
    cluster: "v6",
    bad: configMap("_site:ipv4_"),
    good: configMap("_site_"),
  },

  *check(resource, world) {
    const cluster = clusterOf(world);
    const missing = cluster === "v6" ? "4" : cluster === "v4" ? "6" : undefined;
    if (!missing) return;
    const given = podKinds.includes(resource.kind)
      ? containersOf(resource).flatMap((container) => envOf(container).flatMap(({ value }) => value ?? []))
      : [...settingFields(resource)];
    for (const field of given)
      if (new RegExp(`^_[\\w.-]+:ipv${missing}_$`).test(field.text ?? ""))
        yield {
          at: field,
          message: `pods here have no IPv${missing} address: write ${field.text?.replace(/:ipv\d/, "")}`,
        };
  },
};

function configMap(host: string): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: es
data:
  elasticsearch.yml: |
    network.host: "${host}"
`;
}
