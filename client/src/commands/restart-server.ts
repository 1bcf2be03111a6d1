import type { EditorCommand } from "../command.ts";
import type { Declared } from "../declared.ts";
import { l10n } from "../l10n.ts";
import { writeDown } from "../log.ts";

export const declared: Declared = {
  title: "Restart Language Server",
};

/** Ends the process that checks manifests, and starts another one, which reads all of them anew. */
export const command: EditorCommand = async ({ language }) => {
  const server = await language();
  await server.stop();
  await server.start();
  writeDown(l10n`the language server was started again`);
};
