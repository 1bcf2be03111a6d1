import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import type { InitializeParams } from "vscode-languageserver-protocol/node";
import { type Client, edited, positionOf, withClient } from "./client.ts";

const uri = "file:///web.yaml";
const twice = `apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ipFamilyPolicy: PreferDualStack
  ipFamilies: [ipv4, ipv6]
`;
const ours: Partial<InitializeParams> = { initializationOptions: { extension: true } };

const titlesAt = async (client: Client, word: string) =>
  (await client.actions(uri, positionOf(twice, word))).map(({ title }) => title);

describe("what the light bulb offers", () => {
  test("in the extension: the fix, all of the rule, its page, and four ways to turn it off", async () => {
    await withClient(async (client) => {
      await client.open(uri, twice);
      const rule = "service-ip-families";
      assert.deepEqual(await titlesAt(client, "ipv4"), [
        "Write IPv4",
        `Fix all 2 of ${rule} in this file`,
        `Explain ${rule}`,
        `Turn ${rule} off for this line`,
        `Turn ${rule} off for this file`,
        `Turn ${rule} off for this folder`,
        `Turn ${rule} off in settings`,
      ]);
      const actions = await client.actions(uri, positionOf(twice, "ipv4"));
      const line = actions.find(({ title }) => title.endsWith("for this line"));
      assert.deepEqual(line?.command?.arguments, [{ rule, where: "for this line", uri, line: 6 }]);
    }, ours);
  });

  test("elsewhere: no command that only the extension has", async () => {
    await withClient(async (client) => {
      await client.open(uri, twice);
      for (const { title, command } of await client.actions(uri, positionOf(twice, "ipv4")))
        assert.ok(command === undefined || command.command === "kube-ipv6.fixRule", title);
    });
  });

  test("all of a rule is mended at once, and nothing else", async () => {
    await withClient(async (client) => {
      const text = twice.replace("app: web", "app: web}\n  clusterIPs: [fd00:0::1]\n  x: {a: b");
      let after = "";
      client.connection.onRequest("workspace/applyEdit", ({ edit }) => {
        after = edited(text, edit.changes[uri]);
        return { applied: true };
      });
      await client.open(uri, text);
      await client.ask("workspace/executeCommand", {
        command: "kube-ipv6.fixRule",
        arguments: [uri, "service-ip-families"],
      });
      assert.equal(after, text.replace("[ipv4, ipv6]", "[IPv4, IPv6]"));
    }, ours);
  });
});

test("a file says what it is judged for and who says so, and whether it is a manifest", async () => {
  const path = mkdtempSync(join(tmpdir(), "kube-ipv6-"));
  try {
    writeFileSync(join(path, ".kube-ipv6.yaml"), "cluster: dual-v6\n");
    const at = (name: string) => pathToFileURL(join(path, name)).href;
    const params = { ...ours, workspaceFolders: [{ uri: pathToFileURL(path).href, name: "test" }] };
    await withClient(async (client) => {
      await client.open(at("web.yaml"), twice);
      await client.tell("kube-ipv6/cluster", { cluster: "v4", kubernetes: "1.33" });
      assert.deepEqual(await client.ask("kube-ipv6/file", { uri: at("web.yaml") }), {
        manifest: true,
        cluster: "dual-v6",
        clusterBy: "folder",
        kubernetes: "1.33",
        kubernetesBy: "cluster",
        config: at(".kube-ipv6.yaml"),
      });
      await client.tell("workspace/didChangeConfiguration", {
        settings: { "kube-ipv6": { cluster: "v6", kubernetes: "1.30" } },
      });
      const { clusterBy, kubernetes, kubernetesBy } = await client.ask("kube-ipv6/file", { uri: at("web.yaml") });
      assert.deepEqual([clusterBy, kubernetes, kubernetesBy], ["folder", "1.30", "settings"]);
      await client.open("untitled:a", "on: push\njobs:\n  a: {runs-on: ubuntu-latest, steps: [{run: ls}]}\n");
      const other = await client.ask("kube-ipv6/file", { uri: "untitled:a" });
      assert.deepEqual([other.manifest, other.clusterBy, other.kubernetes], [false, "settings", "1.30"]);
      const nobody = await client.ask("kube-ipv6/file", { uri: "file:///never/opened.yaml" });
      assert.equal(nobody.manifest, false);
    }, params);
  } finally {
    rmSync(path, { recursive: true });
  }
});

test("what another extension says is not said twice, and is said again when it has gone", async () => {
  const text = twice.replace("  selector", "  ipFamilyPolicy: SingleStack\n  selector");
  await withClient(async (client) => {
    await client.open(uri, text);
    const has = (rule: string) => (params: { diagnostics: { code?: unknown }[] }) =>
      params.diagnostics.some(({ code }) => code === rule);
    await client.about(uri, has("yaml-duplicate-key"));
    const values = async () => {
      const position = positionOf(text, "PreferDualStack");
      const items = await client.ask("textDocument/completion", { textDocument: { uri }, position });
      return items.length;
    };
    assert.ok((await values()) > 0);
    client.published.length = 0;
    await client.tell("kube-ipv6/beside", { duplicateKeys: true, values: true });
    await client.about(uri, (params) => !has("yaml-duplicate-key")(params) && has("service-ip-families")(params));
    assert.equal(await values(), 0);
    client.published.length = 0;
    await client.tell("kube-ipv6/beside", { duplicateKeys: false, values: false });
    await client.about(uri, has("yaml-duplicate-key"));
    assert.ok((await values()) > 0);
  }, ours);
});
