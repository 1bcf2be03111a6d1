import assert from "node:assert/strict";
import { it } from "node:test";
import { type Cluster, refused } from "#core/cluster/cluster.ts";
import { diagnose } from "#core/diagnosis/diagnosis.ts";
import { probe as counters } from "#core/probes/counters.ts";
import { probe as dial } from "#core/probes/dial.ts";
import { probe as window } from "#core/probes/window.ts";
import { liveLooker } from "#core/probing/looker.ts";
import { question, type Vantage } from "#core/probing/probe.ts";
import { fixtureCluster, node, runningPod } from "./fixture-cluster.ts";

const pod: Vantage = { kind: "pod", namespace: "default", pod: "a" };
const dialled = question(dial, { at: pod, family: "IPv4", host: "127.0.0.1", port: 1, seconds: 1 } as const);
const questions = [
  question(window, { node: "n1" }),
  question(counters, { at: { kind: "node", node: "n1" } as const }),
  question(counters, { at: pod }),
  dialled,
];
const containers = (at: Vantage) => [
  { namespace: "default", pod: at.kind, container: "app", image: "i", limited: false },
];

it("starts in a pod and on its node at once, and dials when the node's counters are read", async () => {
  const here = fixtureCluster([]);
  const order: string[] = [];
  const looker = liveLooker(
    {
      ...here,
      async run(from, argv, options) {
        order.push(`${from.pod} begins`);
        // The node gets ready only after the pod has begun.
        if (from.pod === "node") await new Promise((done) => setImmediate(done));
        return here.run(from, argv, {
          ...options,
          onOutput(stdout) {
            if (stdout.includes(" W ") && !order.includes("node is ready")) order.push("node is ready");
            if (stdout.includes(" R ") && !order.includes("pod dials")) order.push("pod dials");
            options.onOutput?.(stdout);
          },
        });
      },
    },
    { access: "exec", containers },
  );
  const looked = await looker.look(questions);
  assert.deepEqual(order, ["node begins", "pod begins", "node is ready", "pod dials"]);
  assert.ok(looked.every(({ answer }) => answer.ok));
});

it("asks again where it was given up while others did not get ready", async () => {
  const here = fixtureCluster([]);
  let runs = 0;
  const late = refused("timeout", "nothing came of it");
  const { promise: gone, resolve: leave } = Promise.withResolvers<void>();
  const looker = liveLooker(
    {
      ...here,
      async run(from, argv, options) {
        if (from.pod === "node") return gone.then(() => late);
        if (runs++ > 0) return here.run(from, argv, options);
        setImmediate(leave);
        return late;
      },
    },
    { access: "exec", containers },
  );
  const looked = await looker.look([dialled, question(window, { node: "n1" })]);
  assert.deepEqual(
    looked.map(({ answer }) => answer.ok),
    [true, false],
  );
  assert.equal(runs, 2);
});

it("asks the API in two rounds before anything runs between two pods", async () => {
  const objects = [node("n1"), node("n2"), runningPod("a", "n1", ["::1"]), runningPod("b", "n2", ["::1"])];
  const refusal = refused("forbidden", "nothing is run here");
  const here = fixtureCluster(objects, { refuse: () => refusal.refusal });
  let rounds = 0;
  let open = 0;
  let before: number | undefined;
  async function inRound<T>(ask: () => Promise<T>): Promise<T> {
    if (open++ === 0) rounds++;
    await new Promise((done) => setImmediate(done));
    open--;
    return ask();
  }
  const cluster: Cluster = {
    ...here,
    list: (type, options) => inRound(() => here.list(type, options)),
    get: (type, name, options) => inRound(() => here.get(type, name, options)),
    run(from, argv, options) {
      before ??= rounds;
      return here.run(from, argv, options);
    },
  };
  const [from, to] = ["a", "b"].map((name) => ({ namespace: "default", name }));
  assert.ok(from && to);
  await diagnose(cluster, { from, to: { kind: "pod", ...to } }, { now: Date.now });
  assert.equal(before, 2);
});
