import { parsePrefix } from "../addresses/address.ts";
import { type Shape, shapes } from "../addresses/shape.ts";
import { parseDocument } from "../manifest/document.ts";
import type { Field, Range } from "../manifest/field.ts";
import type { ParitySettings } from "../parity/model.ts";
import { soundGlobs } from "./glob.ts";
import { parseParity } from "./parity-settings.ts";
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
  /** For `policy --parity`. */
  readonly parity: ParitySettings;
}

export const configName = ".kube-ipv6.yaml";

export const grades = ["off", "error", "warning", "information"] as const;

/** The settings there are, and what each is for. */
export const configSettings = {
  kubernetes: 'the version of Kubernetes, such as "1.34"',
  cluster: "which families the cluster serves, the primary one first",
  serviceCIDRs: "the ranges the API server was started with",
  rules: "how serious a rule is, by its name",
  exclude: "patterns of files that are not judged",
  oneCluster: "all files below belong to one cluster",
  parity: "for policy --parity: ranges that are counterparts, and differences that are intended",
} as const;

/** What is wrong with the settings, and the offsets of the word in their text. */
export interface ConfigProblem extends Range {
  /** A sentence that names the file and the key. */
  readonly message: string;
}

/** Reads the file's text, with the names of all rules where they are known; every problem is a sentence that names the key, and what is sound holds nevertheless. */
export function parseConfig(
  text: string,
  names?: ReadonlySet<string>,
): { readonly config: Config; readonly problems: readonly ConfigProblem[] } {
  const { resources, problems: syntax } = parseDocument(text);
  const problems: ConfigProblem[] = syntax.map(({ message, start, end }) => problem(message, { start, end }));
  const root = resources[0]?.root;
  const known = Object.keys(configSettings);
  for (const [key, field] of root?.entries() ?? [])
    if (!known.includes(key))
      problems.push(problem(`"${key}" is not a setting; known are ${known.join(", ")}`, field.key));
  const kubernetes = version(root?.get("kubernetes"), problems);
  const cluster = shape(root?.get("cluster"), problems);
  const serviceCIDRs = prefixes(root?.get("serviceCIDRs"), problems);
  const config: Config = {
    ...(kubernetes === undefined ? {} : { kubernetes }),
    ...(cluster === undefined ? {} : { cluster }),
    ...(serviceCIDRs.length === 0 ? {} : { serviceCIDRs }),
    rules: Object.fromEntries(
      (root?.get("rules")?.entries() ?? []).flatMap(([id, field]) => {
        if (names?.has(id) === false) problems.push(problem(`rules: there is no rule "${id}"`, field.key));
        return graded(id, field, problems);
      }),
    ),
    exclude: globs(root?.get("exclude"), problems),
    oneCluster: root?.get("oneCluster")?.boolean ?? false,
    parity: parseParity(root?.get("parity"), (message, at) => problems.push(problem(message, at))),
  };
  return { config, problems };
}

/** "1.34" as 34; undefined for anything else. */
export function parseVersion(text: string): number | undefined {
  const minor = /^v?1\.(\d{1,3})(?:\.|$)/.exec(text)?.[1];
  return minor === undefined ? undefined : Number(minor);
}

function version(field: Field | undefined, problems: ConfigProblem[]): number | undefined {
  const minor = field && parseVersion(field.text ?? "");
  if (field && minor === undefined)
    problems.push(problem(`kubernetes: "${field.text ?? ""}" is not a version such as "1.34"`, field));
  return minor;
}

function prefixes(field: Field | undefined, problems: ConfigProblem[]): string[] {
  return (field?.items() ?? []).flatMap((item) => {
    const { text = "" } = item;
    if (parsePrefix(text)) return [text];
    problems.push(problem(`serviceCIDRs: "${text}" is no prefix such as fd00:10:96::/112`, item));
    return [];
  });
}

function globs(field: Field | undefined, problems: ConfigProblem[]): readonly string[] {
  const written = (field?.items() ?? []).filter(({ text }) => text !== undefined);
  const { sound, problems: wrong } = soundGlobs(written.map(({ text = "" }) => text));
  for (const { index, message } of wrong) problems.push(problem(`exclude: ${message}`, written[index] as Field));
  return sound;
}

function shape(field: Field | undefined, problems: ConfigProblem[]): Shape | undefined {
  const found = shapes.find((candidate) => candidate === field?.text);
  if (field && !found)
    problems.push(problem(`cluster: "${field.text ?? ""}" is not one of ${shapes.join(", ")}`, field));
  return found;
}

function graded(id: string, field: Field, problems: ConfigProblem[]): [string, Severity | "off"][] {
  // `off` without quotes is a boolean for YAML 1.1 and false may stand for it.
  const grade = field.boolean === false ? "off" : grades.find((candidate) => candidate === field.text);
  if (grade) return [[id, grade]];
  problems.push(problem(`rules.${id}: "${field.text ?? ""}" is not one of ${grades.join(", ")}`, field));
  return [];
}

function problem(message: string, { start, end }: Range): ConfigProblem {
  return { message: `${configName}: ${message}`, start, end };
}
