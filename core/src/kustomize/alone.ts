import type { Checked } from "../lint/checked-document.ts";
import type { Finding } from "../lint/rule.ts";
import type { Workspace } from "../lint/workspace.ts";
import type { Document } from "../manifest/document.ts";
import type { Range } from "../manifest/field.ts";
import type { Files } from "./files.ts";
import type { Source } from "./source.ts";

/** What is said of files where nothing else is known. */
export class Alone {
  readonly #files: Files;
  readonly #workspace: Workspace;
  readonly #said = new Map<string, readonly Checked[]>();

  constructor(files: Files, workspace: Workspace) {
    this.#files = files;
    this.#workspace = workspace;
  }

  says(rule: string, { file, document }: Source, { start, end }: Range): boolean {
    const said = this.#of(file)[document]?.findings ?? [];
    return said.some((one) => one.rule === rule && one.start < end && start < one.end);
  }

  /** The same words, anywhere in a file. */
  saysIn(file: string, { rule, message }: Finding): boolean {
    return this.#of(file).some(({ findings }) => findings.some((one) => one.rule === rule && one.message === message));
  }

  /** Of a document that was printed. */
  saysOf(printed: Document, file: string, finding: Finding): boolean {
    const said = this.#check(file, [printed])[0]?.findings ?? [];
    return said.some(({ rule, start }) => rule === finding.rule && start === finding.start);
  }

  #of(file: string): readonly Checked[] {
    const said = this.#said.get(file) ?? this.#check(file, this.#files.all(file) ?? []);
    this.#said.set(file, said);
    return said;
  }

  #check(file: string, documents: readonly Document[]): readonly Checked[] {
    const name = `alone\n${file}\n${file}`;
    this.#workspace.open(name, documents);
    const said = this.#workspace.check(name);
    this.#workspace.close(name);
    return said;
  }
}
