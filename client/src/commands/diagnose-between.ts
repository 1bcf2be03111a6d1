import * as vscode from "vscode";
import type { Subject } from "#core/diagnosis/diagnosis.ts";
import { targetName } from "#core/judging/subject.ts";
import type { EditorCommand } from "../command.ts";
import type { Declared } from "../declared.ts";
import type { Clicked } from "../diagnosing/clicked.ts";
import { subjectsBetween } from "../diagnosing/subject.ts";
import { l10n } from "../l10n.ts";
import { isRow } from "../tree/row.ts";
import { command as diagnose } from "./diagnose.ts";

export const declared: Declared = {
  title: "Diagnose Between These Two",
  menus: {
    commandPalette: [{ when: "false" }],
    "view/item/context": [
      {
        when: "view == kube-ipv6.cluster && listDoubleSelection && viewItem =~ /^(node|pod|service)$/",
        group: "1_diagnose@2",
      },
    ],
  },
};

/** From one selected row to the other; of two pods the user says which dials. */
export const command: EditorCommand = async (environment, _argument, selected) => {
  const rows = Array.isArray(selected) ? selected.filter(isRow) : [];
  const subjects = subjectsBetween(rows);
  if (subjects.length === 0)
    throw new Error(l10n`Select two rows, at least one of them a pod: it is the one that dials.`);
  const [first, second] = subjects;
  const subject = second === undefined ? first : await choose(subjects);
  const clicked: Clicked | undefined = subject && { clicked: subject };
  return clicked && diagnose(environment, clicked);
};

async function choose(subjects: readonly Subject[]): Promise<Subject | undefined> {
  const items = subjects.map((subject) => ({ label: inWords(subject), subject }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: l10n`IPv6 Diagnosis`,
    placeHolder: l10n`Who dials?`,
  });
  return chosen?.subject;
}

function inWords({ from, to }: Subject): string {
  return l10n`from pod ${from?.namespace}/${from?.name} to ${to && targetName(to)}`;
}
