import assert from "node:assert/strict";
import { createServer } from "node:http";
import { type TestContext, test } from "node:test";
import { connect, refusalOf, tryToConnect } from "./kubeconfig-file.ts";
import { replay, startReplay } from "./replay.ts";

/** A server that nobody is to ask. */
async function bystander(t: TestContext) {
  let asked = 0;
  const server = createServer((_, response) => {
    asked++;
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  const address = server.address();
  assert.ok(address !== null && typeof address === "object");
  return { host: `127.0.0.1:${address.port}`, asked: () => asked };
}

test("a path of the server's address is a path, however it begins, and the token goes nowhere else", async (t) => {
  const other = await bystander(t);
  const server = await startReplay(() => replay("discovery/version"));
  t.after(() => server.close());
  const good = `http://127.0.0.1:${server.port}`;
  const paths = [
    "//HOST",
    "///HOST/",
    "//HOST//x",
    "/k8s//clusters/c-1",
    "//",
    "/?a=b",
    "/#//HOST",
    "/..//HOST",
    "/@HOST",
    "/%2F%2FHOST",
  ];
  for (const path of paths) {
    const user = { token: "secret" };
    const cluster = await connect(t, { server: good + path.replace("HOST", other.host), user });
    assert.ok((await cluster.version()).ok, path);
    await cluster.run({ namespace: "lab", pod: "p", container: "c" }, ["sh"], { timeout: 1000 });
  }
  assert.equal(other.asked(), 0);
  const asked = server.asked.filter(({ path }) => path.endsWith("/version"));
  assert.deepEqual(
    asked.map(({ path }) => path.replaceAll(other.host, "HOST")),
    [
      "/HOST/version",
      "/HOST/version",
      "/HOST/x/version",
      "/k8s/clusters/c-1/version",
      "/version",
      "/version",
      "/version",
      "/HOST/version",
      "/@HOST/version",
      "/%2F%2FHOST/version",
    ],
  );
  for (const { headers } of asked) assert.equal(headers.authorization, "Bearer secret");
});

test("an address that would be read in two ways is none", async (t) => {
  for (const server of [
    "https://evil\\@good.example",
    "https://good.example\\x",
    "https://good\t.example",
    "https://good.example\n",
  ]) {
    const refusal = refusalOf(await tryToConnect(t, { server }));
    assert.equal(refusal.reason, "config", server);
    assert.match(refusal.message, /is not a URL/);
  }
});
