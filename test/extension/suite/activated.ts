import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Api } from "#client/extension.ts";

/** The extension, active, with what it offers. */
export async function activated(): Promise<Api> {
  const extension = vscode.extensions.getExtension<Api>("kube-ipv6.kube-ipv6");
  assert.ok(extension, "VS Code knows the extension");
  return extension.activate();
}
