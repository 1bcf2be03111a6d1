import type { Shape } from "../addresses/shape.ts";
import { looks, TooMuchToLookAt } from "../manifest/looks.ts";
import type { Resource } from "../manifest/resource.ts";
import { shortened } from "../text/shortened.ts";
import type { Fact, KnownFact, PlacedFact } from "./fact.ts";
import type { Finding, Fix, NamedRule, Report, Rule, Severity, World } from "./rule.ts";

/** What one rule said of one resource, and which facts it asked for: it has to run again only when one of these changes. */
export interface RuleRun {
  readonly findings: readonly Finding[];
  readonly asked: readonly Fact<unknown>[];
  /** A rule that threw; its other findings stand. */
  readonly crash?: Crash;
}

export interface Crash {
  readonly rule: string;
  readonly message: string;
}

const nothing: readonly never[] = [];

/** Runs one rule on one resource. A crash is returned beside the findings made before it. */
export function runRule({ id, rule }: NamedRule, resource: Resource, world: Watched): RuleRun {
  // Most rules have nothing to say: what a keystroke costs is decided by how little is made for these.
  let findings: Finding[] | undefined;
  if (world.gaveUp(id)) return silent;
  world.begin(id);
  try {
    for (const report of rule.check(resource, world)) {
      const finding = toFinding(id, rule, resource, report);
      if (!finding) continue;
      findings ??= [];
      findings.push(finding);
      if (findings.length >= mostFindings) throw new TooMuchToLookAt();
    }
  } catch (error) {
    if (error instanceof TooMuchToLookAt)
      return { findings: findings ?? nothing, asked: world.asked, crash: { rule: id, message: error.message } };
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { findings: findings ?? nothing, asked: world.asked, crash: { rule: id, message } };
  } finally {
    looks.most = Number.POSITIVE_INFINITY;
  }
  return findings || world.asked.length > 0 ? { findings: findings ?? nothing, asked: world.asked } : silent;
}

/** Fields that one rule may make of one resource: a tenth of a second. The largest objects of public repositories take a hundredth of that. */
const mostFields = 2_000_000;

/** Facts that one rule may go through in one file: 5,000 Services, each compared with every one. */
const mostFacts = 30_000_000;

/** Findings of one rule in one resource: nobody reads more. */
const mostFindings = 1_000;

const silent: RuleRun = { findings: nothing, asked: nothing };

/** A World that knows which facts it was asked for since it was last told to begin. */
export class Watched implements World {
  /** Stands for all of it but the facts: rules that ask for none say the same in every world that has the same; undefined if it is alone. */
  readonly alike: object | undefined;
  readonly #world: World;
  #asked: Fact<unknown>[] | undefined;
  #rule = "";
  /** By rule, how many facts it has been given. */
  readonly #spent = new Map<string, number>();
  #someoneGaveUp = false;

  constructor(world: World, alike?: object) {
    this.#world = world;
    this.alike = alike;
  }

  /** Of the rule that begins, so much may be looked at in this resource, and of facts in all of the file. */
  begin(rule = ""): void {
    this.#asked = undefined;
    this.#rule = rule;
    looks.most = looks.made + mostFields;
  }

  get asked(): readonly Fact<unknown>[] {
    return this.#asked ?? nothing;
  }

  get cluster(): Shape {
    return this.#world.cluster;
  }

  get serviceCIDRs(): readonly string[] | undefined {
    return this.#world.serviceCIDRs;
  }

  get completed(): boolean {
    return this.#world.completed;
  }

  atLeast(minor: number): boolean {
    return this.#world.atLeast(minor);
  }

  old(resource: Resource): Resource | undefined {
    return this.#world.old(resource);
  }

  all<T>(fact: Fact<T>): readonly KnownFact<T>[] {
    const all = this.#read(fact, () => this.#world.all(fact));
    const spent = (this.#spent.get(this.#rule) ?? 0) + all.length;
    this.#spent.set(this.#rule, spent);
    if (spent <= mostFacts) return all;
    this.#someoneGaveUp = true;
    throw new TooMuchToLookAt();
  }

  get hasGivenUp(): boolean {
    return this.#someoneGaveUp;
  }

  /** It has gone through more facts than it may in this file: that was said when it happened. */
  gaveUp(rule: string): boolean {
    return this.#someoneGaveUp && (this.#spent.get(rule) ?? 0) > mostFacts;
  }

  own<T>(fact: Fact<T>, resource: Resource): PlacedFact<T> | undefined {
    return this.#read(fact, () => this.#world.own(fact, resource));
  }

  digest<T, D>(fact: Fact<T>, of: (all: readonly KnownFact<T>[]) => D): D {
    return this.#read(fact, () => this.#world.digest(fact, of));
  }

  /** What others say is read once for all rules, so that it is no one's burden. */
  #read<T>(fact: Fact<unknown>, read: () => T): T {
    this.#ask(fact);
    const left = looks.most - looks.made;
    looks.most = Number.POSITIVE_INFINITY;
    const value = read();
    looks.most = looks.made + left;
    return value;
  }

  #ask(fact: Fact<unknown>): void {
    this.#asked ??= [];
    if (!this.#asked.includes(fact)) this.#asked.push(fact);
  }
}

function toFinding(id: string, rule: Rule, resource: Resource, report: Report): Finding | undefined {
  const { at } = report;
  if (!at) return undefined;
  const message = shortened(report.message);
  const severity: Severity = report.severity ?? rule.severity;
  const fixes = asArray(report.fix).flatMap(({ kind, title, edits }) => {
    const whole = edits.filter((edit) => edit !== undefined);
    return whole.length === edits.length && whole.length > 0 ? [{ kind, title: shortened(title), edits: whole }] : [];
  });
  const { path, start, end } = at;
  const codes = report.codes ?? rule.codes ?? [];
  const { kind, name } = asWritten(resource);
  return { rule: id, codes, severity, path, message, start, end, kind, name, fixes };
}

/** People know an object by what stands in it: a Corefile is found in its ConfigMap, Calico's policy is a NetworkPolicy. */
function asWritten(resource: Resource): Pick<Finding, "kind" | "name"> {
  const object = resource.holder;
  return { kind: object.get("kind")?.text ?? object.kind, name: object.name };
}

function asArray(fix: Fix | readonly Fix[] | undefined): readonly Fix[] {
  if (fix === undefined) return [];
  return Array.isArray(fix) ? (fix as readonly Fix[]) : [fix as Fix];
}
