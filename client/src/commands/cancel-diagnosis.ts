import type { EditorCommand } from "../command.ts";
import type { Declared } from "../declared.ts";
import { cancelAll } from "../diagnosing/diagnose.ts";

export const declared: Declared = {
  title: "Cancel Diagnosis",
  menus: {
    commandPalette: [{ when: "kube-ipv6.diagnosing" }],
  },
};

/** Cancels what runs, for those who hid the notification with the button. */
export const command: EditorCommand = async () => cancelAll();
