import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { before, test } from "node:test";
import { certificateAuthority } from "./certificates.ts";
import { answerOf, connect, refusalOf, temporaryFolder } from "./kubeconfig-file.ts";
import { replay, startReplay } from "./replay.ts";
import { type Authority, base64, tlsServer } from "./tls-server.ts";

let ours: Authority;
let theirs: Authority;
before(async () => {
  ours = await certificateAuthority();
  theirs = await certificateAuthority();
});

test("a client certificate is shown", async (t) => {
  const server = await tlsServer(t, ours);
  const { cert, key } = await theirs.sign("someone", []);
  const ca = { "certificate-authority-data": base64(ours.pem) };
  const user = { "client-certificate-data": base64(cert), "client-key-data": base64(key) };
  assert.ok((await (await connect(t, { server: server.url, cluster: ca, user })).version()).ok);
  assert.equal(server.asked[0]?.client, "someone");
});

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
  const server = await tlsServer(t, ours, { answer: () => replay("errors/401-bad-token") });
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

test("groups and extra fields of who is impersonated are sent", async (t) => {
  const server = await startReplay(() => replay("discovery/version"));
  t.after(() => server.close());
  const user = { token: "t", as: "jane", "as-groups": ["a", "b"], "as-user-extra": { "acme.com/Project": ["x", "y"] } };
  answerOf(await (await connect(t, { server: `http://127.0.0.1:${server.port}`, user })).version());
  const headers = server.asked[0]?.headers ?? {};
  assert.equal(headers["impersonate-user"], "jane");
  assert.equal(headers["impersonate-group"], "a, b");
  assert.equal(headers["impersonate-extra-acme.com%2fproject"], "x, y");
});

test("a token with a line break in it is refused as that, and not shown", async (t) => {
  for (const user of [{ token: "secret\nX-Injected: y" }, { as: "jane\r\nX: y", token: "t" }]) {
    const cluster = await connect(t, { server: "http://127.0.0.1:1", user });
    const refusal = refusalOf(await cluster.version());
    assert.equal(refusal.reason, "config");
    assert.match(refusal.message, /holds a character that cannot be sent/);
    assert.doesNotMatch(refusal.message, /secret|jane/);
  }
});
