import { FactIndex } from "./facts.ts";
import { type NamedRule, RuleSet } from "./lint.ts";
import { type Change, ManifestFile } from "./manifest/file.ts";
import type { Resource } from "./manifest/resource.ts";
import type { Finding, Severity, Shape, World } from "./rule.ts";
import { type Checked, Sheet } from "./sheet.ts";
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

interface Entry {
  readonly file: ManifestFile;
  readonly sheets: Sheet[];
  /** The cluster and version the sheets were checked for. */
  meant: string;
}

/**
 * Files, the rules, and what the rules found, kept up to date by as little work as possible: an edit runs the rules on
 * the documents it touches, and elsewhere only those that asked for a fact which the edit has changed.
 */
export class Workspace {
  readonly #rules: RuleSet;
  #settings: Settings;
  readonly #files = new Map<string, Entry>();
  readonly #clusters = new Map<string, FactIndex>();

  constructor(rules: readonly NamedRule[], settings: Settings = defaults) {
    this.#rules = new RuleSet(rules);
    this.#settings = settings;
  }

  /** Everything is checked anew when asked for. */
  configure(settings: Settings): void {
    this.#settings = settings;
    this.#clusters.clear();
    for (const { sheets } of this.#files.values()) for (const sheet of sheets) sheet.forget();
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
    this.#files.set(name, { file, sheets, meant: "" });
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
      sheet.turn(entry.file.documents[index] as NonNullable<(typeof entry.file.documents)[0]>);
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
    const { severities, ...meant } = this.#settingsOf(name);
    const key = `${meant.cluster} ${meant.kubernetes}`;
    if (entry.meant !== key) for (const sheet of entry.sheets) sheet.forget();
    entry.meant = key;
    const world = this.#world(name, meant);
    const facts = this.#clusterOf(name);
    const { disables, any } = directives(entry.file.documents);
    const plain = !any && Object.keys(severities).length === 0;
    return entry.sheets.map((sheet, index) => {
      const checked = sheet.check(this.#rules, facts, world);
      if (plain || checked.findings.length === 0) return checked;
      const kept = checked.findings.filter((finding) => !disables(index, finding));
      return { ...checked, findings: kept.flatMap((finding) => regraded(finding, severities)) };
    });
  }

  #world(name: string, { cluster, kubernetes }: Pick<Settings, "cluster" | "kubernetes">): World {
    const facts = this.#clusterOf(name);
    return {
      cluster,
      atLeast: (minor) => kubernetes >= minor,
      all: (fact) => facts.all(fact),
      old: (resource) => this.#settings.old?.(name, resource),
    };
  }

  /** A comment in the file wins over what was configured for it, and that over what was configured for all. */
  #settingsOf(name: string): Required<Pick<Settings, "cluster" | "kubernetes" | "severities">> {
    const configured = this.#settings.of?.(name) ?? this.#settings;
    const { cluster, kubernetes } = directives(this.file(name)?.documents ?? []);
    return {
      cluster: cluster ?? configured.cluster,
      kubernetes: kubernetes ?? configured.kubernetes,
      severities: configured.severities ?? {},
    };
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

function regraded(finding: Finding, severities: Required<Settings>["severities"]): Finding[] {
  const severity = [finding.rule, ...finding.codes].map((key) => severities[key]).find((found) => found !== undefined);
  if (severity === undefined) return [finding];
  return severity === "off" ? [] : [{ ...finding, severity }];
}

function folder(file: string): string {
  return file.slice(0, file.lastIndexOf("/") + 1);
}
