import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, type TestContext, test } from "node:test";
import { reasonIn } from "#cluster/plugin-words.ts";
import { answerOf, connect, refusalOf, temporaryFolder } from "./kubeconfig-file.ts";
import { replay, startReplay } from "./replay.ts";

const posix = { skip: process.platform === "win32" ? "needs a POSIX shell" : false };
const pods = { apiVersion: "v1", resource: "pods" };
const credential = (token: string) =>
  `echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"${token}"}}'`;

/** Gives the tokens t1, t2, ... one after the other. */
const counting = `echo x >> "$LOG"; ${credential("t%s").replace("echo", "printf")} "$(grep -c x "$LOG")"`;

/** A cluster whose plugin is a shell script with a place to write to, and the server it is asked of. */
async function withPlugin(t: TestContext, script: string, { token = "none", pluginTimeout = 60_000 } = {}) {
  const log = join(await temporaryFolder(t), "log");
  const server = await startReplay(({ headers }) =>
    headers.authorization === `Bearer ${token}` ? replay("discovery/version") : replay("errors/401-bad-token"),
  );
  t.after(() => server.close());
  const exec = {
    apiVersion: "client.authentication.k8s.io/v1",
    command: "sh",
    args: ["-c", script],
    env: [{ name: "LOG", value: log }],
    interactiveMode: "Never",
  };
  const parts = { server: `http://127.0.0.1:${server.port}`, user: { exec } };
  const cluster = await connect(t, parts, { allowExec: true, pluginTimeout });
  return { cluster, server, written: async () => (await readFile(log, "utf8")).split("\n").slice(0, -1) };
}

/** Resolves when a process is there no more; the test's own limit ends a wait in vain. */
async function gone(pid: string | undefined): Promise<void> {
  for (;;) {
    try {
      process.kill(Number(pid), 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe("a plugin and all that it started", posix, () => {
  test("end when its time is up, though a child holds its pipes", { timeout: 20_000 }, async (t) => {
    const script = `sleep 600 & echo $! >> "$LOG"; echo $$ >> "$LOG"; wait; echo x`;
    const { cluster, written } = await withPlugin(t, script, { pluginTimeout: 300 });
    assert.match(refusalOf(await cluster.version()).message, /did not answer within 0\.3 s/);
    for (const pid of await written()) await gone(pid);
  });

  test("end when it fails", { timeout: 20_000 }, async (t) => {
    const { cluster, written } = await withPlugin(t, `sleep 600 & echo $! >> "$LOG"; exit 3`);
    assert.match(refusalOf(await cluster.version()).message, /exit code 3/);
    for (const pid of await written()) await gone(pid);
  });

  test("end when they do not mind being asked to", { timeout: 20_000 }, async (t) => {
    const script = `trap "" TERM; (trap "" TERM; echo $$ >> "$LOG"; while :; do sleep 600; done) & wait`;
    const { cluster, written } = await withPlugin(t, script, { pluginTimeout: 300 });
    assert.match(refusalOf(await cluster.version()).message, /did not answer/);
    const stays = setInterval(() => {}, 1000);
    for (const pid of await written()) await gone(pid);
    clearInterval(stays);
  });

  test("end when the cluster is closed, and when it prints without end", { timeout: 20_000 }, async (t) => {
    const { cluster, written } = await withPlugin(t, `echo $$ >> "$LOG"; exec sleep 600`);
    const asked = cluster.version();
    while ((await written().catch(() => [])).length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    cluster.close();
    assert.equal(refusalOf(await asked).reason, "cancelled");
    for (const pid of await written()) await gone(pid);
    const endless = await withPlugin(t, "exec yes");
    assert.match(refusalOf(await endless.cluster.version()).message, /printed far more than a credential/);
  });

  test("may leave a helper behind that holds its output when it ended well", { timeout: 20_000 }, async (t) => {
    const script = `sleep 30 & echo $! >> "$LOG"; ${credential("good")}`;
    const { cluster, written } = await withPlugin(t, script, { token: "good" });
    answerOf(await cluster.version());
    const [pid] = await written();
    assert.equal(process.kill(Number(pid), 0), true, "a browser it opened is not its owner's to lose");
    process.kill(Number(pid), "SIGKILL");
  });
});

test("a plugin is run once for many requests that are refused with one credential", posix, async (t) => {
  const { cluster, written, server } = await withPlugin(t, counting, { token: "never" });
  const all = await Promise.all(Array.from({ length: 10 }, () => cluster.list(pods)));
  assert.ok(all.every((answer) => !answer.ok && answer.refusal.reason === "unauthorized"));
  assert.equal((await written()).length, 2, "one that was refused, and one more try");
  assert.equal(server.asked.length, 20);
  for (let index = 0; index < 3; index++) assert.equal(refusalOf(await cluster.list(pods)).reason, "unauthorized");
  assert.equal((await written()).length, 2, "no login after the other for requests that come later");
});

test("a plugin whose second credential is accepted is run twice for many requests", posix, async (t) => {
  const { cluster, written } = await withPlugin(t, counting, { token: "t2" });
  for (const answer of await Promise.all(Array.from({ length: 10 }, () => cluster.version()))) assert.ok(answer.ok);
  assert.equal((await written()).length, 2);
});

describe("of a plugin's standard error", () => {
  const shown: readonly (readonly [stderr: string, words: string])[] = [
    ["first line\nError: You must be logged in to the server", "Error: You must be logged in to the server"],
    ["error: token has expired, run aws sso login\n\n", "error: token has expired, run aws sso login"],
    ["AADSTS50079: Due to a change, you must enroll.", "AADSTS50079: Due to a change, you must enroll"],
    ["getting credentials: exec failed with exit code 1", "getting credentials: (left out) failed with exit code 1"],
    [`Token ${"x".repeat(60)} is no longer valid`, "Token (left out) is no longer valid"],
    ["password hunter2", "password (left out)"],
    ["the password is hunter", "the password is (left out)"],
    ["invalid password: hunter", "invalid password: (left out)"],
    ["--password hunter", "--password (left out)"],
    ["Passphrase correct horse battery staple", "Passphrase (left out)"],
    ["client_secret=GOCSPX-abc123def456", "client_secret=(left out)"],
    ["client_secret: GOCSPX", "client_secret: (left out)"],
    ["Authorization: Basic dXNlcjpw", "Authorization: Basic (left out)"],
    ["Authorization: Bearer abc", "Authorization: Bearer (left out)"],
    ['{"access_token":"abc","refresh_token":"def"}', '{"access_token":(left out)'],
    ['{"access_token": "abc", "scope": "all"}', '{"access_token": (left out)'],
    ["open https://me:pw@login.corp/device?code=ABCD now", "open https://login.corp/(left out) now"],
    ["enter the code ABCD-EFGH at once", "enter the code (left out) at once"],
    ["s3cret", "(left out)"],
    ["user=bob pass=x", "user=(left out) pass=(left out)"],
    [`${"word ".repeat(100)}`, `${"word ".repeat(40).trim()}`],
    ["", ""],
  ];
  for (const [stderr, words] of shown)
    test(`${stderr.slice(0, 60)} is shown as ${words.slice(0, 60)}`, () => assert.equal(reasonIn(stderr), words));
});
