import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { describe, type TestContext, test } from "node:test";
import { bundled, root } from "#test/support/bundled.ts";
import { folder } from "./cli.ts";

/** Every connection and every datagram of a process and of all that it starts, as strace writes them down. */
const traced = ["-f", "-qq", "-e", "trace=execve,connect,sendto,sendmsg,sendmmsg", "-e", "signal=none"];
const why =
  spawnSync("strace", [...traced, "true"]).status === 0 ? false : "strace is missing, or may trace nothing here";

/** Runs the shipped program; what it reached for over IPv4 or IPv6, as `address port`. */
async function reached(t: TestContext, args: readonly string[], input = ""): Promise<string[]> {
  const cwd = folder(t, {
    "web.yaml": "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ipFamilies: [IPv4, ipv6]}\n",
  });
  const log = path.join(cwd, "trace");
  const env = { ...process.env, HOME: cwd, KUBECONFIG: path.join(cwd, "config") };
  const child = spawn("strace", [...traced, "-o", log, process.execPath, bundled("cli.cjs"), ...args], {
    cwd,
    env,
    stdio: ["pipe", "ignore", "ignore"],
  });
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  const [code] = await once(child, "close");
  assert.ok(code >= 0 && code <= 3, `it ended with ${code}`);
  const text = readFileSync(log, "utf8");
  assert.match(text, /\bexecve\(/, "something was traced");
  const four = /sa_family=AF_INET, sin_port=htons\((\d+)\), sin_addr=inet_addr\("([^"]+)"\)/g;
  const six = /sa_family=AF_INET6, sin6_port=htons\((\d+)\).*?inet_pton\(AF_INET6, "([^"]+)"/g;
  return [four, six].flatMap((form) => [...text.matchAll(form)].map(([, port, address]) => `${address} ${port}`));
}

const initialize = JSON.stringify({
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: { processId: null, rootUri: null, capabilities: {} },
});
const asked = [initialize, JSON.stringify({ jsonrpc: "2.0", method: "exit" })]
  .map((one) => `Content-Length: ${one.length}\r\n\r\n${one}`)
  .join("");

describe("nothing is sent to anybody but the API server", { skip: why }, () => {
  const silent: readonly (readonly [string[], string?])[] = [
    [["lint", "."]],
    [["lint", "--fix", "."]],
    [["plan", "."]],
    [["explain", "host-bits"]],
    [["address", "2001:db8::1"]],
    [["diagnose", "--demo"]],
    [["diagnose"]],
    [["read", "-"], "net.ipv6.conf.all.forwarding = 0\n"],
    [["lsp", "--stdio"], asked],
    [["mcp"], `${JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/list" })}\n`],
  ];
  for (const [args, input] of silent)
    test(`kube-ipv6 ${args.join(" ")}`, async (t) => {
      assert.deepEqual(await reached(t, args, input), []);
    });

  test("kube-ipv6 diagnose, with a kubeconfig", async (t) => {
    const server = createServer((_request, response) => response.writeHead(403).end("{}")).listen(0, "127.0.0.1");
    await once(server, "listening");
    t.after(() => server.close());
    const { port } = server.address() as AddressInfo;
    const config = path.join(folder(t, { config: kubeconfig(port) }), "config");
    const all = await reached(t, ["diagnose", "--kubeconfig", config]);
    assert.ok(all.length > 0, "it asked the server");
    assert.deepEqual([...new Set(all)], [`127.0.0.1 ${port}`]);
  });
});

test("nothing that is shipped knows a server of ours", () => {
  for (const name of ["extension.cjs", "server-core.cjs", "cli-main.cjs"]) {
    const text = readFileSync(bundled(name), "utf8");
    assert.doesNotMatch(
      text,
      /applicationinsights|vortex\.data|segment\.io|sentry\.io|google-analytics|sendTelemetry/i,
      name,
    );
  }
  assert.equal("telemetry" in JSON.parse(readFileSync(`${root}package.json`, "utf8")).contributes, false);
});

function kubeconfig(port: number): string {
  return `apiVersion: v1
kind: Config
current-context: test
contexts: [{name: test, context: {cluster: test, user: test}}]
clusters: [{name: test, cluster: {server: "http://127.0.0.1:${port}"}}]
users: [{name: test, user: {}}]
`;
}
