import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { WatchCache } from "#cluster/watch-cache.ts";
import type { KubeObject, ListOptions, ResourceType, WatchEvent } from "#core/cluster/cluster.ts";
import { connect } from "./kubeconfig-file.ts";
import { type Asked, type ReplayServer, type Reply, replay, startReplay } from "./replay.ts";

const configMaps: ResourceType = { apiVersion: "v1", resource: "configmaps" };

/** Answers a list always, and the watches one after the other; the last goes on staying open. */
function scripted(...watches: readonly Reply[]) {
  let next = 0;
  return ({ query }: Asked): Reply => {
    if (!query.has("watch")) return replay("lists/empty-namespace");
    return watches[next++] ?? replay("watch/nothing", "stay open");
  };
}

async function watching(test: TestContext, answer: (asked: Asked) => Reply, options: ListOptions = {}) {
  const server = await startReplay(answer);
  test.after(() => server.close());
  const cluster = await connect(test, { server: `http://127.0.0.1:${server.port}` });
  const events: WatchEvent[] = [];
  const heard = new Set<() => void>();
  const watch = cluster.watch(configMaps, { namespace: "lab", ...options }, (event) => {
    events.push(event);
    for (const check of heard) check();
  });
  test.after(() => watch.stop());
  /** Resolves when the events so far are enough; the test's own time limit ends a wait in vain. */
  const until = (enough: () => boolean) =>
    new Promise<void>((resolve) => {
      const check = () => {
        if (enough()) resolve();
      };
      heard.add(check);
      check();
    });
  return { server, cluster, events, watch, until };
}

function typesOf(events: readonly WatchEvent[]): readonly string[] {
  return events.map((event) =>
    event.type === "reset" || !("object" in event) ? event.type : `${event.type} ${event.object.metadata.name}`,
  );
}

const changes = ["added w1", "added ssa", "modified ssa", "modified w1", "modified w1", "modified w1", "deleted w1"];

/** The resourceVersions that the watches asked for. */
function startsOf({ asked }: ReplayServer): readonly (string | null)[] {
  return asked.filter(({ query }) => query.has("watch")).map(({ query }) => query.get("resourceVersion"));
}

const limit = { timeout: 10_000 };

test("a watch lists, then tells what changes", limit, async (t) => {
  const { events, until, server } = await watching(t, scripted(replay("watch/from-list-rv", "stay open")));
  await until(() => events.length === 1 + changes.length);
  assert.deepEqual(typesOf(events), ["reset", ...changes]);
  const watched = server.asked[1];
  assert.equal(watched?.path, "/api/v1/namespaces/lab/configmaps");
  assert.equal(watched?.query.get("allowWatchBookmarks"), "true");
  const seconds = Number(watched?.query.get("timeoutSeconds"));
  assert.ok(seconds >= 300 && seconds <= 600, `timeoutSeconds=${seconds}`);
});

test("of what changes only what is wanted is kept", limit, async (t) => {
  const keep = ({ metadata: { name } }: KubeObject): KubeObject => ({ metadata: { name } });
  const { events, until } = await watching(t, scripted(replay("watch/from-list-rv", "stay open")), { keep });
  await until(() => events.length === 1 + changes.length);
  assert.deepEqual(typesOf(events), ["reset", ...changes]);
  const objects = events.flatMap((event) =>
    event.type === "reset" ? event.objects : "object" in event ? [event.object] : [],
  );
  assert.equal(objects.length, changes.length);
  for (const object of objects) assert.deepEqual(object, { metadata: { name: object.metadata.name } });
});

test("a stream that the server ends in good order goes on where its bookmark was, silently", limit, async (t) => {
  const { events, until, server } = await watching(
    t,
    scripted(replay("watch/from-list-rv"), replay("watch/from-list-rv", "stay open")),
  );
  await until(() => events.length === 1 + 2 * changes.length);
  assert.deepEqual(typesOf(events), ["reset", ...changes, ...changes]);
  assert.deepEqual(startsOf(server), ["2045", "2244"]);
});

test("an expired watch lists anew without being lost", limit, async (t) => {
  const { events, until } = await watching(t, scripted(replay("watch/rv-1-gone")));
  await until(() => events.length === 2);
  assert.deepEqual(typesOf(events), ["reset", "reset"]);
});

test("a stream that is cut goes on where it was, silently and without a list", limit, async (t) => {
  const { events, until, server } = await watching(
    t,
    scripted(replay("watch/from-list-rv", "cut"), replay("watch/from-list-rv", "stay open")),
  );
  await until(() => events.length === 1 + 2 * changes.length);
  assert.deepEqual(typesOf(events), ["reset", ...changes, ...changes]);
  assert.deepEqual(startsOf(server), ["2045", "2244"]);
  assert.equal(server.asked.filter(({ query }) => !query.has("watch")).length, 1);
});

test("a stream that cannot be opened again is lost until it can, and goes on without a list", limit, async (t) => {
  const busy: Reply = { handle: (_, response) => response.writeHead(503).end("{}") };
  const { events, until, server } = await watching(t, scripted(replay("watch/from-list-rv", "cut"), busy));
  await until(() => events.at(-1)?.type === "resumed");
  assert.deepEqual(typesOf(events), ["reset", ...changes, "lost", "resumed"]);
  assert.deepEqual(startsOf(server), ["2045", "2244", "2244"]);
  const lost = events.find((event) => event.type === "lost");
  assert.ok(lost?.type === "lost" && lost.retryIn >= 800, JSON.stringify(lost));
});

test("a server that goes away is asked again at growing distances", { timeout: 20_000 }, async (t) => {
  const { events, until, server } = await watching(t, scripted());
  await until(() => events.length === 1);
  await server.close();
  await until(() => events.length === 3);
  assert.deepEqual(typesOf(events), ["reset", "lost", "lost"]);
  const waits = events.flatMap((event) => (event.type === "lost" ? [event.retryIn] : []));
  assert.ok((waits[1] ?? 0) > (waits[0] ?? 0), waits.join(" "));
});

test("what makes no sense is not passed on, and after the third time the list is made anew", {
  timeout: 40_000,
}, async (t) => {
  const garbage: Reply = { handle: (_, response) => response.writeHead(200).end('{"type":"ADD\n') };
  const { events, until, server } = await watching(t, scripted(garbage, garbage, garbage));
  await until(() => events.length === 3);
  assert.deepEqual(typesOf(events), ["reset", "lost", "reset"]);
  assert.equal(server.asked.filter(({ query }) => !query.has("watch")).length, 2);
});

for (const [name, reason] of [
  ["errors/403-limited-watch", "forbidden"],
  ["errors/404-group", "unsupported"],
  ["errors/401-bad-token", "unauthorized"],
] as const) {
  test(`a watch that can never succeed ends: ${reason}`, limit, async (t) => {
    const { events, until } = await watching(t, ({ query }) =>
      replay(query.has("watch") ? name : "lists/empty-namespace"),
    );
    await until(() => events.at(-1)?.type === "ended");
    const end = events.at(-1);
    assert.ok(end?.type === "ended");
    assert.equal(end.refusal.reason, reason);
    assert.match(end.refusal.message, /^Cannot watch configmaps in namespace "lab": /);
  });
}

test("an event larger than any read of a socket is whole", limit, async (t) => {
  const text = "€".repeat(200_000);
  const object = { metadata: { name: "large", resourceVersion: "3" }, data: { text } };
  const large: Reply = {
    handle: (_, response) => response.writeHead(200).write(`${JSON.stringify({ type: "ADDED", object })}\n`),
  };
  const { events, until } = await watching(t, scripted(large));
  await until(() => events.length === 2);
  const [, added] = events;
  assert.ok(added?.type === "added");
  assert.equal(added.object.data.text, text);
});

test("nothing is told after a stop, by the watch or by the caller's signal", limit, async (t) => {
  const caller = new AbortController();
  const { events, until, watch, server } = await watching(t, scripted(), { signal: caller.signal });
  await until(() => events.length === 1);
  watch.stop();
  caller.abort();
  server.cut();
  const other = await watching(t, scripted());
  await other.until(() => other.events.length === 1);
  assert.deepEqual(typesOf(events), ["reset"]);
});

test("subscribers of one type share one watch, which ends with the last", limit, async (t) => {
  const { cluster, server } = await watching(
    t,
    scripted(replay("watch/initial-events", "stay open"), replay("watch/from-list-rv", "stay open")),
  );
  const cache = new WatchCache(cluster, { collect: 10 });
  t.after(() => cache.close());
  const lists = () => server.asked.filter(({ query }) => !query.has("watch")).length;
  const first = cache.subscribe(configMaps, { namespace: "lab" });
  const second = cache.subscribe(configMaps, { namespace: "lab" });
  assert.equal(first.state.kind, "loading");
  await Promise.all([first.loaded(), second.loaded()]);
  assert.equal(lists(), 2, "the test's own and the shared one");
  first.stop();
  first.stop();
  assert.equal(second.state.kind, "live");
  await cache.subscribe(configMaps, { namespace: "lab" }).loaded();
  assert.equal(lists(), 2, "a third joins the two");
  cache.close();
  const alone = cache.subscribe(configMaps, { namespace: "lab" });
  await alone.loaded();
  assert.equal(lists(), 3, "after the end of the shared watch a new one begins");
  alone.stop();
  await cache.subscribe(configMaps, { namespace: "lab" }).loaded();
  assert.equal(lists(), 4, "the last subscriber took the watch with it");
});

test("the cache keeps the API's order, and tells of many changes at once", limit, async (t) => {
  const { cluster } = await watching(t, ({ query }) =>
    query.has("watch") ? replay("watch/initial-events", "stay open") : replay("lists/empty-namespace"),
  );
  const cache = new WatchCache(cluster, { collect: 50 });
  t.after(() => cache.close());
  let calls = 0;
  const names = await new Promise<readonly string[]>((resolve) => {
    const subscription = cache.subscribe(configMaps, { namespace: "lab" }, () => {
      calls++;
      if (subscription.objects.length > 0) resolve(subscription.objects.map(({ metadata }) => metadata.name));
    });
  });
  assert.deepEqual(names, ["kube-root-ca.crt", "ssa", "w0"]);
  assert.ok(calls <= 2, `${calls} calls for ten events`);
});

test("the cache keeps what it knew, and says why it ended", limit, async (t) => {
  let forbidden = false;
  let opened = () => {};
  const open = new Promise<void>((resolve) => {
    opened = resolve;
  });
  const nothing: Reply = {
    handle: (_, response) => {
      response.flushHeaders();
      opened();
    },
  };
  const server = await startReplay(({ query }) => {
    if (forbidden) return replay("errors/403-limited-watch");
    return query.has("watch") ? nothing : replay("lists/services");
  });
  t.after(() => server.close());
  const cluster = await connect(t, { server: `http://127.0.0.1:${server.port}` });
  const cache = new WatchCache(cluster, { collect: 1 });
  t.after(() => cache.close());
  const kinds: string[] = [];
  await new Promise<void>((resolve) => {
    const subscription = cache.subscribe(configMaps, {}, async () => {
      const { state, objects } = subscription;
      kinds.push(state.kind);
      assert.ok(objects.length > 0);
      if (state.kind === "ended") resolve();
      if (state.kind !== "live") return;
      await open;
      forbidden = true;
      server.cut();
    });
  });
  assert.deepEqual(kinds, ["live", "ended"]);
  const again = await cache.subscribe(configMaps, {}).loaded();
  assert.ok(!again.ok && again.refusal.reason === "forbidden");
});
