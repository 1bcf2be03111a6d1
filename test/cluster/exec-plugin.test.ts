import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { certificateAuthority } from "./certificates.ts";
import { answerOf, assertReadable, connect, refusalOf, temporaryFolder, tryToConnect } from "./kubeconfig-file.ts";
import { replay, startReplay } from "./replay.ts";
import { base64, tlsServer } from "./tls-server.ts";

/** A credential plugin is a program; here it is Node with a script. */
function plugin(script: string, more: Record<string, unknown> = {}) {
  const apiVersion = "client.authentication.k8s.io/v1";
  return { exec: { apiVersion, command: process.execPath, args: ["-e", script], interactiveMode: "Never", ...more } };
}

const credential = (status: Record<string, unknown>) =>
  `console.log(JSON.stringify({ apiVersion: "client.authentication.k8s.io/v1", kind: "ExecCredential", status: ${JSON.stringify(status)} }))`;

test("a plugin may give a client certificate", async (t) => {
  const ours = await certificateAuthority();
  const server = await tlsServer(t, ours);
  const { cert, key } = await ours.sign("someone", []);
  const user = plugin(credential({ clientCertificateData: cert, clientKeyData: key }));
  const cluster = { "certificate-authority-data": base64(ours.pem) };
  assert.ok((await (await connect(t, { server: server.url, cluster, user }, { allowExec: true })).version()).ok);
  assert.equal(server.asked[0]?.client, "someone");
});

test("a plugin is run once for all requests until its credential expires, and again when it is not accepted", async (t) => {
  const log = join(await temporaryFolder(t), "runs");
  const script = `
    const fs = require("fs");
    fs.appendFileSync(process.env.LOG, "x");
    const token = "token-" + fs.readFileSync(process.env.LOG, "utf8").length;
    console.log(JSON.stringify({ apiVersion: "client.authentication.k8s.io/v1", kind: "ExecCredential", status: { token } }));
  `;
  const server = await startReplay(({ headers }) =>
    replay(headers.authorization === "Bearer token-2" ? "discovery/version" : "errors/401-bad-token"),
  );
  t.after(() => server.close());
  const user = plugin(script, { env: [{ name: "LOG", value: log }] });
  const cluster = await connect(t, { server: `http://127.0.0.1:${server.port}`, user }, { allowExec: true });
  answerOf(await cluster.version());
  answerOf(await cluster.version());
  assert.deepEqual(
    server.asked.map(({ headers }) => headers.authorization),
    ["Bearer token-1", "Bearer token-2", "Bearer token-2"],
  );
});

test("a credential that has expired is asked for again, and its certificate takes the place of the old one", async (t) => {
  const ours = await certificateAuthority();
  const server = await tlsServer(t, ours);
  const log = join(await temporaryFolder(t), "runs");
  const certificates = [await ours.sign("first", []), await ours.sign("second", [])];
  const script = `
    const fs = require("fs");
    fs.appendFileSync(process.env.LOG, "x");
    const { cert, key } = JSON.parse(process.env.CERTIFICATES)[fs.readFileSync(process.env.LOG, "utf8").length - 1];
    const status = { clientCertificateData: cert, clientKeyData: key, expirationTimestamp: "2020-01-01T00:00:00Z" };
    console.log(JSON.stringify({ apiVersion: "client.authentication.k8s.io/v1", kind: "ExecCredential", status }));
  `;
  const env = [
    { name: "LOG", value: log },
    { name: "CERTIFICATES", value: JSON.stringify(certificates) },
  ];
  const parts = {
    server: server.url,
    cluster: { "certificate-authority-data": base64(ours.pem) },
    user: plugin(script, { env }),
  };
  const cluster = await connect(t, parts, { allowExec: true });
  answerOf(await cluster.version());
  answerOf(await cluster.version());
  assert.deepEqual(
    server.asked.map(({ client }) => client),
    ["first", "second"],
  );
});

test("a plugin is told what client-go tells it", async (t) => {
  const file = join(await temporaryFolder(t), "info");
  const script = `require("fs").writeFileSync(process.env.OUT, process.env.KUBERNETES_EXEC_INFO); ${credential({ token: "t" })}`;
  const server = await startReplay(() => replay("discovery/version"));
  t.after(() => server.close());
  const url = `http://127.0.0.1:${server.port}`;
  const user = plugin(script, { env: [{ name: "OUT", value: file }], provideClusterInfo: true });
  answerOf(await (await connect(t, { server: url, user }, { allowExec: true })).version());
  assert.deepEqual(JSON.parse(await readFile(file, "utf8")), {
    apiVersion: "client.authentication.k8s.io/v1",
    kind: "ExecCredential",
    spec: { interactive: false, cluster: { server: url } },
  });
});

test("a plugin is not started where that is not allowed", async (t) => {
  const refusal = refusalOf(await tryToConnect(t, { server: "https://127.0.0.1:1", user: plugin("") }));
  assert.equal(refusal.reason, "untrusted");
  assert.match(refusal.message, /starting programs is not allowed here/);
  assert.match(refusal.remedy ?? "", /Trust this workspace/);
});

const longSecret = "x".repeat(60);
const badPlugins: readonly (readonly [
  name: string,
  user: ReturnType<typeof plugin>,
  message: RegExp,
  remedy: RegExp,
])[] = [
  [
    "fails",
    plugin(`console.error("first\\nToken ${longSecret} is no longer valid"); process.exit(7)`),
    /exit code 7: Token \(left out\) is no longer valid\.$/,
    /in a terminal/,
  ],
  [
    "prints no JSON",
    plugin(`console.log("${longSecret}")`),
    /did not print JSON/,
    /kubectl command with this context in a terminal/,
  ],
  [
    "prints something else",
    plugin(`console.log('{"kind":"Status"}')`),
    /did not print an ExecCredential/,
    /in a terminal/,
  ],
  [
    "prints an old version",
    plugin(credential({ token: "t" }), { apiVersion: "client.authentication.k8s.io/v1beta1" }),
    /another apiVersion than .*v1beta1/,
    /in a terminal/,
  ],
  [
    "prints no credential",
    plugin(credential({})),
    /neither a token nor a client certificate/,
    /kubectl command with this context in a terminal/,
  ],
  [
    "is not installed",
    plugin("", { command: "no-such-plugin-anywhere", installHint: "Install it with: brew install it" }),
    /could not be started: ENOENT/,
    /brew install it/,
  ],
  [
    "does not end",
    plugin("setInterval(() => {}, 1000)"),
    /did not answer within 0\.5 s/,
    /kubectl command with this context in a terminal/,
  ],
  ["needs a terminal", plugin("", { interactiveMode: "Always" }), /needs a terminal/, /without a terminal/],
];
for (const [name, user, message, remedy] of badPlugins) {
  test(`a plugin that ${name} is said to`, async (t) => {
    const limit = name === "does not end" ? 500 : 10_000;
    const cluster = await connect(
      t,
      { server: "https://127.0.0.1:1", user },
      { allowExec: true, pluginTimeout: limit },
    );
    const refusal = refusalOf(await cluster.version());
    assert.equal(refusal.reason, "config");
    assert.match(refusal.message, message);
    assert.match(refusal.remedy ?? "", remedy);
    assert.ok(!refusal.message.includes(longSecret));
    assertReadable(refusal);
  });
}
