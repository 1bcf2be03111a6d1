import * as vscode from "vscode";
import { sayError } from "../say.ts";
import { diagnoseBetween } from "./between.ts";
import { chooseFamilies } from "./choose-families.ts";
import type { EditorCommand, Environment } from "./command.ts";
import { copyAddress, copyKubectl, copyName } from "./copy.ts";
import { createSettings } from "./create-settings.ts";
import { leaveDemo, openDemo } from "./demo.ts";
import { cancelDiagnosis, diagnosis, repeatDiagnosis } from "./diagnose.ts";
import { clearDiagnoses, compareDiagnoses, openDiagnosis, removeDiagnosis } from "./diagnoses.ts";
import { explainRule } from "./explain-rule.ts";
import { fixAllInFile } from "./fix-all.ts";
import { chooseKubeconfig, getStarted } from "./get-started.ts";
import { insertSnippet } from "./insert-snippet.ts";
import { showAll, showOdd } from "./odd.ts";
import { refresh } from "./refresh.ts";
import { showAddressPlan } from "./show-plan.ts";
import { turnRuleOff } from "./turn-rule-off.ts";
import { turnedOff } from "./turned-off.ts";
import { useContext } from "./use-context.ts";

const commands: readonly EditorCommand[] = [
  cancelDiagnosis,
  chooseFamilies,
  clearDiagnoses,
  compareDiagnoses,
  createSettings,
  chooseKubeconfig,
  copyAddress,
  copyKubectl,
  copyName,
  diagnoseBetween,
  diagnosis,
  explainRule,
  fixAllInFile,
  getStarted,
  insertSnippet,
  leaveDemo,
  openDemo,
  openDiagnosis,
  refresh,
  removeDiagnosis,
  repeatDiagnosis,
  showAddressPlan,
  showAll,
  showOdd,
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
