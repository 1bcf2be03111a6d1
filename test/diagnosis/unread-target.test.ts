import assert from "node:assert/strict";
import { createServer } from "node:net";
import { describe, it, type TestContext } from "node:test";
import { refused } from "#core/cluster/cluster.ts";
import { type Diagnosis, diagnose } from "#core/diagnosis/diagnosis.ts";
import { conclusionOf, isAnswered } from "#core/report/conclusions.ts";
import { type FixtureCluster, fixtureCluster, node, runningPod } from "./fixture-cluster.ts";

const both = ["127.0.0.1", "::1"];

/** A Service whose one pod answers; what of it may not be read is refused. */
async function asked(context: TestContext, refuses: "get services" | "list endpointslices" | ""): Promise<Diagnosis> {
  const server = createServer((socket) => socket.end()).listen(0, "::");
  context.after(() => server.close());
  await new Promise((done) => server.once("listening", done));
  const { port } = server.address() as { port: number };
  const slices = (["IPv4", "IPv6"] as const).map((addressType) => ({
    kind: "EndpointSlice",
    metadata: { name: `web-${addressType}`, namespace: "default", labels: { "kubernetes.io/service-name": "web" } },
    addressType,
    ports: [{ port, protocol: "TCP" }],
    endpoints: [{ targetRef: { kind: "Pod", name: "web", namespace: "default" }, conditions: { ready: true } }],
  }));
  const spec = { clusterIP: "127.0.0.1", clusterIPs: both, ports: [{ port }], ipFamilies: ["IPv4", "IPv6"] };
  const cluster = fixtureCluster([
    node("n1"),
    runningPod("client", "n1", both),
    runningPod("web", "n1", both, port),
    { kind: "Service", metadata: { name: "web", namespace: "default" }, spec },
    ...slices,
  ]);
  const forbidden = refused("forbidden", `${refuses} is forbidden`);
  const narrow: FixtureCluster = {
    ...cluster,
    get: async (type, name, options) =>
      `get ${type.resource}` === refuses ? forbidden : cluster.get(type, name, options),
    list: async (type, options) => (`list ${type.resource}` === refuses ? forbidden : cluster.list(type, options)),
  };
  const subject = {
    from: { namespace: "default", name: "client" },
    to: { kind: "service", namespace: "default", name: "web" },
  } as const;
  return diagnose(narrow, subject, { now: Date.now });
}

describe("a Service that was named", () => {
  it("works where it and its pods were dialled", async (context) => {
    const diagnosis = await asked(context, "");
    assert.deepEqual([isAnswered(diagnosis), conclusionOf("IPv6", diagnosis).state], [true, "works"]);
  });

  it("is not known to work where it could not be read, though its pods answer", async (context) => {
    const diagnosis = await asked(context, "get services");
    const { state, text } = conclusionOf("IPv6", diagnosis);
    assert.equal(state, "open", text);
    assert.match(text, /^Service default\/web not dialled; .* works?$/);
    assert.equal(isAnswered(diagnosis), false);
    assert.match(diagnosis.chosen.join("\n"), /--to web\.default:PORT asks DNS for it/);
  });

  it("is not known to work where nobody may know its pods, though one behind it answers", async (context) => {
    const diagnosis = await asked(context, "list endpointslices");
    const { state, text } = conclusionOf("IPv6", diagnosis);
    assert.equal(state, "open", text);
    assert.match(text, /^the pods of Service default\/web not dialled; /);
    assert.equal(isAnswered(diagnosis), false);
  });
});

describe("a namespace to look around in", () => {
  const there = { kind: "Namespace", metadata: { name: "empty" } };
  const shop = runningPod("client", "n1", both);
  const cluster = () =>
    fixtureCluster([node("n1"), there, { ...shop, metadata: { ...shop.metadata, namespace: "shop" } }]);
  const around = (namespace: string) => diagnose(cluster(), { namespace, namedNamespace: true }, { now: Date.now });

  it("is missed where it is not there, and pods of others are no answer", async () => {
    const { missing, symptoms, execs } = await around("shpo");
    assert.deepEqual(missing, [{ what: "namespace shpo", nearest: ["-n shop"] }]);
    assert.deepEqual([symptoms, execs], [[], 0]);
  });

  it("is only remarked on where it is that of the context", async () => {
    const { missing, chosen } = await diagnose(cluster(), { namespace: "shpo" }, { now: Date.now });
    assert.deepEqual(missing, []);
    assert.match(chosen.join("\n"), /namespace shpo of the context is not there/);
  });

  it("is said to be empty where it is", async () => {
    const { missing, chosen } = await around("empty");
    assert.deepEqual(missing, []);
    assert.match(chosen.join("\n"), /namespace empty has no pod: it was looked around in others/);
  });
});
