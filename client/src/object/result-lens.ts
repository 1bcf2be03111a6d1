import * as vscode from "vscode";
import type { Connection } from "../connection.ts";
import type { Clicked } from "../diagnosing/clicked.ts";
import { subjectOfRow } from "../diagnosing/subject.ts";
import { l10n } from "../l10n.ts";
import { manifestFilters } from "../manifest-language.ts";
import type { Menu } from "../tree/row.ts";
import { markedIn } from "./marked.ts";
import { parseObjectPath, scheme } from "./uri.ts";

/** Says above an object, in a file and in the YAML of the cluster, what the last diagnosis of the context said of it. */
export function showResults(connection: Connection): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const provider: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses: (document) => {
      const { scheme: of, path } = document.uri;
      if (!connection.marked || (of === scheme && parseObjectPath(path)?.context !== connection.current)) return [];
      const namespace = connection.view?.namespace ?? "default";
      return markedIn(document.getText(), namespace, (object) => connection.markOf(object)).flatMap(
        ({ line, object, mark }) => {
          const range = new vscode.Range(line, 0, line, 0);
          const menu = object.kind.toLowerCase() as Menu;
          const clicked = { clicked: subjectOfRow({ id: "", label: object.name, menu, object }) } satisfies Clicked;
          const diagnosis = { id: `diagnosis/${mark.diagnosis}`, label: "" };
          return [
            new vscode.CodeLens(range, {
              title: mark.text,
              command: "kube-ipv6.openDiagnosis",
              arguments: [diagnosis],
            }),
            new vscode.CodeLens(range, { title: l10n`Diagnose`, command: "kube-ipv6.diagnose", arguments: [clicked] }),
          ];
        },
      );
    },
  };
  return vscode.Disposable.from(
    changed,
    { dispose: connection.onMark(() => changed.fire()) },
    vscode.languages.registerCodeLensProvider(["file", scheme].flatMap(manifestFilters), provider),
  );
}
