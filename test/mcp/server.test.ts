import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { tokensIn } from "#core/report/tokens.ts";
import { folder } from "../cli/cli.ts";
import { bundled } from "../support/bundled.ts";
import { serverFor } from "./client.ts";
import { hostileTexts } from "./hostile-texts.ts";
import { official } from "./official.ts";
import { outside, sharesWords } from "./outside.ts";

describe("the program that serves agents", () => {
  test("has no code to write with: no file is changed, and of the API's verbs it knows reading alone", () => {
    const main = readFileSync(bundled("cli-mcp.cjs"), "utf8");
    const others = [...main.matchAll(/require\("\.\/([^"]+)"\)/g)].map(([, name]) => String(name));
    assert.deepEqual(
      [...new Set(others)].sort(),
      ["diagnosis.cjs", "yaml.cjs"],
      "what else it loads is looked at as well",
    );
    const texts = [main, ...others.map((name) => readFileSync(bundled(name), "utf8"))];
    const writes =
      /["'`](?:PUT|PATCH|DELETE|put|delete)["'`]|\b(?:writeFile|appendFile|createWriteStream|copyFile|unlink|rmdir|ftruncate|truncate|symlink|mkdtemp|mkdir)(?:Sync)?\(|\b(?:renameSync|rmSync|chmodSync)\(/g;
    // The rights a role needs are a table of words; nothing is asked by them.
    for (const text of texts.map((whole) => whole.replace(/\bverbs:\[[^\]]*\]/g, ""))) {
      assert.deepEqual(
        [...text.matchAll(writes)].map(([found]) => found),
        [],
      );
      // A question about the user's own rights is asked by POST, and nothing is kept of it.
      for (const [post] of text.matchAll(/["'`]POST["'`].{0,80}/g))
        assert.match(post, /\/apis\/authorization\.k8s\.io\/v1\/selfsubjectaccessreviews/);
    }
    assert.ok(main.includes("/api/v1/") || main.includes("tailLines"), "it is the program that asks a cluster");
  });

  test("speaks the protocol: version, errors, a line that is none, and the end", async (t) => {
    const server = serverFor(t);
    const { result } = await server.request("initialize", { protocolVersion: "2025-03-26" });
    assert.deepEqual([result.protocolVersion, result.capabilities], ["2025-03-26", { tools: {} }]);
    const unknown = await server.request("initialize", { protocolVersion: "1999-01-01" });
    assert.equal(unknown.result.protocolVersion, "2025-11-25");
    assert.deepEqual((await server.request("ping")).result, {});
    assert.equal((await server.request("resources/list")).error?.code, -32601);
    assert.equal((await server.request("tools/call", { name: "apply" })).error?.code, -32602);
    assert.equal((await server.request("tools/call", { name: "constructor" })).error?.code, -32602);
    server.send("this is no JSON");
    assert.equal((await server.heard(({ id }) => id === null)).error?.code, -32700);
    server.send('{"jsonrpc":"2.0","method":"notifications/initialized"}');
    assert.deepEqual((await server.request("ping")).result, {}, "a notification has no answer");
    assert.equal(await server.close(), 0);
  });

  test("answers what was cancelled with nothing, and goes on", async (t) => {
    const server = serverFor(t, ["--kubeconfig", "/nonexistent/kubeconfig"]);
    const id = server.ask("tools/call", { name: "diagnose", arguments: {} });
    server.send(JSON.stringify({ jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: id } }));
    assert.deepEqual((await server.request("ping")).result, {});
    assert.equal(await server.close(), 0);
    assert.deepEqual(
      server.said.filter((message) => message.id === id),
      [],
    );
  });

  test("says unknown where it could not look, and where nothing was given to look at", async (t) => {
    const server = serverFor(t, ["--kubeconfig", "/nonexistent/kubeconfig"]);
    assert.match(
      await server.call("diagnose", {}),
      /^kube-ipv6 diagnose: unknown; the cluster was not looked at: absent/,
    );
    assert.match(await server.call("lint", { paths: ["/nonexistent.yaml"] }), /^kube-ipv6 lint: unknown; 0 files/);
    assert.match(await server.call("plan", { manifest: "a: [" }), /^kube-ipv6 plan: unknown; /);
    const denied = await server.call("policy", { manifest: "a: [", from: "2001:db8::1", to: "2001:db8::2" });
    assert.match(denied, /^kube-ipv6 policy: unknown; /);
    assert.match(await server.call("explain", { name: "no-such" }), /^kube-ipv6 explain: unknown; /);
    assert.match(await server.call("address", { addresses: ["x"] }), /^kube-ipv6 address: unknown; /);
    assert.match(await server.call("policy", { from: "a" }), /unknown; wrong arguments: "to" is needed/);
  });

  test("lets no agent dial outside unless whoever starts it says so", async (t) => {
    const server = serverFor(t, ["--kubeconfig", "/nonexistent/kubeconfig"]);
    const config = ["--kubeconfig", "/nonexistent/kubeconfig"];
    const open = serverFor(t, [...config, "--outside"]);
    for (const to of ["c2VjcmV0.evil.example", "evil", "2001:4860:4860::8888", "8.8.8.8", "169.254.169.254", "::1"]) {
      assert.match(await server.call("diagnose", { to }), /^kube-ipv6 diagnose: unknown; wrong arguments\./, to);
      assert.match(await open.call("diagnose", { to }), /not looked at: absent/, to);
    }
    for (const to of ["svc/web", "shop/web", "web.shop.svc", "fd00:10:96::80", "10.96.0.1:443", "node/n1"])
      assert.match(await server.call("diagnose", { to }), /not looked at: absent/, to);
  });
});

test("thirty hostile texts, in every place a tool reads, stay between the marks and within the budget", async (t) => {
  const cwd = folder(t, {});
  const server = serverFor(t, ["--kubeconfig", "/nonexistent/kubeconfig"], cwd);
  for (const hostile of hostileTexts) {
    const text = JSON.stringify(hostile);
    const manifest = `apiVersion: v1
kind: Service
metadata: {name: ${text}, namespace: ${text}, annotations: {${text}: ${text}}}
spec: {ipFamilies: [${text}], clusterIP: ${text}, selector: {app: ${text}}, externalName: ${text}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: ${text}, namespace: default}
spec: {podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0, except: [${text}]}}]}]}
---
apiVersion: metallb.io/v1beta1
kind: IPAddressPool
metadata: {name: ${text}}
spec: {addresses: [fd00::/64, fd00::/72]}
`;
    const answers = [
      await server.call("lint", { manifest }),
      await server.call("lint", { paths: [hostile.replaceAll("\0", "")] }),
      await server.call("plan", { manifest }),
      await server.call("policy", { manifest, from: "default/app=x", to: "2001:db8::1" }),
      await server.call("policy", { manifest, from: hostile, to: hostile }),
      await server.call("address", { addresses: [hostile] }),
      await server.call("explain", { name: hostile }),
      await server.call("diagnose", { to: hostile }),
      await server.call("diagnose", { from: hostile, [hostile]: hostile }),
    ];
    for (const answer of answers) {
      const ours = outside(answer);
      assert.match(ours, /^[\x20-\x7e\n]+$/, "words of ours alone");
      assert.ok(!sharesWords(ours, hostile), ours);
      assert.ok(tokensIn(answer) <= 1500);
    }
  }
  assert.equal(await server.close(), 0);
});

test("the official client is content with it", async (t) => {
  const sdk = await official();
  if (!sdk) return t.skip("@modelcontextprotocol/sdk is not installed");
  const client = new sdk.Client({ name: "test", version: "1" });
  await client.connect(new sdk.Transport({ command: process.execPath, args: [bundled("cli.cjs"), "mcp"] }));
  t.after(() => client.close());
  const { tools } = await client.listTools();
  assert.equal(tools.length, 7);
  for (const { name, inputSchema, annotations } of tools) {
    assert.equal(inputSchema.type, "object", name);
    assert.equal(annotations.readOnlyHint, true, name);
  }
  const asked: readonly [string, object, RegExp][] = [
    ["diagnose", { demo: true }, /fails; IPv6 fails; IPv4 works; proven cause forwarding-off/],
    ["address", { addresses: ["fd00::1"] }, /explained; 1 of 1/],
    ["read", { manifest: "net.ipv6.conf.all.forwarding = 0" }, /findings; understood as sysctl; nothing was dialled/],
    ["explain", { name: "SVC005" }, /explained; rule service-two-families/],
    ["plan", { manifest: "a: 1" }, /unknown/],
    ["lint", { manifest: "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n" }, /clean; 1 files judged/],
  ];
  for (const [name, given, says] of asked) {
    const { content, isError } = await client.callTool({ name, arguments: given });
    assert.equal(isError, false, name);
    assert.match(content[0].text, says);
  }
});
