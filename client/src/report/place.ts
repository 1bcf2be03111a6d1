import * as vscode from "vscode";
import { objectOf } from "../object/named.ts";
import { openObject } from "../object/open.ts";
import type { Row } from "../tree/row.ts";

/** Shows what a report names, "node n1" or "Service shop/web", as YAML. */
export async function openPlace(where: string, context: string): Promise<void> {
  const object = objectOf(where);
  if (object === undefined) return;
  const row: Row = { id: where, label: object.name, object };
  await vscode.commands.executeCommand(openObject, row, context);
}
