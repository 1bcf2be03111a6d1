import assert from "node:assert/strict";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import * as vscode from "vscode";
import { activated } from "./activated.ts";
import { until } from "./until.ts";

const { KUBE_IPV6_ROOT: root = "" } = process.env;

describe("the task of docs/ci.md", () => {
  it("puts what is wrong in a rendered chart among the Problems, where the template is", async function () {
    if (process.platform === "win32") return this.skip();
    await (await activated()).language;
    const text = await readFile(path.join(root, "docs/ci.md"), "utf8");
    const { tasks } = JSON.parse(/```json\n(\{[^`]*"tasks"[^`]*)```/.exec(text)?.[1] ?? "{}");
    const [{ label, type, command, problemMatcher }] = tasks;
    assert.equal(type, "shell");
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const template = vscode.Uri.joinPath(folder.uri, "network", "load-balancers.yaml");
    const bin = await mkdtemp(path.join(tmpdir(), "kube-ipv6-task-"));
    const started: vscode.TaskExecution[] = [];
    try {
      // Helm writes of each template what it renders to, below its name.
      const source = "# Source: shop/network/load-balancers.yaml";
      await script(bin, "helm", `echo '${source}'; sed 's|^---$|---\\n${source}|' network/load-balancers.yaml`);
      await script(
        bin,
        "npx",
        `shift 2; exec '${path.join(root, "node_modules/.bin/node")}' '${root}/dist/cli.cjs' "$@"`,
      );
      const env = { PATH: `${bin}:${process.env.PATH}` };
      const times = (count: number) =>
        until(`the findings ${count} times`, () => {
          const now = codesOf(template);
          return (
            ["ula-zero-global-id 8:6", "overlapping-ranges 17:6"].every(
              (code) => now.filter((other) => other === code).length === count,
            ) || undefined
          );
        });
      await times(1);
      const shell = new vscode.ShellExecution(command, { env, cwd: folder.uri.fsPath });
      const task = new vscode.Task({ type: "shell" }, folder, label, "test", shell, problemMatcher);
      started.push(await vscode.tasks.executeTask(task));
      // The editor has said them of the template itself.
      await times(2);
    } finally {
      for (const execution of started) execution.terminate();
      await vscode.commands.executeCommand("workbench.action.closePanel");
      await rm(bin, { recursive: true, force: true });
    }
  });
});

async function script(folder: string, name: string, line: string): Promise<void> {
  const file = path.join(folder, name);
  await writeFile(file, `#!/bin/sh\n${line}\n`);
  await chmod(file, 0o755);
}

/** "overlapping-ranges 8:5", as often as somebody says it. */
function codesOf(file: vscode.Uri): readonly string[] {
  return vscode.languages.getDiagnostics(file).map(({ code, range: { start } }) => {
    const name = typeof code === "object" ? code.value : code;
    return `${name} ${start.line}:${start.character}`;
  });
}
