import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Following } from "#client/tree/following.ts";
import { type Cluster, type KubeObject, refused, type WatchEvent } from "#core/cluster/cluster.ts";
import { recordedCluster } from "#core/cluster/recording.ts";
import { realRecording } from "./outline.ts";

const pods = { apiVersion: "v1", resource: "pods" };
const pod = (name: string, ip: string): KubeObject => ({ metadata: { name, namespace: "lab" }, status: { podIP: ip } });
const { refusal } = refused("unreachable", "Nobody answers.");

/** A list of pods that follows the events a server sends. */
function following() {
  const listeners: ((event: WatchEvent) => void)[] = [];
  let running = 0;
  const cluster: Cluster = {
    ...recordedCluster(realRecording()),
    watch: (_type, _options, listener) => {
      listeners.push(listener);
      running++;
      return { stop: () => running-- };
    },
  };
  let wake = () => {};
  const all = new Following(cluster, () => wake());
  const list = all.list(pods);
  /** Resolves when the tree would be drawn again. */
  const send = (...events: WatchEvent[]) =>
    new Promise<void>((resolve) => {
      wake = resolve;
      for (const event of events) for (const listener of listeners) listener(event);
    });
  const names = () =>
    list.answer?.ok ? list.answer.value.map(({ metadata, status }) => `${metadata.name} ${status.podIP}`) : list.answer;
  return { all, list, send, names, running: () => running };
}

describe("a list that follows the cluster", () => {
  it("is not known before the first answer, and is asked for once", () => {
    const { all, list, running } = following();
    assert.equal(list.answer, undefined);
    assert.equal(all.list(pods), list);
    assert.equal(running(), 1);
  });

  it("takes in what is added, modified and deleted, and is drawn once for several events", async () => {
    const { send, names } = following();
    await send({ type: "reset", objects: [pod("a", "fd00::1"), pod("b", "fd00::2")] });
    await send({ type: "modified", object: pod("a", "fd00::9") }, { type: "added", object: pod("c", "fd00::3") });
    assert.deepEqual(names(), ["a fd00::9", "b fd00::2", "c fd00::3"]);
    await send({ type: "deleted", object: pod("b", "fd00::2") });
    assert.deepEqual(names(), ["a fd00::9", "c fd00::3"]);
  });

  it("keeps what was last known while the connection is lost, and says since when", async () => {
    const { all, list, send, names } = following();
    await send({ type: "reset", objects: [pod("a", "fd00::1")] }, { type: "lost", refusal, retryIn: 1000 });
    const since = all.lost?.since;
    await send({ type: "lost", refusal, retryIn: 2000 });
    assert.deepEqual(names(), ["a fd00::1"]);
    assert.deepEqual(all.lost?.since, since, "the time of the first loss stays");
    await send({ type: "reset", objects: [] });
    assert.equal(list.lost, undefined);
    await send({ type: "lost", refusal, retryIn: 1000 });
    assert.deepEqual(names(), [], "an empty list is known as well");
  });

  it("is the refusal if it never came to an answer, and again a list afterwards", async () => {
    const { send, names } = following();
    await send({ type: "lost", refusal, retryIn: 1000 });
    assert.deepEqual(names(), { ok: false, refusal });
    await send({ type: "reset", objects: [pod("a", "fd00::1")] });
    assert.deepEqual(names(), ["a fd00::1"]);
  });

  it("is the refusal when the watch has ended", async () => {
    const { list, send, names } = following();
    await send({ type: "reset", objects: [] }, { type: "lost", refusal, retryIn: 1 }, { type: "ended", refusal });
    assert.deepEqual(names(), { ok: false, refusal });
    assert.equal(list.lost, undefined);
  });

  it("stops", () => {
    const { all, running } = following();
    all.stop();
    assert.equal(running(), 0);
  });
});
