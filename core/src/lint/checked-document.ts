import { branchesOf } from "../manifest/branches.ts";
import { type Document, parseDocument } from "../manifest/document.ts";
import { anything, type Glance } from "../manifest/mentions.ts";
import type { SyntaxProblem } from "../manifest/parsed.ts";
import type { Resource } from "../manifest/resource.ts";
import { carried, look, lookAgain, type ResourceFindings } from "./checked-resource.ts";
import type { FactHolder } from "./fact-entries.ts";
import type { FactIndex } from "./fact-index.ts";
import { withHarmlessFixes } from "./harmless-fixes.ts";
import { withoutOtherBranches } from "./other-branches.ts";
import type { Interest } from "./relevance.ts";
import type { Finding } from "./rule.ts";
import type { RuleSet } from "./rule-set.ts";
import { type Crash, runRule, type Watched } from "./run-rule.ts";

/** What is to be said of one document; offsets count from its start. */
export interface Checked {
  readonly document: Document;
  /** What is wrong with the YAML of a document that rules look at. */
  readonly problems: readonly SyntaxProblem[];
  readonly findings: readonly Finding[];
  readonly crashes: readonly Crash[];
  /** The rules that asked what other resources say. */
  readonly asking: ReadonlySet<string>;
}

/** A document with what the rules said of it. Most rules look at it once; those that asked for facts look again when these change. */
export class Sheet implements FactHolder {
  readonly file: string;
  document: number;
  #parsed: Document;
  readonly #interest: Interest;
  #glance: Glance | undefined;
  #looked: ResourceFindings[] = [];
  /** What was looked at is still what stands there. */
  #sound = false;
  #generation = -1;
  #checked: Checked | undefined;

  constructor(file: string, document: number, parsed: Document, interest: Interest) {
    this.file = file;
    this.document = document;
    this.#parsed = parsed;
    this.#interest = interest;
  }

  get text(): string {
    return this.#parsed.text;
  }

  get glance(): Glance {
    this.#glance ??=
      this.#parsed.glance ?? (this.text.length > tooLong ? anything(this.text) : this.#interest.glance(this.text));
    return this.#glance;
  }

  /** Rules are to look at it, and have not done so since it changed. */
  get waits(): boolean {
    return !this.#sound && this.glance.ofInterest;
  }

  get resources(): readonly Resource[] {
    return this.#parsed.resources;
  }

  /** The document was edited: what did not change in it need not be looked at again. */
  turn(parsed: Document): void {
    this.#parsed = parsed;
    this.#glance = undefined;
    this.#sound = false;
  }

  /** Everything is to be looked at anew. */
  forget(): void {
    this.#looked = [];
    this.#sound = false;
  }

  check(rules: RuleSet, facts: FactIndex, world: Watched): Checked {
    if (this.#checked && this.#sound && this.#generation === facts.generation) return this.#checked;
    let changed = !this.#sound;
    if (!this.#sound)
      this.#looked = (this.glance.ofInterest ? this.resources : []).map((resource, index) =>
        this.#look(resource, index, rules, facts, world),
      );
    for (const { again } of this.#looked) changed = lookAgain(again, facts, world) || changed;
    this.#sound = true;
    this.#generation = facts.generation;
    if (changed || !this.#checked) this.#checked = this.#gather(rules, world);
    return this.#checked;
  }

  /** In a List of many objects a keystroke changes one: what was said of the others is moved to where they are now. */
  #look(resource: Resource, index: number, rules: RuleSet, facts: FactIndex, world: Watched): ResourceFindings {
    const before = this.#looked[index];
    const known = before && carried(before, resource);
    if (known) return known;
    // Many words in much text cost more than the rules; what is embedded or composed may be written otherwise in the document.
    const otherwise = resource.embedded !== undefined || resource.isComposed;
    const mentions = otherwise || this.text.length > searchable ? undefined : this.glance.mentions;
    return look(resource, rules, mentions, facts, world);
  }

  /** Two lines of different branches of a template never stand together: what no branch has to answer for is not said. */
  #possible(findings: readonly Finding[], rules: RuleSet, world: Watched): readonly Finding[] {
    if (findings.length === 0 || !this.text.includes("{{")) return findings;
    const branches = branchesOf(this.text);
    const said = branches.length === 0 ? undefined : saidOf(branches, findings, rules, world);
    const possible = said ? findings.filter((finding) => said.has(keyOf(finding))) : findings;
    return withoutOtherBranches(this.text, possible, (text) => saidOf([text], possible, rules, world), keyOf);
  }

  #gather(rules: RuleSet, world: Watched): Checked {
    const findings: Finding[] = [];
    const crashes: Crash[] = [];
    for (const looked of this.#looked) {
      findings.push(...looked.once);
      crashes.push(...looked.crashes);
    }
    for (const looked of this.#looked)
      for (const { latest } of looked.again) {
        findings.push(...latest.findings);
        if (latest.crash) crashes.push(latest.crash);
      }
    if (findings.length > 1) findings.sort((a, b) => a.start - b.start || a.end - b.end);
    const known = new Set<string>();
    // What an alias repeats stands in one place, and is said there once.
    const fresh = findings.filter((finding) => {
      const key = `${keyOf(finding)} ${finding.message}`;
      return !known.has(key) && known.add(key);
    });
    const problems = this.glance.ofInterest ? this.#parsed.problems : [];
    const possible = withHarmlessFixes({ text: this.text, problems }, this.#possible(fresh, rules, world));
    const asking = new Set(this.#looked.flatMap(({ again }) => again.map(({ rule }) => rule.id)));
    return { document: this.#parsed, problems, findings: possible, crashes, asking };
  }
}

/** Keys of what the rules of the findings say of other texts. */
function saidOf(
  texts: readonly string[],
  findings: readonly Finding[],
  rules: RuleSet,
  world: Watched,
): ReadonlySet<string> {
  const asked = new Set(findings.map(({ rule }) => rule));
  const known = new Set<string>();
  for (const resource of texts.flatMap((text) => parseDocument(text).resources))
    for (const { rule } of rules.for(resource))
      if (asked.has(rule.id)) for (const finding of runRule(rule, resource, world).findings) known.add(keyOf(finding));
  return known;
}

/** Tells findings apart. */
function keyOf({ rule, start, end, codes }: Finding): string {
  return `${rule} ${start} ${end} ${codes}`;
}

/** UTF-16 units */
const searchable = 20_000;

/** A document so long that to look through it at every keystroke would cost more than it saves. */
const tooLong = 100_000;
