import assert from "node:assert/strict";
import { createServer as createHttpServer } from "node:http";
import { connect as connectTo, createServer } from "node:net";
import { before, type TestContext, test } from "node:test";
import { certificateAuthority } from "./certificates.ts";
import { answerOf, connect } from "./kubeconfig-file.ts";
import { replay } from "./replay.ts";
import { type Authority, base64, tlsServer } from "./tls-server.ts";

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
async function socksTo(test: TestContext, port: number) {
  const asked: string[] = [];
  const proxy = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => {
      socket.write(Buffer.of(5, 0));
      socket.once("data", (request) => {
        assert.equal(request[3], 3, "an address that is a name");
        asked.push(request.subarray(5, 5 + (request[4] ?? 0)).toString());
        const server = connectTo(port, "127.0.0.1", () => {
          socket.write(Buffer.of(5, 0, 0, 1, 0, 0, 0, 0, 0, 0));
          server.pipe(socket).pipe(server);
        });
        server.on("error", () => {});
      });
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  test.after(() => proxy.close());
  const address = proxy.address();
  assert.ok(address !== null && typeof address === "object");
  return { url: `socks5://127.0.0.1:${address.port}`, asked };
}
