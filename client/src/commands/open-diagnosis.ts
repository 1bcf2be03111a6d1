import type { EditorCommand } from "../command.ts";
import type { Declared } from "../declared.ts";
import { selectedDiagnoses } from "../report/selected.ts";

export const declared: Declared = {
  title: "Open Diagnosis",
  menus: {
    commandPalette: [{ when: "false" }],
  },
};

/** Shows a diagnosis that was kept, judged by the causes of today. */
export const command: EditorCommand = async ({ reports }, argument) => {
  const [id] = selectedDiagnoses(argument);
  if (id !== undefined) await (await reports()).open(id);
};
