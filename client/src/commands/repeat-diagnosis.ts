import type { EditorCommand } from "../command.ts";
import type { Declared } from "../declared.ts";
import { readDemo } from "../demo.ts";
import { diagnoseAndShow, showDemo, withHeldCluster } from "../diagnosing/diagnose.ts";
import { l10n } from "../l10n.ts";
import { diagnosisOf } from "../report/rows.ts";
import { isRow } from "../tree/row.ts";

export const declared: Declared = {
  title: "Diagnose Again",
  icon: "$(refresh)",
  menus: {
    commandPalette: [{ when: "false" }],
    "view/item/context": [
      { when: "view == kube-ipv6.diagnoses && !listMultiSelection", group: "inline@1" },
      { when: "view == kube-ipv6.diagnoses && !listMultiSelection", group: "1_diagnose@1" },
    ],
  },
};

/** Asks the same again: a row of the list of diagnoses, or the id of one. The report stands in the place of the one before. */
export const command: EditorCommand = async (environment, argument) => {
  const id = isRow(argument) ? diagnosisOf(argument) : argument;
  const entry = typeof id === "string" ? await environment.history.entry(id) : undefined;
  if (entry === undefined) throw new Error(l10n`This diagnosis is not kept any more.`);
  try {
    if (entry.demo) return await showDemo(environment, await readDemo(environment.context), entry.id);
    return await withHeldCluster(environment, async (cluster) => {
      if (cluster.context !== entry.context)
        throw new Error(
          l10n`This diagnosis is of the context ${entry.context}, and ${cluster.context} is looked at: run IPv6: Use Context first.`,
        );
      return diagnoseAndShow(environment, cluster, entry.subject, entry.id);
    });
  } finally {
    (await environment.reports()).idle(entry.id);
  }
};
