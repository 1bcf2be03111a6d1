import { readFile } from "node:fs/promises";
import type * as vscode from "vscode";
import type { Demo } from "#core/diagnosis/demo.ts";

/** The recorded cluster that comes with the extension, with a fault in it. */
export async function readDemo(context: vscode.ExtensionContext): Promise<Demo> {
  return JSON.parse(await readFile(context.asAbsolutePath("demo/cluster.json"), "utf8"));
}
