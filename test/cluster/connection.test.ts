import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { before, type TestContext, test } from "node:test";
import { getCACertificates } from "node:tls";
import { promisify } from "node:util";
import { readKubeconfig } from "#cluster/kubeconfig.ts";
import { openCluster } from "#cluster/open-cluster.ts";
import type { Answer, Version } from "#core/cluster/cluster.ts";
import { certificateAuthority } from "./certificates.ts";
import { answerOf, assertReadable, connect, refusalOf, temporaryFolder, writeKubeconfig } from "./kubeconfig-file.ts";
import { type Asked, replay, startReplay } from "./replay.ts";
import { type Authority, base64, tlsServer } from "./tls-server.ts";

let ours: Authority;
let theirs: Authority;
before(async () => {
  ours = await certificateAuthority();
  theirs = await certificateAuthority();
});

test("a server that the kubeconfig's CA signed is asked, with the token", async (t) => {
  const server = await tlsServer(t, ours);
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
  const server = await tlsServer(t, ours, { answer: () => replay("exec/v5-ok") });
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
  const server = await tlsServer(t, ours, { names: ["kubernetes.default"] });
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

test("without a CA in the kubeconfig the system's are trusted", async (t) => {
  if (typeof getCACertificates !== "function" || process.platform !== "linux")
    return t.skip("needs Node 22.15 on Linux");
  const server = await tlsServer(t, ours);
  const path = await writeKubeconfig(t, { server: server.url });
  const ca = `${path}.ca`;
  await writeFile(ca, ours.pem);
  // What the system trusts is read once in the life of a process, so this takes one of its own.
  const script = `
    import { readKubeconfig } from "#cluster/kubeconfig.ts";
    import { openCluster } from "#cluster/open-cluster.ts";
    const kubeconfig = await readKubeconfig({ path: process.argv[1] });
    const cluster = await openCluster(kubeconfig.value, undefined, { env: {} });
    console.log(JSON.stringify(await cluster.value.version()));
    cluster.value.close();
  `;
  const options = { cwd: import.meta.dirname, env: { ...process.env, SSL_CERT_FILE: ca } };
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script, path], options);
  assert.equal(answerOf(JSON.parse(stdout) as Answer<Version>).minor, 36);
});

test("a context without a user is judged by the CA of its cluster as well", async (t) => {
  const server = await tlsServer(t, ours);
  const path = join(await temporaryFolder(t), "config");
  const cluster = { server: server.url, "certificate-authority-data": base64(ours.pem) };
  const contexts = [{ name: "lab", context: { cluster: "lab" } }];
  await writeFile(path, JSON.stringify({ contexts, clusters: [{ name: "lab", cluster }] }));
  const opened = answerOf(await openCluster(answerOf(await readKubeconfig({ path })), "lab", { env: {} }));
  t.after(() => opened.close());
  assert.equal(answerOf(await opened.version()).minor, 36);
  assert.equal(server.asked[0]?.headers.authorization, undefined);
});

test("one connection is kept for one request after the other", async (t) => {
  const server = await tlsServer(t, ours);
  const cluster = await connect(t, {
    server: server.url,
    cluster: { "certificate-authority-data": base64(ours.pem) },
  });
  for (const _ of [1, 2, 3]) answerOf(await cluster.version());
  const ports = server.asked.map(({ from }) => from);
  assert.equal(ports.length, 3);
  assert.equal(new Set(ports).size, 1);
});

test("insecure-skip-tls-verify is obeyed", async (t) => {
  const server = await tlsServer(t, ours);
  assert.ok(
    (await (await connect(t, { server: server.url, cluster: { "insecure-skip-tls-verify": true } })).version()).ok,
  );
});

for (const question of ["version", "exec"] as const) {
  test(`each failure of TLS is told from the others: ${question}`, async (t) => {
    const wrongAuthority = await tlsServer(t, ours);
    const expired = await tlsServer(t, ours, { days: -1 });
    const otherName = await tlsServer(t, ours, { names: ["elsewhere.example"] });
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
