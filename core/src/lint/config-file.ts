import { parsePrefix } from "../addresses/address.ts";
import { type Shape, shapes } from "../addresses/shape.ts";
import { parseDocument } from "../manifest/document.ts";
import type { Field } from "../manifest/field.ts";
import { soundGlobs } from "./glob.ts";
import type { Severity } from "./rule.ts";

/** `.kube-ipv6.yaml`: how the files of its folder and below are to be judged. */
export interface Config {
  /** Minor version of Kubernetes 1 */
  readonly kubernetes?: number;
  readonly cluster?: Shape;
  /** The ranges the API server was started with, and its ServiceCIDR objects. */
  readonly serviceCIDRs?: readonly string[];
  readonly rules: Readonly<Record<string, Severity | "off">>;
  /** Patterns of {@link matchesGlob}, relative to the folder of the file. */
  readonly exclude: readonly string[];
  /** All files below belong to one cluster, so that their prefixes are held against each other. */
  readonly oneCluster: boolean;
}

export const configName = ".kube-ipv6.yaml";

const grades = ["off", "error", "warning", "information"] as const;

/** Reads the file's text; every problem is a sentence that names the key, and what is sound holds nevertheless. */
export function parseConfig(text: string): { readonly config: Config; readonly problems: readonly string[] } {
  const { resources, problems: syntax } = parseDocument(text);
  const problems = syntax.map(({ message }) => `${configName}: ${message}`);
  const root = resources[0]?.root;
  const known = ["kubernetes", "cluster", "serviceCIDRs", "rules", "exclude", "oneCluster"];
  for (const [key] of root?.entries() ?? [])
    if (!known.includes(key)) problems.push(`${configName}: "${key}" is not a setting; known are ${known.join(", ")}`);
  const kubernetes = version(root?.get("kubernetes"), problems);
  const cluster = shape(root?.get("cluster"), problems);
  const serviceCIDRs = prefixes(root?.get("serviceCIDRs"), problems);
  const config: Config = {
    ...(kubernetes === undefined ? {} : { kubernetes }),
    ...(cluster === undefined ? {} : { cluster }),
    ...(serviceCIDRs.length === 0 ? {} : { serviceCIDRs }),
    rules: Object.fromEntries(
      (root?.get("rules")?.entries() ?? []).flatMap(([id, field]) => graded(id, field, problems)),
    ),
    exclude: globs(root?.get("exclude"), problems),
    oneCluster: root?.get("oneCluster")?.boolean ?? false,
  };
  return { config, problems };
}

/** "1.34" as 34; undefined for anything else. */
export function parseVersion(text: string): number | undefined {
  const minor = /^v?1\.(\d{1,3})(?:\.|$)/.exec(text)?.[1];
  return minor === undefined ? undefined : Number(minor);
}

function version(field: Field | undefined, problems: string[]): number | undefined {
  const minor = field && parseVersion(field.text ?? "");
  if (field && minor === undefined)
    problems.push(`${configName}: kubernetes: "${field.text ?? ""}" is not a version such as "1.34"`);
  return minor;
}

function prefixes(field: Field | undefined, problems: string[]): string[] {
  return (field?.items() ?? []).flatMap(({ text = "" }) => {
    if (parsePrefix(text)) return [text];
    problems.push(`${configName}: serviceCIDRs: "${text}" is no prefix such as fd00:10:96::/112`);
    return [];
  });
}

function globs(field: Field | undefined, problems: string[]): readonly string[] {
  const { sound, problems: wrong } = soundGlobs((field?.items() ?? []).flatMap(({ text }) => text ?? []));
  for (const problem of wrong) problems.push(`${configName}: exclude: ${problem}`);
  return sound;
}

function shape(field: Field | undefined, problems: string[]): Shape | undefined {
  const found = shapes.find((candidate) => candidate === field?.text);
  if (field && !found)
    problems.push(`${configName}: cluster: "${field.text ?? ""}" is not one of ${shapes.join(", ")}`);
  return found;
}

function graded(id: string, field: Field, problems: string[]): [string, Severity | "off"][] {
  // `off` without quotes is a boolean for YAML 1.1 and false may stand for it.
  const grade = field.boolean === false ? "off" : grades.find((candidate) => candidate === field.text);
  if (grade) return [[id, grade]];
  problems.push(`${configName}: rules.${id}: "${field.text ?? ""}" is not one of ${grades.join(", ")}`);
  return [];
}
