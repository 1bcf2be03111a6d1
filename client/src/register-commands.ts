import * as vscode from "vscode";
import type { EditorCommand, Environment } from "./command.ts";
import { commands } from "./commands/index.ts";
import { sayError } from "./say.ts";

/** Registers every command; what one of them throws is shown as a sentence. */
export function registerCommands(environment: Environment): vscode.Disposable {
  const registered = Object.entries<EditorCommand>(commands).map(([name, run]) =>
    vscode.commands.registerCommand(`kube-ipv6.${name}`, async (argument: unknown, selected: unknown) => {
      try {
        return await run(environment, argument, selected);
      } catch (error) {
        sayError(error);
        return undefined;
      }
    }),
  );
  return vscode.Disposable.from(...registered);
}
