import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import * as vscode from "vscode";
import { activated } from "./activated.ts";
import { until } from "./until.ts";

const manifest = `kind: NetworkPolicy
apiVersion: networking.k8s.io/v1
metadata:
  name: out
spec:
  podSelector: {}
  egress:
    - to:
        - ipBlock:
            cidr: 0.0.0.0/0
`;

/** Other rules may have something to say about the same text. */
function isAboutAny({ source, code }: vscode.Diagnostic): boolean {
  return source === "kube-ipv6" && typeof code === "object" && code.value === "network-policy-ipv4-any";
}

describe("a manifest in the editor", () => {
  let document: vscode.TextDocument;

  const diagnostic = (count: number) =>
    until(`${count} diagnostics`, () => {
      const found = vscode.languages.getDiagnostics(document.uri).filter(isAboutAny);
      return found.length === count ? found : undefined;
    });

  before(async () => {
    await (await activated()).language;
    document = await vscode.workspace.openTextDocument({ language: "yaml", content: manifest });
    await vscode.window.showTextDocument(document);
  });

  it("is underlined at the exact scalar, with a message and a link to the rule", async () => {
    const [found] = await diagnostic(1);
    assert.equal(document.getText(found?.range), "0.0.0.0/0");
    assert.match(found?.message ?? "", /add ::\/0/);
    const code = found?.code;
    assert.ok(typeof code === "object", "the code links to the rule's page");
    assert.equal(code.value, "network-policy-ipv4-any");
  });

  it("has a hover on an address", async () => {
    const at = document.positionAt(document.getText().indexOf("0.0.0.0/0") + 2);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      "vscode.executeHoverProvider",
      document.uri,
      at,
    );
    const text = hovers
      .flatMap(({ contents }) => contents.map((each) => (typeof each === "string" ? each : each.value)))
      .join("\n");
    assert.match(text, /every IPv4 address|IPv4/);
  });

  it("is mended by the quick fix", async () => {
    const [found] = await diagnostic(1);
    assert.ok(found);
    const offered = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      document.uri,
      found.range,
    );
    const fix = offered.find(({ title }) => title === "Allow ::/0 as well");
    assert.ok(fix?.edit, `offered: ${offered.map(({ title }) => title).join(", ")}`);
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    assert.match(document.getText(), /cidr: 0\.0\.0\.0\/0\n {8}- ipBlock:\n {12}cidr: ::\/0\n/);
    await diagnostic(0);
  });

  it("is no longer underlined once its rule is turned off in the settings", async () => {
    const file = vscode.Uri.file(path.join(process.env.KUBE_IPV6_ROOT ?? "", "test/extension/workspace/policy.yaml"));
    document = await vscode.workspace.openTextDocument(file);
    const [found] = await diagnostic(1);
    assert.ok(found);
    const settings = vscode.workspace.getConfiguration("kube-ipv6");
    try {
      await settings.update("rules", { "network-policy-ipv4-any": "off" }, vscode.ConfigurationTarget.Global);
      await diagnostic(0);
    } finally {
      await settings.update("rules", undefined, vscode.ConfigurationTarget.Global);
    }
    await diagnostic(1);
  });
});

describe("a manifest from a snippet", () => {
  it("is put into a new editor, and nothing in it is underlined", async () => {
    const server = await (await activated()).language;
    const offered = await server.sendRequest<{ id: string }[]>("kube-ipv6/snippets");
    const service = offered.find(({ id }) => id === "service");
    assert.ok(service);
    const { body } = await server.sendRequest<{ body: string }>("kube-ipv6/snippet", { id: service?.id });
    const document = await vscode.workspace.openTextDocument({ language: "yaml" });
    const editor = await vscode.window.showTextDocument(document);
    await editor.insertSnippet(new vscode.SnippetString(body));
    assert.match(document.getText(), /^apiVersion: /);
    const at = new vscode.Position(1, 1);
    await vscode.commands.executeCommand("vscode.executeHoverProvider", document.uri, at);
    assert.deepEqual(vscode.languages.getDiagnostics(document.uri), []);
  });
});

describe("a Corefile in the editor", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "kube-ipv6-corefile-"));
  after(() => rmSync(folder, { recursive: true }));

  it("has a language of its own, and is underlined like a manifest", async () => {
    const file = path.join(folder, "Corefile");
    writeFileSync(file, ".:53 {\n    kubernetes cluster.local in-addr.arpa\n}\n");
    const document = await vscode.workspace.openTextDocument(file);
    assert.equal(document.languageId, "corefile");
    const [found] = await until("a diagnostic", () => {
      const all = vscode.languages.getDiagnostics(document.uri);
      return all.length > 0 ? all : undefined;
    });
    assert.equal(document.getText(found?.range), "in-addr.arpa");
  });
});
