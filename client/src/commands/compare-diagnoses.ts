import type { EditorCommand } from "../command.ts";
import type { Declared } from "../declared.ts";
import { l10n } from "../l10n.ts";
import { selectedDiagnoses } from "../report/selected.ts";

export const declared: Declared = {
  title: "Compare Diagnoses",
  menus: {
    "view/item/context": [{ when: "view == kube-ipv6.diagnoses", group: "1_diagnose@2" }],
  },
};

/** Two diagnoses side by side: the selected ones, or one and the one before it of the same subject. */
export const command: EditorCommand = async ({ reports, history }, argument, selected) => {
  const [one, other] = selectedDiagnoses(argument, selected);
  const entries = await history.list();
  const first = entries.find(({ id }) => id === one) ?? entries[0];
  const same = entries.find(
    ({ id, context, subject }) =>
      first !== undefined &&
      id < first.id &&
      context === first.context &&
      JSON.stringify(subject) === JSON.stringify(first.subject),
  );
  const second = other ?? same?.id;
  if (first === undefined || second === undefined)
    throw new Error(l10n`Select two diagnoses in the list; there is no earlier one of the same subject.`);
  await (await reports()).compare(first.id, second);
};
