import { FactIndex, type Holder } from "./facts.ts";
import { type Crash, type NamedRule, RuleSet, type Run, run } from "./lint.ts";
import type { Document } from "./manifest/document.ts";
import { type Change, ManifestFile } from "./manifest/file.ts";
import type { Resource } from "./manifest/resource.ts";
import type { Finding, Severity, Shape, World } from "./rule.ts";
import { directives } from "./suppress.ts";

/** What is known about the files of one workspace, beyond what stands in them. */
export interface Settings {
  readonly cluster: Shape;
  /** Minor version of Kubernetes 1 the manifests are meant for. */
  readonly kubernetes: number;
  /** By id or code of a rule; "off" silences it. */
  readonly severities?: Readonly<Record<string, Severity | "off">>;
  /** The answers for one file where they differ from those above. */
  readonly of?: (file: string) => Pick<Settings, "cluster" | "kubernetes" | "severities"> | undefined;
  /** Which files are meant for one cluster together: the same answer, the same cluster. Default: the same folder. */
  readonly scope?: (file: string) => string;
  /** The object as it was before, by file and resource. */
  readonly old?: (file: string, resource: Resource) => Resource | undefined;
}

export const defaults: Settings = { cluster: "unknown", kubernetes: 36 };

/** What is to be said of one document; offsets count from its start. */
export interface Checked {
  readonly document: Document;
  readonly findings: readonly Finding[];
  readonly crashes: readonly Crash[];
}

/**
 * Files, the rules, and what the rules found, kept up to date by as little work as possible: an edit runs the rules on
 * the documents it touches, and elsewhere only those that asked for a fact which the edit has changed.
 */
export class Workspace {
  readonly #rules: RuleSet;
  #settings: Settings;
  readonly #files = new Map<string, { readonly file: ManifestFile; sheets: Sheet[] }>();
  readonly #clusters = new Map<string, FactIndex>();

  constructor(rules: readonly NamedRule[], settings: Settings = defaults) {
    this.#rules = new RuleSet(rules);
    this.#settings = settings;
  }

  /** Everything is checked anew when asked for. */
  configure(settings: Settings): void {
    this.#settings = settings;
    this.#clusters.clear();
    for (const { sheets } of this.#files.values()) for (const sheet of sheets) sheet.runs = undefined;
  }

  get files(): Iterable<string> {
    return this.#files.keys();
  }

  file(name: string): ManifestFile | undefined {
    return this.#files.get(name)?.file;
  }

  open(name: string, text: string): void {
    this.close(name);
    const file = new ManifestFile(text);
    const sheets = file.documents.map((document, index) => new Sheet(name, index, document));
    this.#files.set(name, { file, sheets });
    for (const sheet of sheets) this.#clusterOf(name).update(sheet);
  }

  change(name: string, change: Change): void {
    const entry = this.#files.get(name);
    if (!entry) {
      this.open(name, change.text);
      return;
    }
    const { index, removed, added } = entry.file.change(change);
    const fresh = entry.file.documents
      .slice(index, index + added)
      .map((document, at) => new Sheet(name, index + at, document));
    const facts = this.#clusterOf(name);
    if (removed === 1 && added === 1) {
      // The usual keystroke: the sheet stays, so that facts which say the same are known to be the same.
      const sheet = entry.sheets[index] as Sheet;
      sheet.turn(entry.file.documents[index] as Document);
      facts.update(sheet);
      return;
    }
    const gone = entry.sheets.splice(index, removed, ...fresh);
    for (const [at, sheet] of entry.sheets.entries()) sheet.document = at;
    for (const sheet of gone) facts.update(sheet, true);
    for (const sheet of fresh) facts.update(sheet);
  }

  close(name: string): void {
    const entry = this.#files.get(name);
    if (!entry) return;
    this.#files.delete(name);
    for (const sheet of entry.sheets) this.#clusterOf(name).update(sheet, true);
  }

  /** What is to be said of a file, document by document. */
  check(name: string): readonly Checked[] {
    const entry = this.#files.get(name);
    if (!entry) return [];
    const { severities } = this.#settingsOf(name);
    const { disables } = directives(entry.file.documents);
    return entry.sheets.map((sheet, index) => {
      const { findings, crashes } = this.#checkSheet(sheet);
      const kept = findings
        .filter((finding) => !disables(index, finding))
        .flatMap((finding) => regraded(finding, severities));
      return { document: sheet.parsed, findings: kept, crashes };
    });
  }

  /** The world as a file sees it. */
  world(name: string): World {
    const facts = this.#clusterOf(name);
    const { cluster, kubernetes } = this.#settingsOf(name);
    return {
      cluster,
      atLeast: (minor) => kubernetes >= minor,
      all: (fact) => facts.all(fact),
      old: (resource) => this.#settings.old?.(name, resource),
    };
  }

  /** A comment in the file wins over what was configured for it, and that over what was configured for all. */
  #settingsOf(name: string): Pick<Settings, "cluster" | "kubernetes" | "severities"> {
    const configured = this.#settings.of?.(name) ?? this.#settings;
    const { cluster, kubernetes } = directives(this.file(name)?.documents ?? []);
    return {
      cluster: cluster ?? configured.cluster,
      kubernetes: kubernetes ?? configured.kubernetes,
      severities: configured.severities ?? {},
    };
  }

  #checkSheet(sheet: Sheet): { findings: readonly Finding[]; crashes: readonly Crash[] } {
    const facts = this.#clusterOf(sheet.file);
    const world = this.world(sheet.file);
    if (sheet.runs === undefined) {
      sheet.runs = sheet.resources.flatMap((resource) =>
        this.#rules.for(resource).map((rule) => new Task(rule, resource, facts)),
      );
    }
    let changed = sheet.result === undefined;
    for (const task of sheet.runs) changed = task.refresh(world) || changed;
    if (changed || !sheet.result) {
      const findings = sheet.runs
        .flatMap(({ latest }) => latest?.findings ?? [])
        .sort((a, b) => a.start - b.start || a.end - b.end);
      sheet.result = { findings, crashes: sheet.runs.flatMap(({ latest }) => (latest?.crash ? [latest.crash] : [])) };
    }
    return sheet.result;
  }

  #clusterOf(name: string): FactIndex {
    const scope = this.#settings.scope ?? folder;
    const key = scope(name);
    let facts = this.#clusters.get(key);
    if (!facts) {
      facts = new FactIndex(() => this.#sheetsOf(key, scope));
      this.#clusters.set(key, facts);
    }
    return facts;
  }

  *#sheetsOf(key: string, scope: (file: string) => string): Generator<Sheet> {
    for (const [name, { sheets }] of this.#files) if (scope(name) === key) yield* sheets;
  }
}

/** A document with what the rules said of it. */
class Sheet implements Holder {
  readonly file: string;
  document: number;
  parsed: Document;
  runs: Task[] | undefined;
  result: { findings: readonly Finding[]; crashes: readonly Crash[] } | undefined;

  constructor(file: string, document: number, parsed: Document) {
    this.file = file;
    this.document = document;
    this.parsed = parsed;
  }

  get resources(): readonly Resource[] {
    return this.parsed.resources;
  }

  turn(parsed: Document): void {
    this.parsed = parsed;
    this.runs = undefined;
    this.result = undefined;
  }
}

/** One rule on one resource, run again only when a fact it asked for has changed. */
class Task {
  latest: Run | undefined;
  #versions: readonly number[] = [];
  readonly #rule: NamedRule;
  readonly #resource: Resource;
  readonly #facts: FactIndex;

  constructor(rule: NamedRule, resource: Resource, facts: FactIndex) {
    this.#rule = rule;
    this.#resource = resource;
    this.#facts = facts;
  }

  /** True if it had to run. */
  refresh(world: World): boolean {
    const facts = this.#facts;
    if (this.latest?.asked.every((fact, index) => facts.version(fact) === this.#versions[index])) return false;
    this.latest = run(this.#rule, this.#resource, world);
    this.#versions = this.latest.asked.map((fact) => facts.version(fact));
    return true;
  }
}

function regraded(finding: Finding, severities: Settings["severities"] = {}): Finding[] {
  const severity = [finding.rule, ...finding.codes].map((key) => severities[key]).find((found) => found !== undefined);
  if (severity === undefined) return [finding];
  return severity === "off" ? [] : [{ ...finding, severity }];
}

function folder(file: string): string {
  return file.slice(0, file.lastIndexOf("/") + 1);
}
