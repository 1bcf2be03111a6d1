import * as vscode from "vscode";
import type { EditorCommand } from "./command.ts";
import { sayError } from "./say.ts";

/** Registers commands, by their names; what one of them throws is shown as a sentence. */
export function registerCommands<Around>(
  commands: Readonly<Record<string, EditorCommand<Around>>>,
  around: Around,
): vscode.Disposable {
  const registered = Object.entries(commands).map(([name, run]) =>
    vscode.commands.registerCommand(`kube-ipv6.${name}`, async (argument: unknown, selected: unknown) => {
      try {
        return await run(around, argument, selected);
      } catch (error) {
        sayError(error);
        return undefined;
      }
    }),
  );
  return vscode.Disposable.from(...registered);
}
