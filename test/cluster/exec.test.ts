import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type TestContext, test } from "node:test";
import type { RunOptions } from "#core/cluster/cluster.ts";
import { answerOf, assertReadable, connect, refusalOf } from "./kubeconfig-file.ts";
import { type ReplayServer, recording, replay, startReplay } from "./replay.ts";

const from = { namespace: "lab", pod: "net-4r25t", container: "app" };

async function runAgainst(
  test: TestContext,
  name: string,
  argv: readonly string[],
  options: Partial<RunOptions> = {},
  then: "end" | "stay open" | "cut" = "end",
) {
  const server = await startReplay(() => replay(`exec/${name}`, then));
  test.after(() => server.close());
  const cluster = await connect(test, { server: `http://127.0.0.1:${server.port}` });
  return { answer: await cluster.run(from, argv, { timeout: 5_000, ...options }), server };
}

function askedFor(server: ReplayServer) {
  return server.asked[0]?.query.toString();
}

test("what a program prints on both channels is kept apart", async (t) => {
  const { answer, server } = await runAgainst(t, "v5-ok", ["sh", "-c", "echo out; echo err >&2; exit 0"]);
  assert.deepEqual(answerOf(answer), { stdout: "out\n", stderr: "err\n", exitCode: 0 });
  const query = new URL(recording("exec/v5-ok").request.path, "http://server").searchParams;
  assert.equal(
    askedFor(server),
    new URLSearchParams([...query.entries()].toSpliced(3, 0, ["container", "app"])).toString(),
  );
  assert.equal(server.asked[0]?.headers["sec-websocket-protocol"], "v5.channel.k8s.io,v4.channel.k8s.io");
});

test("a server that has only v4 is spoken to in v4", async (t) => {
  const { answer } = await runAgainst(t, "v4-ok", ["sh"]);
  assert.deepEqual(answerOf(answer), { stdout: "out\n", stderr: "err\n", exitCode: 0 });
});

for (const [name, exitCode] of [
  ["v5-exit3", 3],
  ["v4-exit3", 3],
  ["v5-killed", 137],
  ["pod-deleted-during", 137],
] as const) {
  test(`an exit code is an answer: ${name}`, async (t) => {
    const { answer } = await runAgainst(t, name, ["sh"]);
    assert.equal(answerOf(answer).exitCode, exitCode);
  });
}

test("output that is large or comes in pieces is whole", async (t) => {
  const large = answerOf((await runAgainst(t, "large", ["head"])).answer);
  assert.equal(large.stdout, "a".repeat(100_000));
  const pieces = answerOf((await runAgainst(t, "separate-frames", ["sh"])).answer);
  assert.equal(pieces.stdout, "1\n2\n3\n");
});

test("bytes that are no UTF-8 do not end a conversation", async (t) => {
  assert.equal(answerOf((await runAgainst(t, "binary", ["printf"])).answer).stdout, "\ufffd\0\u0001");
});

test("standard input is sent and then closed", async (t) => {
  const { answer, server } = await runAgainst(t, "stdin-close-v5", ["cat"], { stdin: "hello\n" });
  assert.equal(answerOf(answer).stdout, "hello\n");
  assert.deepEqual(server.sent, [`00${Buffer.from("hello\n").toString("hex")}`, "ff00"]);
});

test("standard input of many messages arrives whole and in order", async (t) => {
  const stdin = "0123456789ü".repeat(10_000);
  const { server } = await runAgainst(t, "stdin-cat-count-v5", ["wc", "-c"], { stdin });
  const bytes = server.sent.slice(0, -1).map((hex) => Buffer.from(hex, "hex").subarray(1));
  assert.equal(Buffer.concat(bytes).toString("utf8"), stdin);
});

test("standard input that could never end is refused", async (t) => {
  const { answer } = await runAgainst(t, "stdin-v4-no-close", ["cat"], { stdin: "hello\n" });
  const refusal = refusalOf(answer);
  assert.equal(refusal.reason, "unsupported");
  assert.match(refusal.remedy ?? "", /1\.30/);
});

const refusals: readonly (readonly [recording: string, program: string, reason: string, message: RegExp])[] = [
  ["notfound-command", "nosuchcommand", "no-command", /has no program nosuchcommand/],
  ["notfound-command-containerd16", "nosuchcommand", "no-command", /has no program nosuchcommand/],
  ["notfound-path", "/no/such", "no-command", /has no program \/no\/such/],
  ["not-executable", "/etc/passwd", "no-command", /\/etc\/passwd that can be run/],
  ["distroless-sh", "sh", "no-command", /has no program sh/],
  ["distroless-ip", "ip", "no-command", /has no program ip/],
  ["no-command", "", "failed", /args must not be empty/],
  ["container-required", "true", "not-found", /choose one of: \[init a b\]/],
  ["container-notfound", "true", "not-found", /container zz is not valid for pod two/],
  ["container-crashed", "true", "not-running", /container not found \("app"\)/],
  ["pod-completed", "true", "not-running", /container not found \("app"\)/],
  ["pod-pending", "true", "not-running", /pod pending does not have a host assigned/],
  ["pod-notfound", "true", "not-found", /pods "nosuch" not found/],
  ["unknown-subprotocol", "true", "unsupported", /refused without a reason/],
  ["user-bad", "true", "unauthorized", /401/],
  ["user-viewer", "true", "forbidden", /User "system:serviceaccount:lab:viewer" cannot get resource "pods\/exec"/],
  ["user-execcreate", "true", "forbidden", /cannot get resource "pods\/exec"/],
  ["user-execget", "true", "forbidden", /pods "net-4r25t" is forbidden\.$/],
];
for (const [name, program, reason, message] of refusals) {
  test(`no answer, but the reason: ${name}`, async (t) => {
    const { answer } = await runAgainst(t, name, program === "" ? [] : [program]);
    const refusal = refusalOf(answer);
    assert.equal(refusal.reason, reason);
    assert.match(refusal.message, message);
    assertReadable(refusal);
    if (reason === "forbidden") assert.match(refusal.remedy ?? "", /get and create on pods\/exec/);
  });
}

test("a program that does not end is given up in time", async (t) => {
  const { answer } = await runAgainst(t, "v5-ok", ["sleep", "100"], { timeout: 100 }, "stay open");
  assert.equal(refusalOf(answer).reason, "timeout");
  assert.match(refusalOf(answer).message, /within 0\.1 s/);
});

test("the first sign of a program is waited for as long as for any answer, and no longer", async (t) => {
  const server = await startReplay(() => replay("exec/v5-ok", "silent"));
  t.after(() => server.close());
  const cluster = await connect(t, { server: `http://127.0.0.1:${server.port}` }, { timeout: 100 });
  const refusal = refusalOf(await cluster.run(from, ["sh"], { timeout: 60_000 }));
  assert.equal(refusal.reason, "timeout");
  assert.match(refusal.message, /nothing came of it within 0\.1 s/);
  assert.doesNotMatch(refusal.message, /did not answer/, "the server did, and the program did not");
});

test("a kept connection that the server closes just then is none of the program's doing: it is tried once more", async (t) => {
  let asked = 0;
  const server = createServer();
  server.on("upgrade", (_, socket) => {
    if (++asked === 1) return void socket.destroy();
    const text = "no endpoints";
    socket.end(`HTTP/1.1 503 X\r\ncontent-type: text/plain\r\ncontent-length: ${text.length}\r\n\r\n${text}`);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  t.after(() => server.close());
  const cluster = await connect(t, { server: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  assert.match(refusalOf(await cluster.run(from, ["sh"], { timeout: 5_000 })).message, /no endpoints/);
  assert.equal(asked, 2);
});

test("a run can be cancelled, before it starts as well", async (t) => {
  const early = await runAgainst(t, "v5-ok", ["sleep"], { signal: AbortSignal.abort() }, "stay open");
  assert.equal(refusalOf(early.answer).reason, "cancelled");
  assert.equal(early.server.asked.length, 0);
  const late = await runAgainst(t, "v5-ok", ["sleep"], { signal: AbortSignal.timeout(100) }, "stay open");
  assert.equal(refusalOf(late.answer).reason, "cancelled");
});

test("a connection that is cut while a program runs is said", async (t) => {
  const { answer } = await runAgainst(t, "v5-ok", ["sh"], {}, "cut");
  assert.equal(refusalOf(answer).reason, "unreachable");
  assert.match(refusalOf(answer).message, /cut while the program ran/);
});
