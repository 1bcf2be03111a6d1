import type { Rule } from "../lint/rule.ts";
import { absent, missing, under } from "../manifest/missing.ts";
import { podKinds, podSpec } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "dnsConfig takes at most three nameservers, and dnsPolicy None at least one",
  why: `A resolver asks no more than three servers, and the API server refuses a fourth: keep at least one that the pod can
reach over each of its families. With \`dnsPolicy: None\` there is no other source, so one is required.`,
  source: "https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-dns-config",
  severity: "error",
  codes: ["POD002", "POD003"],
  kinds: podKinds,
  mentions: [/nameservers|dnsPolicy\W+None/],
  example: {
    bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  dnsConfig:
    nameservers: ["fd12:3456:789a::53", 10.0.0.53, "fd12:3456:789a::54", 10.0.0.54]
`,
    good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  dnsConfig:
    nameservers: ["fd12:3456:789a::53", 10.0.0.53, "fd12:3456:789a::54"]
`,
  },

  *check(resource) {
    const spec = podSpec(resource);
    const config = spec?.get("dnsConfig");
    const servers = config?.get("nameservers");
    const fourth = servers?.items()[3];
    if (servers && fourth)
      yield {
        at: under(servers.path, fourth),
        message: "must not have more than 3 nameservers; keep one of each family among them",
        codes: ["POD002"],
        fix:
          servers.items().length === 4
            ? { kind: "decision", title: "Remove the fourth", edits: [fourth.remove()] }
            : undefined,
      };
    const policy = spec?.get("dnsPolicy");
    if (policy?.text !== "None" || resource.partial || config?.type === "template" || servers?.type === "template")
      return;
    if (!config || config.type === "null")
      yield {
        at: config?.key ?? (spec && missing(spec, "dnsConfig", policy)),
        message: "must provide `dnsConfig` when `dnsPolicy` is None",
        codes: ["POD003"],
      };
    else if (!servers || servers.items().length === 0)
      yield {
        at: absent(resource, ...config.steps, "nameservers"),
        message: "must provide at least one DNS nameserver when `dnsPolicy` is None",
        codes: ["POD003"],
      };
  },
};
