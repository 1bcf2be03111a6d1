import type { FactIndex, Holder } from "./facts.ts";
import { anything, type Glance, type Interest, type Mentions } from "./interest.ts";
import { type Crash, type NamedRule, type RuleSet, type Run, run, type Watched } from "./lint.ts";
import { type Document, parseDocument } from "./manifest/document.ts";
import type { SyntaxProblem } from "./manifest/parse.ts";
import type { Resource } from "./manifest/resource.ts";
import type { Finding } from "./rule.ts";

/** What is to be said of one document; offsets count from its start. */
export interface Checked {
  readonly document: Document;
  /** What is wrong with the YAML of a document that rules look at. */
  readonly problems: readonly SyntaxProblem[];
  readonly findings: readonly Finding[];
  readonly crashes: readonly Crash[];
}

/** A document with what the rules said of it. Most rules look at it once; those that asked for facts look again when these change. */
export class Sheet implements Holder {
  readonly file: string;
  document: number;
  #parsed: Document;
  readonly #interest: Interest;
  #glance: Glance | undefined;
  #looked: Looked[] = [];
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
  #look(resource: Resource, index: number, rules: RuleSet, facts: FactIndex, world: Watched): Looked {
    const before = this.#looked[index];
    if (before && alike(before.resource, resource)) {
      const text = extent(resource);
      if (text !== undefined && extent(before.resource) === text && lead(before.resource) === lead(resource))
        return moved(before, resource);
    }
    // Many words in much text cost more than the rules; what an embedded file says may be written otherwise in the document.
    const mentions = resource.embedded || this.text.length > searchable ? undefined : this.glance.mentions;
    return look(resource, rules, mentions, facts, world);
  }

  /** Two lines of different branches of a template never stand together: what no branch has to answer for is not said. */
  #possible(findings: readonly Finding[], rules: RuleSet, world: Watched): readonly Finding[] {
    const { branches = [] } = this.#parsed;
    if (branches.length === 0 || findings.length === 0) return findings;
    const known = new Set<string>();
    for (const resource of branches.flatMap((text) => parseDocument(text).resources))
      for (const { rule } of rules.for(resource))
        for (const finding of run(rule, resource, world).findings) known.add(keyOf(finding));
    return findings.filter((finding) => known.has(keyOf(finding)));
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
    const problems = this.glance.ofInterest ? this.#parsed.problems : [];
    return { document: this.#parsed, problems, findings: this.#possible(findings, rules, world), crashes };
  }
}

/** Tells findings apart. */
function keyOf({ rule, start, end, codes }: Finding): string {
  return `${rule} ${start} ${end} ${codes}`;
}

/** What the rules said of one resource. */
interface Looked {
  readonly resource: Resource;
  /** From rules that asked for no facts. */
  readonly once: readonly Finding[];
  readonly crashes: readonly Crash[];
  readonly again: readonly Watching[];
}

interface Watching {
  readonly rule: NamedRule;
  readonly resource: Resource;
  latest: Run;
  versions: readonly number[];
}

/** UTF-16 units */
const searchable = 20_000;

/** A document so long that to look through it at every keystroke would cost more than it saves. */
const tooLong = 100_000;

function look(
  resource: Resource,
  rules: RuleSet,
  mentions: Mentions | undefined,
  facts: FactIndex,
  world: Watched,
): Looked {
  const once: Finding[] = [];
  const crashes: Crash[] = [];
  const again: Watching[] = [];
  for (const { rule, words } of rules.for(resource)) {
    if (words.length > 0 && mentions?.any(words) === false) continue;
    const latest = run(rule, resource, world);
    if (latest.asked.length > 0) again.push({ rule, resource, latest, versions: versions(latest, facts) });
    else {
      once.push(...latest.findings);
      if (latest.crash) crashes.push(latest.crash);
    }
  }
  return { resource, once, crashes, again };
}

function lookAgain(again: readonly Watching[], facts: FactIndex, world: Watched): boolean {
  let changed = false;
  for (const watching of again) {
    if (watching.latest.asked.every((fact, index) => facts.version(fact) === watching.versions[index])) continue;
    watching.latest = run(watching.rule, watching.resource, world);
    watching.versions = versions(watching.latest, facts);
    changed = true;
  }
  return changed;
}

function versions({ asked }: Run, facts: FactIndex): number[] {
  return asked.map((fact) => facts.version(fact));
}

/** With the whole of its first and last line. What an alias stands for is told elsewhere: such text tells nothing. */
function extent({ embedded, source, root: { node } }: Resource): string | undefined {
  if (embedded) return undefined;
  const newline = source.indexOf("\n", node.end);
  const line = source.lastIndexOf("\n", node.start - 1) + 1;
  const text = source.slice(line, newline < 0 ? source.length : newline);
  return text.includes("*") && /\*[^\s,[\]{}]/.test(text) ? undefined : text;
}

/** How far behind the start of its first line it begins: a byte order mark is before it at the start of a file, and part of it elsewhere. */
function lead({ source, root: { node } }: Resource): number {
  return node.start - source.lastIndexOf("\n", node.start - 1);
}

/** Behind a mistake in the YAML above, the same text may be read as something else. */
function alike(a: Resource, b: Resource): boolean {
  return (
    a.partial === b.partial &&
    a.kind === b.kind &&
    a.apiVersion === b.apiVersion &&
    a.root.node.kind === b.root.node.kind &&
    a.spell([]) === b.spell([])
  );
}

function moved(before: Looked, resource: Resource): Looked {
  const by = resource.root.start - before.resource.root.start;
  const shift = (findings: readonly Finding[]) =>
    by === 0 ? findings : findings.map((finding) => shifted(finding, by));
  const again = before.again.map((watching) => ({
    ...watching,
    resource,
    latest: { ...watching.latest, findings: shift(watching.latest.findings) },
  }));
  return { ...before, resource, once: shift(before.once), again };
}

/** A finding with its fixes, moved within its document. */
export function shifted(finding: Finding, by: number): Finding {
  const move = <T extends { readonly start: number; readonly end: number }>(range: T): T => ({
    ...range,
    start: range.start + by,
    end: range.end + by,
  });
  return { ...move(finding), fixes: finding.fixes.map(({ title, edits }) => ({ title, edits: edits.map(move) })) };
}
