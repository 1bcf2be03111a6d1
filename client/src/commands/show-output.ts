import type { Desk, EditorCommand } from "../command.ts";
import type { Declared } from "../declared.ts";
import { outputChannel } from "../log.ts";

export const declared: Declared = {
  title: "Show Output",
  anywhere: true,
};

/** What the extension and its language server have written down. */
export const command: EditorCommand<Desk> = async () => outputChannel().show();
