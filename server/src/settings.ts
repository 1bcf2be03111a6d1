import { parseVersion } from "#core/config.ts";
import { type Severity, shapes } from "#core/rule.ts";
import { defaults, type Settings } from "#core/workspace.ts";

/** The client's `kube-ipv6` settings as core wants them; what is not sound is left at its default. */
export function readSettings(sent: unknown): Settings {
  const section = record(record(sent)["kube-ipv6"] ?? sent);
  const kubernetes = typeof section["kubernetes"] === "string" ? parseVersion(section["kubernetes"]) : undefined;
  return {
    cluster: shapes.find((shape) => shape === section["cluster"]) ?? defaults.cluster,
    kubernetes: kubernetes ?? defaults.kubernetes,
    severities: record(section["rules"]) as Record<string, Severity | "off">,
  };
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
