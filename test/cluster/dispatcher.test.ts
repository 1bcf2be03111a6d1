import assert from "node:assert/strict";
import { test } from "node:test";
import { answerOf, connect } from "./kubeconfig-file.ts";
import { replay, startReplay } from "./replay.ts";

// A process loads client-node once, so this is the only test of its file.
test("what an editor has everybody's fetch go through is left in place", async (t) => {
  const editors = { dispatch: () => assert.fail("nobody fetches here") };
  const name = Symbol.for("undici.globalDispatcher.1");
  Reflect.set(globalThis, name, editors);
  // Node 22, which editors run on, knows only the first name, and so does who sets it there.
  Reflect.set(globalThis, Symbol.for("undici.globalDispatcher.2"), undefined);
  const server = await startReplay(() => replay("discovery/version"));
  t.after(() => server.close());
  answerOf(await (await connect(t, { server: `http://127.0.0.1:${server.port}` })).version());
  assert.equal(Reflect.get(globalThis, name), editors);
});
