import type { Diagnostic } from "vscode-languageserver";
import type { Checked } from "#core/lint/checked-document.ts";
import { configName, parseConfig } from "#core/lint/config-file.ts";
import type { Note } from "#core/lint/notes.ts";
import { notesOf } from "#core/lint/notes.ts";
import type { ManifestFile } from "#core/manifest/file.ts";
import { configDiagnostic, noteDiagnostic, shiftedDown, toDiagnostic } from "./to-lsp.ts";

/** What was said of a document of a file, its lines counted from its own first one. */
interface Part {
  readonly diagnostics: readonly Diagnostic[];
  readonly line: number;
}

/**
 * What the client was told, so that it is told nothing twice. A keystroke changes what is said of one document; the
 * others are compared by identity, and only a list that differs is translated and sent.
 */
export class Published {
  readonly #names: ReadonlySet<string>;
  readonly #byChecked = new WeakMap<Checked, readonly Diagnostic[]>();
  readonly #byFile = new Map<string, readonly Part[]>();

  /** `names`: what comments may turn off. */
  constructor(names: ReadonlySet<string>) {
    this.#names = names;
  }

  /** The diagnostics of a file if they differ from those of the last time. */
  update(name: string, file: ManifestFile, all: readonly Checked[]): Diagnostic[] | undefined {
    const before = this.#byFile.get(name);
    const parts = all.map((checked, index) => this.#part(file, index, checked, before?.[index]));
    if (name.endsWith(`/${configName}`)) parts.push({ diagnostics: configDiagnostics(file, this.#names), line: 0 });
    this.#byFile.set(name, parts);
    if (before && alike(before, parts)) return undefined;
    return parts.flatMap(({ diagnostics, line }) => diagnostics.map((diagnostic) => shiftedDown(diagnostic, line)));
  }

  forget(name: string): void {
    this.#byFile.delete(name);
  }

  #part(file: ManifestFile, index: number, checked: Checked, before: Part | undefined): Part {
    let diagnostics = this.#byChecked.get(checked);
    if (!diagnostics) {
      const line = file.lineOf(index);
      const notes: readonly Note[] = notesOf(checked, this.#names);
      const fresh = [
        ...checked.findings.map((finding) => toDiagnostic(file, index, finding)),
        ...notes.map((note) => noteDiagnostic(file, index, note)),
      ].map((diagnostic) => shiftedDown(diagnostic, -line));
      diagnostics = before && sameText(before.diagnostics, fresh) ? before.diagnostics : fresh;
      this.#byChecked.set(checked, diagnostics);
    }
    return { diagnostics, line: file.lineOf(index) };
  }
}

/** Where nothing is said, it does not matter on which line. */
function alike(before: readonly Part[], after: readonly Part[]): boolean {
  const [said, say] = [before.filter(speaks), after.filter(speaks)];
  return (
    said.length === say.length &&
    said.every(({ diagnostics, line }, index) => {
      const other = say[index] as Part;
      return line === other.line && (diagnostics === other.diagnostics || sameText(diagnostics, other.diagnostics));
    })
  );
}

function speaks({ diagnostics }: Part): boolean {
  return diagnostics.length > 0;
}

function sameText(a: readonly Diagnostic[], b: readonly Diagnostic[]): boolean {
  return a.length === b.length && JSON.stringify(a) === JSON.stringify(b);
}

function configDiagnostics(file: ManifestFile, names: ReadonlySet<string>): readonly Diagnostic[] {
  return parseConfig(file.text, names).problems.map((problem) => configDiagnostic(file, problem));
}
