import type { EditorCommand } from "../command.ts";
import type { Declared } from "../declared.ts";
import { selectedDiagnoses } from "../report/selected.ts";

export const declared: Declared = {
  title: "Forget Diagnosis",
  menus: {
    commandPalette: [{ when: "false" }],
    "view/item/context": [{ when: "view == kube-ipv6.diagnoses", group: "2_forget" }],
  },
};

/** Forgets diagnoses that were kept. */
export const command: EditorCommand = async ({ history }, argument, selected) =>
  history.remove(selectedDiagnoses(argument, selected));
