import type { Document } from "../manifest/document.ts";
import { ManifestFile, type TextChange } from "../manifest/file.ts";
import { programOf } from "../manifest/program-file.ts";
import { type Checked, Sheet } from "./checked-document.ts";
import { type Directives, directives, mayDirect } from "./directives.ts";
import type { Fact, KnownFact } from "./fact.ts";
import type { FactIndex } from "./fact-index.ts";
import { type OpenFile, OpenFiles } from "./open-files.ts";
import { Interest } from "./relevance.ts";
import type { NamedRule } from "./rule.ts";
import { RuleSet } from "./rule-set.ts";
import type { Watched } from "./run-rule.ts";
import type { Scope } from "./scopes.ts";
import { defaults, type Meant, type Settings } from "./settings.ts";
import type { Severities } from "./severities.ts";
import { worldOf } from "./world-of.ts";

/**
 * Files, the rules, and what the rules found, kept up to date by as little work as possible: an edit runs the rules on
 * the documents it touches, and elsewhere only those that asked for a fact which the edit has changed.
 */
export class Workspace {
  readonly #rules: RuleSet;
  readonly #interest: Interest;
  readonly #files = new OpenFiles();
  #settings: Settings;

  constructor(rules: readonly NamedRule[], settings: Settings = defaults) {
    this.#rules = RuleSet.of(rules);
    this.#interest = Interest.of(rules);
    this.#settings = settings;
  }

  /** Everything is checked anew when asked for. */
  configure(settings: Settings): void {
    this.#settings = settings;
    const files = [...this.#files.entries];
    this.clear();
    for (const [name, { file, sheets }] of files) this.#add(name, file, sheets);
  }

  get files(): Iterable<string> {
    return this.#files.names;
  }

  file(name: string): ManifestFile | undefined {
    return this.#files.get(name)?.file;
  }

  /** Something may be said of files with variables, though nothing is as they stand. */
  get fills(): boolean {
    return this.#settings.builds?.fills === true;
  }

  /** What the files of one cluster, this file's, say on a subject. */
  all<T>(name: string, fact: Fact<T>): readonly KnownFact<T>[] {
    return this.#files.get(name)?.scope.facts.all(fact) ?? [];
  }

  /** The same for every cluster there are files for. */
  everywhere<T>(fact: Fact<T>): readonly (readonly KnownFact<T>[])[] {
    return [...this.#files.scopes].map(({ facts }) => facts.all(fact));
  }

  /** Whether there is room for a file's documents beside those that are open; for a file by itself there is. */
  hasRoom(documents: readonly Document[]): boolean {
    return this.#files.hasRoom(documents);
  }

  /** From its text, or from documents that were read already. */
  open(name: string, content: string | readonly Document[]): void {
    this.close(name);
    const program = typeof content === "string" ? programOf(name, () => content) : content[0]?.program;
    const file = new ManifestFile(content, { patch: this.#settings.patch?.(name) ?? false, program });
    const sheets = file.documents.map((document, index) => new Sheet(name, index, document, this.#interest));
    const { facts } = this.#add(name, file, sheets);
    for (const sheet of sheets) facts.update(sheet);
  }

  /** What was known beside its text has changed: it is checked anew when asked for. */
  forget(name: string): void {
    const entry = this.#files.get(name);
    if (!entry) return;
    forget(entry);
    this.#touch(name, entry.scope);
  }

  change(name: string, change: TextChange): void {
    const entry = this.#files.get(name);
    if (!entry) {
      this.open(name, change.text);
      return;
    }
    const { index, removed, added } = entry.file.change(change);
    this.#touch(name, entry.scope);
    // What a program's own file is can be told by its text alone: an empty one is nobody's, and becomes one when it is written.
    if (entry.file.program !== programOf(name, () => entry.file.text)) {
      this.open(name, entry.file.text);
      return;
    }
    const fresh = entry.file.documents
      .slice(index, index + added)
      .map((document, at) => new Sheet(name, index + at, document, this.#interest));
    const { facts } = entry.scope;
    if (removed === 1 && added === 1) {
      // The usual keystroke: the sheet stays, so that facts which say the same are known to be the same.
      const sheet = entry.sheets[index] as Sheet;
      const document = entry.file.documents[index] as Document;
      sheet.turn(document);
      facts.update(sheet);
      entry.edited.add(index);
      if (entry.said?.any || mayDirect(document)) entry.said = undefined;
      return;
    }
    entry.last = undefined;
    entry.said = undefined;
    const gone = entry.sheets.splice(index, removed, ...fresh);
    for (const [at, sheet] of entry.sheets.entries()) sheet.document = at;
    for (const sheet of gone) facts.update(sheet, true);
    for (const sheet of fresh) facts.update(sheet);
  }

  close(name: string): void {
    const entry = this.#files.get(name);
    if (!entry) return;
    this.#files.remove(name, entry);
    this.#touchBuilds(name);
  }

  /** Closes all files at once. */
  clear(): void {
    this.#files.clear();
  }

  /** What is to be said of a file, document by document. What did not change since the last time is the same object. */
  check(name: string): readonly Checked[] {
    const steps = this.checking(name);
    for (;;) {
      const { done, value } = steps.next();
      if (done) return value;
    }
  }

  /** The same in small steps, for those who have something else to do in between; it is to be given up when anything changes. */
  *checking(name: string): Generator<undefined, readonly Checked[]> {
    const entry = this.#files.get(name);
    if (!entry) return [];
    entry.said ??= directives(entry.file.documents);
    const { said } = entry;
    const { severities, ...meant } = this.#settingsOf(name, said);
    const key = `${meant.cluster} ${meant.kubernetes}`;
    if (entry.meant !== key) forget(entry);
    entry.meant = key;
    const { facts } = entry.scope;
    const world = this.#world(name, facts, meant);
    if (entry.last?.generation === facts.generation) {
      const checked = [...entry.last.checked];
      for (const index of entry.edited) {
        yield;
        checked[index] = (entry.sheets[index] as Sheet).check(this.#rules, facts, world);
      }
      return yield* this.#keep(name, checked, said, severities);
    }
    // Reading a fact parses every document; better one at a time.
    for (const sheet of entry.sheets) if (sheet.waits) yield void sheet.resources;
    const checked: Checked[] = [];
    for (const sheet of entry.sheets) {
      if (sheet.waits) yield;
      checked.push(sheet.check(this.#rules, facts, world));
    }
    return yield* this.#keep(name, checked, said, severities);
  }

  /** What some rules say of some documents: their ids, by the numbers of the documents. Nothing of it is kept for the next time. */
  *asking(
    name: string,
    wanted: ReadonlyMap<number, ReadonlySet<string>>,
  ): Generator<undefined, ReadonlyMap<number, Checked>> {
    const checked = new Map<number, Checked>();
    const entry = this.#files.get(name);
    if (!entry) return checked;
    const { file, scope } = entry;
    const world = this.#world(name, scope.facts, this.#settingsOf(name, directives(file.documents)), false);
    for (const [index, ids] of wanted) {
      yield;
      const sheet = new Sheet(name, index, file.documents[index] as Document, this.#interest);
      checked.set(index, sheet.check(this.#rules.only(ids), scope.facts, world));
    }
    return checked;
  }

  /** The files of the clusters in which something may be said otherwise than when this was asked last. */
  restless(): readonly string[] {
    return this.#files.restless();
  }

  /** They have been told of. */
  settled(): void {
    this.#files.settled();
  }

  *#keep(
    name: string,
    checked: readonly Checked[],
    said: Directives,
    severities: Severities,
  ): Generator<undefined, readonly Checked[]> {
    const entry = this.#files.get(name) as OpenFile;
    entry.last = { checked, generation: entry.scope.facts.generation };
    entry.edited.clear();
    const { builds } = this.#settings;
    if (!builds) return entry.graded.of(checked, said, severities);
    yield* builds.building(name);
    return entry.graded.of(builds.said(name, checked), said, severities);
  }

  /** What is said in its scope may be another thing now, and so may what is said of files that it is built with. */
  #touch(name: string, scope: Scope<OpenFile>): void {
    this.#files.touch(scope);
    this.#touchBuilds(name);
  }

  #touchBuilds(name: string): void {
    for (const other of this.#settings.builds?.touched(name) ?? []) {
      const entry = this.#files.get(other);
      if (entry) this.#files.touch(entry.scope);
    }
  }

  /** What is to be said of one document of a file, without looking at the others. */
  checkOne(name: string, document: number): Checked | undefined {
    const entry = this.#files.get(name);
    const sheet = entry?.sheets[document];
    if (!entry || !sheet) return undefined;
    entry.said ??= directives(entry.file.documents);
    const { said } = entry;
    const { severities, ...meant } = this.#settingsOf(name, said);
    const { facts } = entry.scope;
    if (this.#settings.builds || entry.meant !== `${meant.cluster} ${meant.kubernetes}`)
      return this.check(name)[document];
    return entry.graded.one(
      sheet.check(this.#rules, facts, this.#world(name, facts, meant)),
      document,
      said,
      severities,
    );
  }

  #world(name: string, facts: FactIndex, meant: Meant, shares = this.#settings.shares === true): Watched {
    return worldOf(name, facts, meant, { ...this.#settings, shares }, this.#rules);
  }

  /** A comment in the file wins over what was configured for it, and that over what was configured for all. */
  #settingsOf(name: string, said: Directives): Meant & Required<Pick<Meant, "severities">> {
    const configured = this.#settings.of?.(name) ?? this.#settings;
    return {
      cluster: said.cluster ?? configured.cluster,
      ...(configured.serviceCIDRs ? { serviceCIDRs: configured.serviceCIDRs } : {}),
      kubernetes: said.kubernetes ?? configured.kubernetes,
      severities: configured.severities ?? none,
    };
  }

  #add(name: string, file: ManifestFile, sheets: Sheet[]): Scope<OpenFile> {
    const entry = this.#files.add(name, file, sheets, this.#settings.scope ?? folder);
    this.#touchBuilds(name);
    return entry.scope;
  }
}

const none: Required<Settings>["severities"] = {};

function forget(entry: OpenFile): void {
  for (const sheet of entry.sheets) sheet.forget();
  entry.last = undefined;
}

function folder(file: string): string {
  return file.slice(0, file.lastIndexOf("/") + 1);
}
