import assert from "node:assert/strict";
import { createServer as createHttpServer } from "node:http";
import { connect as connectTo, createServer } from "node:net";
import { before, type TestContext, test } from "node:test";
import { certificateAuthority } from "./certificates.ts";
import { answerOf, connect, refusalOf } from "./kubeconfig-file.ts";
import { replay, startReplay } from "./replay.ts";
import { type Authority, base64, tlsServer } from "./tls-server.ts";

const linux = process.platform === "linux" ? false : "interfaces have other names elsewhere";

let ours: Authority;
before(async () => {
  ours = await certificateAuthority();
});

test("the proxy of the kubeconfig is used, and that of the environment but for what it excepts", async (t) => {
  const server = await tlsServer(t, ours, { names: ["api.invalid"], answer: () => replay("exec/v5-ok") });
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

test("a proxy and a server whose addresses are IPv6 are told so that they are understood", async (t) => {
  const server = await tlsServer(t, ours, { names: ["fd00:dead::1"], answer: () => replay("exec/v5-ok") });
  const proxy = await tunnelTo(t, server.port, "::1");
  const socks = await socksTo(t, server.port, "::1");
  for (const [given, env] of [
    [{ "proxy-url": proxy.url }, {}],
    [{}, { HTTPS_PROXY: proxy.url }],
    [{ "proxy-url": socks.url }, {}],
  ] as const) {
    const cluster = { "certificate-authority-data": base64(ours.pem), ...given };
    const opened = await connect(t, { server: "https://[fd00:dead::1]:6443", cluster }, { env });
    const ran = await opened.run({ namespace: "lab", pod: "p", container: "c" }, ["sh"], { timeout: 5_000 });
    assert.equal(answerOf(ran).stdout, "out\n");
  }
  assert.deepEqual(proxy.asked, ["[fd00:dead::1]:6443", "[fd00:dead::1]:6443"]);
  assert.deepEqual(socks.asked, ["fd00dead000000000000000000000001"]);
});

test("behind a proxy a server with another's certificate is not believed", async (t) => {
  const server = await tlsServer(t, ours, { names: ["other.invalid", "127.0.0.1", "localhost"] });
  const proxy = await tunnelTo(t, server.port);
  const socks = await socksTo(t, server.port);
  for (const url of ["https://[fd00:dead::1]:6443", "https://10.255.1.1:6443", "https://api.invalid:6443"])
    for (const { url: way } of [proxy, socks]) {
      const cluster = { "certificate-authority-data": base64(ours.pem), "proxy-url": way };
      const refusal = refusalOf(await (await connect(t, { server: url, cluster })).version());
      assert.equal(refusal.reason, "tls", `${url} by ${way}`);
    }
  const cluster = {
    "certificate-authority-data": base64(ours.pem),
    "proxy-url": proxy.url,
    "tls-server-name": "other.invalid",
  };
  answerOf(await (await connect(t, { server: "https://[fd00:dead::1]:6443", cluster })).version());
});

test("what a proxy refuses, or that it is not there, is said of the proxy and not of the server", async (t) => {
  const refuses = createHttpServer().on("connect", (_, socket) => {
    socket.end("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 2\r\n\r\nno");
  });
  await new Promise<void>((resolve) => refuses.listen(0, "127.0.0.1", resolve));
  t.after(() => refuses.close());
  const address = refuses.address();
  assert.ok(address !== null && typeof address === "object");
  const asked = async (proxy: string) => {
    const cluster = await connect(
      t,
      { server: "https://api.invalid:6443", user: { token: "t" } },
      { env: { HTTPS_PROXY: proxy } },
    );
    return refusalOf(await cluster.version());
  };
  const refused = await asked(`http://127.0.0.1:${address.port}`);
  assert.equal(refused.reason, "unreachable");
  assert.match(refused.message, /: the proxy 127\.0\.0\.1:\d+ does not let this through \(HTTP 407\)\.$/);
  const absent = await asked("http://[::1]:1");
  assert.match(absent.message, /: the proxy \[::1\]:1 refused the connection \(ECONNREFUSED\)\.$/);
  assert.match(absent.remedy ?? "", /HTTPS_PROXY/);
});

test("a link-local server is dialled on the interface that its zone names", { skip: linux }, async (t) => {
  const server = await startReplay(
    ({ path }) => replay(path === "/version" ? "discovery/version" : "exec/v5-ok"),
    await ours.sign("apiserver", ["::1"]),
    "::1",
  );
  t.after(() => server.close());
  const cluster = { "certificate-authority-data": base64(ours.pem) };
  const opened = await connect(t, { server: `https://[::1%25lo]:${server.port}`, cluster });
  answerOf(await opened.version());
  const ran = await opened.run({ namespace: "lab", pod: "p", container: "c" }, ["sh"], { timeout: 5_000 });
  assert.equal(answerOf(ran).stdout, "out\n");
  assert.equal(server.asked[0]?.headers.host, `[::1]:${server.port}`);
  const elsewhere = await connect(t, { server: `https://[fe80::1%25nosuch0]:${server.port}`, cluster });
  const refusal = refusalOf(await elsewhere.version());
  assert.match(refusal.message, /\[fe80::1%nosuch0\]/);
});

/** A proxy that knows CONNECT, and brings everybody to one port of this machine. */
async function tunnelTo(test: TestContext, port: number, host = "127.0.0.1") {
  const asked: (string | undefined)[] = [];
  const proxy = createHttpServer().on("connect", (request, socket) => {
    asked.push(request.url);
    const server = connectTo(port, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      server.pipe(socket).pipe(server);
    });
    for (const end of [server, socket]) end.on("error", () => {});
  });
  await new Promise<void>((resolve) => proxy.listen(0, host, resolve));
  test.after(() => proxy.close());
  const address = proxy.address();
  assert.ok(address !== null && typeof address === "object");
  return { url: `http://${bracketed(host)}:${address.port}`, asked };
}

test("a SOCKS proxy is used, and looks up the name itself", async (t) => {
  const server = await tlsServer(t, ours, { names: ["api.invalid"], answer: () => replay("exec/v5-ok") });
  const proxy = await socksTo(t, server.port);
  const cluster = { "certificate-authority-data": base64(ours.pem), "proxy-url": proxy.url };
  const opened = await connect(t, { server: "https://api.invalid:6443", cluster });
  const ran = await opened.run({ namespace: "lab", pod: "p", container: "c" }, ["sh"], { timeout: 5_000 });
  assert.equal(answerOf(ran).stdout, "out\n");
  assert.deepEqual(proxy.asked, ["api.invalid"]);
});

/** A SOCKS5 proxy without passwords (RFC 1928) that brings everybody to one port of this machine. */
async function socksTo(test: TestContext, port: number, host = "127.0.0.1") {
  const asked: string[] = [];
  const proxy = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => {
      socket.write(Buffer.of(5, 0));
      socket.once("data", (request) => {
        const name = request[3] === 3;
        asked.push(
          name ? request.subarray(5, 5 + (request[4] ?? 0)).toString() : request.subarray(4, -2).toString("hex"),
        );
        const server = connectTo(port, "127.0.0.1", () => {
          socket.write(Buffer.of(5, 0, 0, 1, 0, 0, 0, 0, 0, 0));
          server.pipe(socket).pipe(server);
        });
        server.on("error", () => {});
      });
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, host, resolve));
  test.after(() => proxy.close());
  const address = proxy.address();
  assert.ok(address !== null && typeof address === "object");
  return { url: `socks5://${bracketed(host)}:${address.port}`, asked };
}

function bracketed(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}
