import type { Mentions } from "../manifest/mentions.ts";
import type { Resource } from "../manifest/resource.ts";
import { alike } from "./alike.ts";
import type { FactIndex } from "./fact-index.ts";
import type { Finding, NamedRule } from "./rule.ts";
import type { RuleSet } from "./rule-set.ts";
import { type Crash, type RuleRun, runRule, type Watched } from "./run-rule.ts";

/** What the rules said of one resource. */
export interface ResourceFindings {
  readonly resource: Resource;
  /** From rules that asked for no facts. */
  readonly once: readonly Finding[];
  readonly crashes: readonly Crash[];
  readonly again: readonly Watching[];
}

export interface Watching {
  readonly rule: NamedRule;
  readonly resource: Resource;
  latest: RuleRun;
  versions: readonly number[];
}

/** Has every rule look that may have something to say; `mentions`: only those whose words the document holds. */
export function look(
  resource: Resource,
  rules: RuleSet,
  mentions: Mentions | undefined,
  facts: FactIndex,
  world: Watched,
): ResourceFindings {
  const alike = world.alike && resource.once(world.alike, (): { said?: Said } => ({}));
  if (alike?.said) return lookAnew(resource, alike.said, facts, world);
  const once: Finding[] = [];
  const crashes: Crash[] = [];
  const again: Watching[] = [];
  const answers: boolean[] = [];
  for (const { rule, words, asking } of rules.for(resource)) {
    answers[asking] ??= !words || mentions === undefined || mentions.any(words);
    if (!answers[asking]) continue;
    const latest = runRule(rule, resource, world);
    if (latest.asked.length > 0) again.push({ rule, resource, latest, versions: versions(latest, facts) });
    else {
      once.push(...latest.findings);
      if (latest.crash) crashes.push(latest.crash);
    }
  }
  if (alike && !world.hasGivenUp) alike.said = { once, crashes, asking: again.map(({ rule }) => rule) };
  return { resource, once, crashes, again };
}

/** What was said of a resource in one world and holds in all that are alike, and the rules that asked for facts. */
interface Said extends Pick<ResourceFindings, "once" | "crashes"> {
  readonly asking: readonly NamedRule[];
}

function lookAnew(resource: Resource, { once, crashes, asking }: Said, facts: FactIndex, world: Watched) {
  const again = asking.map((rule): Watching => {
    const latest = runRule(rule, resource, world);
    return { rule, resource, latest, versions: versions(latest, facts) };
  });
  return { resource, once, crashes, again };
}

/** Runs those rules again that asked for a fact which has changed; whether there were any. */
export function lookAgain(again: readonly Watching[], facts: FactIndex, world: Watched): boolean {
  let changed = false;
  for (const watching of again) {
    if (watching.latest.asked.every((fact, index) => facts.version(fact) === watching.versions[index])) continue;
    watching.latest = runRule(watching.rule, watching.resource, world);
    watching.versions = versions(watching.latest, facts);
    changed = true;
  }
  return changed;
}

function versions({ asked }: RuleRun, facts: FactIndex): number[] {
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

/** What was said of a resource, where it stands now; undefined if it is not the same any more. */
export function carried(before: ResourceFindings, resource: Resource): ResourceFindings | undefined {
  if (!alike(before.resource, resource)) return undefined;
  const text = extent(resource);
  const same = text !== undefined && extent(before.resource) === text && lead(before.resource) === lead(resource);
  return same ? moved(before, resource) : undefined;
}

function moved(before: ResourceFindings, resource: Resource): ResourceFindings {
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
  return { ...move(finding), fixes: finding.fixes.map((fix) => ({ ...fix, edits: fix.edits.map(move) })) };
}
