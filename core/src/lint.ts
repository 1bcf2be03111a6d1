import type { Fact } from "./fact.ts";
import type { Resource } from "./manifest/resource.ts";
import type { Finding, Fix, Report, Rule, Severity, World } from "./rule.ts";

/** A rule under its id, the name of its file. */
export interface NamedRule {
  readonly id: string;
  readonly rule: Rule;
}

/** What one rule said of one resource, and which facts it asked for: it has to run again only when one of these changes. */
export interface Run {
  readonly findings: readonly Finding[];
  readonly asked: readonly Fact<unknown>[];
  /** A rule that threw; its other findings stand. */
  readonly crash?: Crash;
}

export interface Crash {
  readonly rule: string;
  readonly message: string;
}

/** Runs one rule on one resource. A crash is returned beside the findings made before it. */
export function run({ id, rule }: NamedRule, resource: Resource, world: World): Run {
  const asked: Fact<unknown>[] = [];
  const watched: World = {
    cluster: world.cluster,
    ...(world.serviceCIDRs ? { serviceCIDRs: world.serviceCIDRs } : {}),
    atLeast: (minor) => world.atLeast(minor),
    old: (of) => world.old(of),
    all: (fact) => {
      if (!asked.includes(fact as Fact<unknown>)) asked.push(fact as Fact<unknown>);
      return world.all(fact);
    },
  };
  const findings: Finding[] = [];
  try {
    for (const report of rule.check(resource, watched)) {
      const finding = toFinding(id, rule, resource, report);
      if (finding) findings.push(finding);
    }
  } catch (error) {
    return {
      findings,
      asked,
      crash: { rule: id, message: error instanceof Error ? (error.stack ?? error.message) : String(error) },
    };
  }
  return { findings, asked };
}

/** The rules that look at a kind, picked once per kind. */
export class RuleSet {
  readonly #rules: readonly NamedRule[];
  readonly #byKind = new Map<string, readonly NamedRule[]>();

  constructor(rules: readonly NamedRule[]) {
    this.#rules = rules;
  }

  for({ kind, group }: Resource): readonly NamedRule[] {
    const key = `${group}/${kind}`;
    let chosen = this.#byKind.get(key);
    if (!chosen) {
      chosen = this.#rules.filter(
        ({ rule }) => (rule.kinds.includes(kind) || rule.kinds.includes("*")) && (rule.groups?.includes(group) ?? true),
      );
      this.#byKind.set(key, chosen);
    }
    return chosen;
  }
}

function toFinding(id: string, rule: Rule, resource: Resource, report: Report): Finding | undefined {
  const { at, message } = report;
  if (!at) return undefined;
  const severity: Severity = report.severity ?? rule.severity;
  const fixes = asArray(report.fix).flatMap(({ title, edits }) => {
    const whole = edits.filter((edit) => edit !== undefined);
    return whole.length === edits.length && whole.length > 0 ? [{ title, edits: whole }] : [];
  });
  const { path, start, end } = at;
  const codes = report.codes ?? rule.codes;
  const { kind, name } = asWritten(resource);
  return { rule: id, codes, severity, path, message, start, end, kind, name, fixes };
}

/** People know an object by what stands in it: a Corefile is found in its ConfigMap, Calico's policy is a NetworkPolicy. */
function asWritten(resource: Resource): Pick<Finding, "kind" | "name"> {
  const object = resource.embedded?.field.resource ?? resource;
  return { kind: object.get("kind")?.text ?? object.kind, name: object.name };
}

function asArray(fix: Fix | readonly Fix[] | undefined): readonly Fix[] {
  if (fix === undefined) return [];
  return Array.isArray(fix) ? (fix as readonly Fix[]) : [fix as Fix];
}
