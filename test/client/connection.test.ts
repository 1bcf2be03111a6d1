import assert from "node:assert/strict";
import { access, copyFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import path from "node:path";
import { before, describe, it, type TestContext } from "node:test";
import { Connection } from "#client/connection.ts";
import { contextRows } from "#client/tree/contexts.ts";
import { certificateAuthority } from "#test/cluster/certificates.ts";
import { answerOf, refusalOf, temporaryFolder, writeKubeconfig } from "#test/cluster/kubeconfig-file.ts";
import { type Authority, base64, tlsServer } from "#test/cluster/tls-server.ts";
import { outline } from "./outline.ts";

let authority: Authority;
before(async () => {
  authority = await certificateAuthority();
});

/** A connection of an editor that trusts the workspace as long as `trust` says so. */
function connectionTo(test: TestContext, kubeconfig: string, trust = { trusted: true }): Connection {
  const connection = new Connection({
    kubeconfig: () => kubeconfig,
    trusted: () => trust.trusted,
    remembered: () => undefined,
    remember: () => {},
  });
  test.after(() => connection.close());
  return connection;
}

/** A server that answers when it is told to, and kubeconfigs for it that differ in the token. */
async function slowServer(test: TestContext) {
  const waiting: ServerResponse[] = [];
  let asked = () => {};
  const handle = (_: unknown, response: ServerResponse) => {
    waiting.push(response);
    asked();
  };
  const { url } = await tlsServer(test, authority, { answer: () => ({ handle }) });
  const cluster = { "certificate-authority-data": base64(authority.pem) };
  return {
    kubeconfig: (token: string) => writeKubeconfig(test, { server: url, cluster, user: { token } }),
    /** Resolves when the next request has come. */
    nextRequest: () =>
      new Promise<void>((resolve) => {
        asked = resolve;
      }),
    answer: () => {
      for (const response of waiting) response.end(JSON.stringify({ major: "1", minor: "36", gitVersion: "v1.36.0" }));
    },
  };
}

describe("a cluster that somebody works with", () => {
  it("stays open while the kubeconfig changes and the tree looks at it anew", async (t) => {
    const { kubeconfig, nextRequest, answer } = await slowServer(t);
    const file = await kubeconfig("a");
    const connection = connectionTo(t, file);
    const { cluster, release } = answerOf(await connection.hold());
    const request = nextRequest();
    const working = cluster.version();
    await request;
    const refreshed = new Promise<void>((resolve) => connection.onRefresh(resolve));
    await copyFile(await kubeconfig("b"), file);
    await refreshed;
    assert.notEqual(answerOf(await connection.cluster()), cluster, "the tree has another one by now");
    answer();
    assert.equal(answerOf(await working).minor, 36);
    release();
  });

  it("is closed when the last one lets go, and no sooner", async (t) => {
    const { kubeconfig, nextRequest } = await slowServer(t);
    const connection = connectionTo(t, await kubeconfig("a"));
    const [one, two] = [answerOf(await connection.hold()), answerOf(await connection.hold())];
    const request = nextRequest();
    let ended = false;
    const working = two.cluster.version().finally(() => {
      ended = true;
    });
    await request;
    connection.close();
    one.release();
    one.release();
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(ended, false, "the other one still works with it");
    two.release();
    assert.ok(!(await working).ok, "what still runs ends");
  });
});

describe("a workspace that is not trusted", () => {
  it("starts no credential plugin, and says so in the tree; it is started once the workspace is trusted", async (t) => {
    const trace = path.join(await temporaryFolder(t), "started");
    const script = `require("fs").writeFileSync(${JSON.stringify(trace)}, ""); process.exit(1)`;
    const exec = { apiVersion: "client.authentication.k8s.io/v1", command: process.execPath, args: ["-e", script] };
    const user = { exec: { ...exec, interactiveMode: "Never" } };
    const trust = { trusted: false };
    const connection = connectionTo(t, await writeKubeconfig(t, { server: "https://127.0.0.1:1", user }), trust);
    const started = () =>
      access(trace).then(
        () => true,
        () => false,
      );
    const refusal = refusalOf(await connection.cluster());
    assert.match(refusal.message, /^User "me" in .* gets its credential from a program, and starting programs is not/);
    assert.match(
      outline(contextRows(connection.contexts), 3),
      /! Workspace not trusted\n {4}User "me"[\s\S]*\n {4}Trust this/,
    );
    assert.equal(await started(), false);
    trust.trusted = true;
    const cluster = answerOf(await connection.refresh());
    refusalOf(await cluster.version());
    assert.equal(await started(), true);
  });
});
