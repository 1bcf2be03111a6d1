import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { LineTooLong, linesOf } from "#cluster/lines.ts";
import { Pace } from "#cluster/pace.ts";
import { WatchCache } from "#cluster/watch-cache.ts";
import type { Cluster, WatchEvent } from "#core/cluster/cluster.ts";

describe("the pace of a watch", () => {
  test("is doubled from 0.8 s up to 30 s, however short the streams are that come between", () => {
    const pace = new Pace(() => 0);
    const waits = Array.from({ length: 8 }, (_, index) => pace.next(index % 2 === 0 ? 0 : 5_000));
    assert.deepEqual(waits, [800, 1600, 3200, 6400, 12800, 25600, 30000, 30000]);
  });

  test("begins anew after a stream that lasted, and is drawn so that clients spread", () => {
    const pace = new Pace(() => 0.5);
    assert.deepEqual([pace.next(0), pace.next(0), pace.next(60_000), pace.next(0)], [1200, 2400, 1200, 2400]);
  });

  test("lets a server that expires everything at once be listed five times a minute, and asked 40 times in ten", () => {
    const pace = new Pace(() => 0);
    let now = 0;
    const lists: number[] = [];
    while (now < 600_000) {
      now += pace.list(now);
      lists.push(now);
      now += pace.next(0);
    }
    for (const start of lists) assert.ok(lists.filter((time) => time >= start && time < start + 60_000).length <= 5);
    assert.ok(lists.length <= 40, String(lists.length));
  });

  test("lists that are all due at one moment are spread as well", () => {
    const pace = new Pace(() => 0);
    assert.deepEqual(
      Array.from({ length: 7 }, () => pace.list(0)),
      [0, 0, 0, 0, 0, 60_000, 60_000],
    );
  });
});

describe("the lines of a stream", () => {
  async function lines(chunks: readonly string[], most?: number): Promise<string[]> {
    const found: string[] = [];
    async function* stream() {
      for (const chunk of chunks) yield Buffer.from(chunk, "latin1");
    }
    for await (const line of linesOf(stream(), most)) found.push(line);
    return found;
  }

  test("may lie across any number of chunks, a character too", async () => {
    const euro = Buffer.from("€").toString("latin1");
    assert.deepEqual(await lines(["a", "b\nc\n\n  \r\nd", euro.slice(0, 1), euro.slice(1), "\n"]), ["ab", "c", "d€"]);
  });

  test("cut within a line are said to be", async () => {
    await assert.rejects(lines(["a\nb"]), /cut within a line/);
  });

  test("have a longest one, so that nothing grows without end", async () => {
    await assert.rejects(lines(["x".repeat(60), "x".repeat(60)], 100), LineTooLong);
    assert.deepEqual(await lines(["x".repeat(90), "\n", "y".repeat(90), "\n"], 100), ["x".repeat(90), "y".repeat(90)]);
  });

  test("are looked at once: a long one in small chunks costs no more than its length", async () => {
    let looked = 0;
    const chunk = Buffer.alloc(1024, "x");
    const indexOf = chunk.indexOf.bind(chunk);
    Object.assign(chunk, {
      indexOf: (...args: Parameters<typeof indexOf>) => {
        looked += chunk.length;
        return indexOf(...args);
      },
    });
    async function* stream() {
      for (let index = 0; index < 2_000; index++) yield chunk;
      yield Buffer.from("\n");
    }
    for await (const line of linesOf(stream())) assert.equal(line.length, 2_000 * 1024);
    assert.equal(looked, 2_000 * 1024);
  });
});

test("a cache that was lost is live again when the stream goes on, with what it knew and what came since", async () => {
  let tell: (event: WatchEvent) => void = () => {};
  const watch: Cluster["watch"] = (_, __, listener) => {
    tell = listener;
    return { stop() {} };
  };
  const cache = new WatchCache({ watch }, { collect: 0 });
  const subscription = cache.subscribe({ apiVersion: "v1", resource: "pods" });
  tell({ type: "reset", objects: [{ metadata: { name: "a" } }] });
  tell({ type: "lost", refusal: { reason: "unreachable", message: "gone" }, retryIn: 1 });
  assert.equal(subscription.state.kind, "lost");
  tell({ type: "resumed" });
  tell({ type: "added", object: { metadata: { name: "b" } } });
  assert.equal(subscription.state.kind, "live");
  assert.deepEqual(
    subscription.objects.map(({ metadata }) => metadata.name),
    ["a", "b"],
  );
  cache.close();
});
