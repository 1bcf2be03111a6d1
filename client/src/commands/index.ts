import * as vscode from "vscode";
import type { Connection } from "../connection.ts";
import { cancelDiagnosis, diagnosis } from "./diagnose.ts";
import { openDemo } from "./open-demo.ts";
import { refresh } from "./refresh.ts";
import { turnRuleOff } from "./turn-rule-off.ts";
import { useContext } from "./use-context.ts";

export interface Command {
  /** As package.json declares it. */
  readonly id: string;
  /** `argument` is what a menu gives: a row of the tree, or the URI of a document. */
  run(environment: Environment, argument: unknown): Promise<unknown>;
}

export interface Environment {
  readonly context: vscode.ExtensionContext;
  readonly connection: Connection;
}

const commands: readonly Command[] = [cancelDiagnosis, diagnosis, openDemo, refresh, turnRuleOff, useContext];

/** Registers every command; what one of them throws is shown as a sentence. */
export function registerCommands(context: vscode.ExtensionContext, connection: Connection): vscode.Disposable {
  const environment = { context, connection };
  const registered = commands.map(({ id, run }) =>
    vscode.commands.registerCommand(id, async (argument: unknown) => {
      try {
        return await run(environment, argument);
      } catch (error) {
        void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
        return undefined;
      }
    }),
  );
  return vscode.Disposable.from(...registered);
}
