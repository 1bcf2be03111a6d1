import { shapes } from "../addresses/shape.ts";
import { configSettings, grades } from "../lint/config-file.ts";
import { cursorAt } from "../manifest/cursor.ts";
import type { Completion } from "./completion.ts";

/** A rule by its name, and what it is about. */
export interface RuleName {
  readonly id: string;
  readonly summary: string;
}

/** What fits at an offset of a `.kube-ipv6.yaml`: its settings, the names of rules, and the words that each takes. */
export function configCompletionsAt(text: string, offset: number, rules: readonly RuleName[]): Completion[] {
  const { path, place, start } = cursorAt(text, offset);
  const at = { start, end: offset };
  const [setting] = path;
  if (place === "key" && path.length === 0)
    return Object.entries(configSettings).map(([label, detail]) => ({
      label,
      kind: "key",
      insert: `${label}:${/^(?:rules|exclude|serviceCIDRs)$/.test(label) ? "\n  " : " "}`,
      detail,
      ...at,
    }));
  if (place === "key" && setting === "rules" && path.length === 1)
    return rules.map(({ id, summary }) => ({ label: id, kind: "key", insert: `${id}: `, detail: summary, ...at }));
  if (place !== "value") return [];
  const words =
    setting === "rules" && path.length === 2 ? grades : path.length === 1 ? values[setting ?? ""] : undefined;
  // Without quotes, off is a boolean to YAML 1.1.
  return (words ?? []).map((label) => ({ label, kind: "value", insert: label === "off" ? '"off"' : label, ...at }));
}

const values: Readonly<Record<string, readonly string[]>> = { cluster: shapes, oneCluster: ["true", "false"] };
