import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { createServer as createHttpServer } from "node:http";
import { connect as connectTo, createServer } from "node:net";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { before, type TestContext, test } from "node:test";
import { certificateAuthority } from "./certificates.ts";
import { answerOf, assertReadable, connect, refusalOf, temporaryFolder, tryToConnect } from "./kubeconfig-file.ts";
import { type Asked, type Reply, replay, startReplay } from "./replay.ts";

type Authority = Awaited<ReturnType<typeof certificateAuthority>>;

let ours: Authority;
let theirs: Authority;
before(async () => {
  ours = await certificateAuthority();
  theirs = await certificateAuthority();
});

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}

interface Served {
  readonly names?: readonly string[];
  readonly days?: number;
  readonly answer?: (asked: Asked) => Reply;
}

async function tlsServer(
  test: TestContext,
  { names = ["127.0.0.1"], days = 1, answer = () => replay("discovery/version") }: Served = {},
) {
  const server = await startReplay(answer, await ours.sign("apiserver", names, days));
  test.after(() => server.close());
  return { ...server, url: `https://127.0.0.1:${server.port}` };
}

test("a server that the kubeconfig's CA signed is asked, with the token", async (t) => {
  const server = await tlsServer(t);
  const cluster = await connect(t, {
    server: server.url,
    cluster: { "certificate-authority-data": base64(ours.pem) },
    user: { token: "abc" },
  });
  assert.equal(answerOf(await cluster.version()).minor, 36);
  assert.equal(server.asked[0]?.headers.authorization, "Bearer abc");
  assert.equal(cluster.server, server.url);
  assert.equal(cluster.context, "lab");
});

test("exec goes over TLS too", async (t) => {
  const server = await tlsServer(t, { answer: () => replay("exec/v5-ok") });
  const cluster = await connect(t, {
    server: server.url,
    cluster: { "certificate-authority-data": base64(ours.pem) },
    user: { token: "abc" },
  });
  const result = answerOf(
    await cluster.run({ namespace: "lab", pod: "p", container: "c" }, ["sh"], { timeout: 5_000 }),
  );
  assert.equal(result.stdout, "out\n");
  assert.equal(server.asked[0]?.headers.authorization, "Bearer abc");
});

test("a CA in a file is found beside the kubeconfig, and tls-server-name is what the certificate is compared with", async (t) => {
  const server = await tlsServer(t, { names: ["kubernetes.default"] });
  const file = join(await temporaryFolder(t), "ca.crt");
  await writeFile(file, ours.pem);
  const cluster = { "certificate-authority": file, "tls-server-name": "kubernetes.default" };
  assert.ok((await (await connect(t, { server: server.url, cluster })).version()).ok);
});

test("a server is asked over IPv6, in both ways", async (t) => {
  const here = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === "::1"));
  if (!here) return t.skip("this machine has no ::1");
  const answer = ({ path }: Asked) => replay(path === "/version" ? "discovery/version" : "exec/v5-ok");
  const server = await startReplay(answer, await ours.sign("apiserver", ["::1"]), "::1");
  t.after(() => server.close());
  const ca = { "certificate-authority-data": base64(ours.pem) };
  const cluster = await connect(t, { server: `https://[::1]:${server.port}`, cluster: ca });
  assert.ok((await cluster.version()).ok);
  const ran = await cluster.run({ namespace: "lab", pod: "p", container: "c" }, ["sh"], { timeout: 5_000 });
  assert.equal(answerOf(ran).stdout, "out\n");
});

test("a client certificate is shown, that of the kubeconfig and that of a plugin", async (t) => {
  const server = await tlsServer(t);
  const { cert, key } = await theirs.sign("someone", []);
  const ca = { "certificate-authority-data": base64(ours.pem) };
  const users = [
    { "client-certificate-data": base64(cert), "client-key-data": base64(key) },
    plugin(credential({ clientCertificateData: cert, clientKeyData: key })),
  ];
  for (const user of users) {
    const cluster = await connect(t, { server: server.url, cluster: ca, user }, { allowExec: true });
    assert.ok((await cluster.version()).ok);
  }
  assert.deepEqual(
    server.asked.map(({ client }) => client),
    ["someone", "someone"],
  );
});

test("insecure-skip-tls-verify is obeyed", async (t) => {
  const server = await tlsServer(t);
  assert.ok(
    (await (await connect(t, { server: server.url, cluster: { "insecure-skip-tls-verify": true } })).version()).ok,
  );
});

for (const question of ["version", "exec"] as const) {
  test(`each failure of TLS is told from the others: ${question}`, async (t) => {
    const wrongAuthority = await tlsServer(t);
    const expired = await tlsServer(t, { days: -1 });
    const otherName = await tlsServer(t, { names: ["elsewhere.example"] });
    const ca = { "certificate-authority-data": base64(ours.pem) };
    const cases = [
      [
        wrongAuthority.url,
        { "certificate-authority-data": base64(theirs.pem) },
        /not signed by the kubeconfig's CA/,
        /certificate-authority-data/,
      ],
      [wrongAuthority.url, {}, /not signed by the kubeconfig's CA/, /certificate-authority-data/],
      [expired.url, ca, /has expired/, /clock/],
      [otherName.url, ca, /is for other names \(DNS:elsewhere\.example\)/, /tls-server-name/],
    ] as const;
    for (const [server, cluster, message, remedy] of cases) {
      const refusal = refusalOf(await ask(question, t, { server, cluster }));
      assert.equal(refusal.reason, "tls");
      assert.match(refusal.message, message);
      assert.match(refusal.remedy ?? "", remedy);
      assertReadable(refusal);
    }
  });

  test(`https to a server that speaks plain HTTP: ${question}`, async (t) => {
    const server = await startReplay(() => replay("discovery/version"));
    t.after(() => server.close());
    const refusal = refusalOf(await ask(question, t, { server: `https://127.0.0.1:${server.port}` }));
    assert.equal(refusal.reason, "tls");
    assert.match(refusal.message, /TLS with .* failed/);
  });

  test(`nobody listens, or the name is not there: ${question}`, async (t) => {
    const refused = refusalOf(await ask(question, t, { server: `https://127.0.0.1:${await closedPort()}` }));
    assert.equal(refused.reason, "unreachable");
    assert.match(refused.message, /refused the connection \(ECONNREFUSED\)/);
    assert.match(refused.remedy ?? "", /`server:` of cluster "lab" in /);
    const nameless = refusalOf(await ask(question, t, { server: "https://no-such-name.invalid:6443" }));
    assert.equal(nameless.reason, "unreachable");
    assert.match(nameless.message, /name no-such-name\.invalid was not found/);
    for (const refusal of [refused, nameless]) assertReadable(refusal);
  });
}

async function ask(question: "version" | "exec", t: TestContext, parts: Parameters<typeof connect>[1]) {
  const cluster = await connect(t, parts);
  const from = { namespace: "lab", pod: "p", container: "c" };
  return question === "version" ? cluster.version() : cluster.run(from, ["true"], { timeout: 5_000 });
}

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  assert.ok(address !== null && typeof address === "object");
  return address.port;
}

test("the path of a server behind a proxy stays in front", async (t) => {
  const server = await startReplay(() => replay("discovery/version"));
  t.after(() => server.close());
  const cluster = await connect(t, { server: `http://127.0.0.1:${server.port}/k8s/clusters/c-1/` });
  assert.ok((await cluster.version()).ok);
  assert.equal(server.asked[0]?.path, "/k8s/clusters/c-1/version");
});

test("the proxy of the kubeconfig is used, and that of the environment but for what it excepts", async (t) => {
  const server = await tlsServer(t, { names: ["api.invalid"], answer: () => replay("exec/v5-ok") });
  const proxy = await tunnelTo(t, server.port);
  const through = async (cluster: Record<string, unknown>, env: Record<string, string>) => {
    const ca = { "certificate-authority-data": base64(ours.pem) };
    const opened = await connect(t, { server: "https://api.invalid:6443", cluster: { ...ca, ...cluster } }, { env });
    const ran = await opened.run({ namespace: "lab", pod: "p", container: "c" }, ["sh"], { timeout: 5_000 });
    return ran.ok ? ran.value.stdout : ran.refusal.reason;
  };
  assert.equal(await through({ "proxy-url": proxy.url }, {}), "out\n");
  assert.equal(await through({}, { HTTPS_PROXY: proxy.url }), "out\n");
  assert.equal(await through({}, { https_proxy: proxy.url, NO_PROXY: "10.0.0.0/8,.invalid" }), "unreachable");
  assert.deepEqual(proxy.asked, ["api.invalid:6443", "api.invalid:6443"]);
});

/** A proxy that knows CONNECT, and brings everybody to one port of this machine. */
async function tunnelTo(test: TestContext, port: number) {
  const asked: (string | undefined)[] = [];
  const proxy = createHttpServer().on("connect", (request, socket) => {
    asked.push(request.url);
    const server = connectTo(port, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      server.pipe(socket).pipe(server);
    });
    for (const end of [server, socket]) end.on("error", () => {});
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  test.after(() => proxy.close());
  const address = proxy.address();
  assert.ok(address !== null && typeof address === "object");
  return { url: `http://127.0.0.1:${address.port}`, asked };
}

test("a user name and a password, and who is impersonated, are sent", async (t) => {
  const server = await startReplay(() => replay("discovery/version"));
  t.after(() => server.close());
  const user = { username: "me", password: "pass:word", as: "someone" };
  await (await connect(t, { server: `http://127.0.0.1:${server.port}`, user })).version();
  assert.equal(server.asked[0]?.headers.authorization, `Basic ${base64("me:pass:word")}`);
  assert.equal(server.asked[0]?.headers["impersonate-user"], "someone");
});

test("a token that expired is named as the reason, without being shown", async (t) => {
  const server = await startReplay(() => replay("errors/401-bad-token"));
  t.after(() => server.close());
  const claims = Buffer.from(JSON.stringify({ exp: 1_700_000_000 })).toString("base64url");
  const token = `eyJhbGciOiJSUzI1NiJ9.${claims}.c2lnbmF0dXJl`;
  const refusal = refusalOf(
    await (await connect(t, { server: `http://127.0.0.1:${server.port}`, user: { token } })).version(),
  );
  assert.equal(refusal.reason, "unauthorized");
  assert.match(refusal.message, /the token expired on 2023-11-14T22:13:20\.000Z/);
  assert.ok(!JSON.stringify(refusal).includes(claims));
});

test("a client certificate that expired is named as the reason", async (t) => {
  const server = await tlsServer(t, { answer: () => replay("errors/401-bad-token") });
  const { cert, key } = await theirs.sign("me", [], -1);
  const user = { "client-certificate-data": base64(cert), "client-key-data": base64(key) };
  const cluster = await connect(t, {
    server: server.url,
    cluster: { "certificate-authority-data": base64(ours.pem) },
    user,
  });
  const refusal = refusalOf(await cluster.version());
  assert.match(refusal.message, /the client certificate expired on /);
});

test("a token file that was rewritten is read again when the old token is not accepted", async (t) => {
  const file = join(await temporaryFolder(t), "token");
  await writeFile(file, "old\n");
  const server = await startReplay(({ headers }) =>
    replay(headers.authorization === "Bearer new" ? "discovery/version" : "errors/401-bad-token"),
  );
  t.after(() => server.close());
  const cluster = await connect(t, { server: `http://127.0.0.1:${server.port}`, user: { tokenFile: file } });
  assert.equal(refusalOf(await cluster.version()).reason, "unauthorized");
  await writeFile(file, "new\n");
  assert.ok((await cluster.version()).ok);
});

/** A credential plugin is a program; here it is Node with a script. */
function plugin(script: string, more: Record<string, unknown> = {}) {
  const apiVersion = "client.authentication.k8s.io/v1";
  return { exec: { apiVersion, command: process.execPath, args: ["-e", script], interactiveMode: "Never", ...more } };
}

const credential = (status: Record<string, unknown>) =>
  `console.log(JSON.stringify({ apiVersion: "client.authentication.k8s.io/v1", kind: "ExecCredential", status: ${JSON.stringify(status)} }))`;

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
  assert.equal(refusal.reason, "config");
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
