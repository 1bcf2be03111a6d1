import * as vscode from "vscode";
import { sayError } from "../say.ts";
import { chooseFamilies } from "./choose-families.ts";
import type { Command, Environment } from "./command.ts";
import { createSettings } from "./create-settings.ts";
import { cancelDiagnosis, diagnosis, repeatDiagnosis } from "./diagnose.ts";
import { clearDiagnoses, compareDiagnoses, openDiagnosis, removeDiagnosis } from "./diagnoses.ts";
import { explainRule } from "./explain-rule.ts";
import { fixAllInFile } from "./fix-all.ts";
import { insertSnippet } from "./insert-snippet.ts";
import { openDemo } from "./open-demo.ts";
import { refresh } from "./refresh.ts";
import { showAddressPlan } from "./show-plan.ts";
import { turnRuleOff } from "./turn-rule-off.ts";
import { turnedOff } from "./turned-off.ts";
import { useContext } from "./use-context.ts";

const commands: readonly Command[] = [
  cancelDiagnosis,
  chooseFamilies,
  clearDiagnoses,
  compareDiagnoses,
  createSettings,
  diagnosis,
  explainRule,
  fixAllInFile,
  insertSnippet,
  openDemo,
  openDiagnosis,
  refresh,
  removeDiagnosis,
  repeatDiagnosis,
  showAddressPlan,
  turnRuleOff,
  turnedOff,
  useContext,
];

/** Registers every command; what one of them throws is shown as a sentence. */
export function registerCommands(environment: Environment): vscode.Disposable {
  const registered = commands.map(({ id, run }) =>
    vscode.commands.registerCommand(id, async (argument: unknown, selected: unknown) => {
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
