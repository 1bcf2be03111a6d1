import * as vscode from "vscode";
import { sayError } from "../say.ts";
import type { Command, Environment } from "./command.ts";
import { cancelDiagnosis, diagnosis } from "./diagnose.ts";
import { fixAllInFile } from "./fix-all.ts";
import { insertSnippet } from "./insert-snippet.ts";
import { openDemo } from "./open-demo.ts";
import { refresh } from "./refresh.ts";
import { showAddressPlan } from "./show-plan.ts";
import { turnRuleOff } from "./turn-rule-off.ts";
import { useContext } from "./use-context.ts";

const commands: readonly Command[] = [
  cancelDiagnosis,
  diagnosis,
  fixAllInFile,
  insertSnippet,
  openDemo,
  refresh,
  showAddressPlan,
  turnRuleOff,
  useContext,
];

/** Registers every command; what one of them throws is shown as a sentence. */
export function registerCommands(environment: Environment): vscode.Disposable {
  const registered = commands.map(({ id, run }) =>
    vscode.commands.registerCommand(id, async (argument: unknown) => {
      try {
        return await run(environment, argument);
      } catch (error) {
        sayError(error);
        return undefined;
      }
    }),
  );
  return vscode.Disposable.from(...registered);
}
