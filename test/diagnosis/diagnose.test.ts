import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, it } from "node:test";
import { answered, type Cluster, type KubeObject, refused } from "#core/cluster/cluster.ts";
import { diagnose, replay, type Subject } from "#core/diagnosis/diagnosis.ts";
import { type DialArgs, probe as dial } from "#core/probes/dial.ts";
import { type Observation, question, questionId } from "#core/probing/probe.ts";
import { diagnosisToJson, diagnosisToMarkdown, diagnosisToText } from "#core/report/diagnosis.ts";
import type { DiagnosisDocument } from "#core/report/diagnosis-json.ts";
import { fixtureCluster, node, runningPod } from "./fixture-cluster.ts";

const six = createServer((_request, response) => response.end("hello"));
const four = createServer((_request, response) => response.end("hello"));
const esc = String.fromCharCode(27);
let objects: readonly KubeObject[] = [];
const subject: Subject = {
  from: { namespace: "default", name: "client" },
  to: { kind: "pod", namespace: "default", name: "web" },
};

before(async () => {
  await new Promise<void>((done) => six.listen(0, "::1", done));
  const { port } = six.address() as AddressInfo;
  await new Promise<void>((done) => four.listen(port, "127.0.0.1", done));
  objects = [
    node("n1"),
    node("n2"),
    runningPod("client", "n1", ["127.0.0.1", "::1"]),
    runningPod("web", "n2", ["127.0.0.1", "::1"], port),
    runningPod("kube-proxy-n1", "n1", ["2001:db8::1"], undefined, { hostNetwork: true }),
    runningPod("calico-node-n1", "n1", ["2001:db8::1"], undefined, { hostNetwork: true }),
  ];
});

after(() => {
  six.close();
  four.close();
});

describe("a diagnosis", () => {
  it("asks a pod and its node at once, in one exec each, and says what works per family", async () => {
    const cluster = fixtureCluster(objects);
    const asked: string[] = [];
    const diagnosis = await diagnose(cluster, subject, {
      now: Date.now,
      onProgress: ({ vantage }) => void asked.push(vantage),
    });
    // On a busy machine one may be asked twice.
    assert.deepEqual([...new Set(cluster.started)].sort(), ["calico-node-n1/app sh", "client/app sh"]);
    assert.equal(diagnosis.execs, cluster.started.length);
    assert.deepEqual(
      diagnosis.symptoms.map(({ family, outcome }) => [family, outcome]),
      [
        ["IPv6", "ok"],
        ["IPv4", "ok"],
      ],
    );
    assert.equal(diagnosis.families.IPv6.works.length, 1);
    assert.ok(asked.includes("pod default/client") && asked.includes("node n1") && asked.includes("the API"));
    const seen = diagnosis.observations.find(({ probe, vantage }) => probe === "forwarding" && vantage.kind === "node");
    assert.deepEqual(seen?.through, { namespace: "default", pod: "calico-node-n1", container: "app" });
    assert.match(seen?.command ?? "", /^kubectl --context fixture -n default exec calico-node-n1 -c app -- cat \/proc/);
  });

  it("is the same when it is replayed from its observations, and holds no environment value", async () => {
    const diagnosis = await diagnose(fixtureCluster(objects), subject, { now: Date.now });
    const saved = JSON.stringify(diagnosis);
    assert.doesNotMatch(saved, /hunter2/);
    const again = await replay(JSON.parse(saved).observations, subject, {
      context: "fixture",
      startedAt: diagnosis.startedAt,
    });
    const told = { execs: 0, took: 0 };
    assert.deepEqual({ ...JSON.parse(JSON.stringify(again)), ...told }, { ...JSON.parse(saved), ...told });
  });

  it("goes on where exec is forbidden, and calls nothing fine that it could not look at", async () => {
    const cluster = fixtureCluster(objects, {
      refuse: () => ({ reason: "forbidden", message: "pods/exec is forbidden" }),
    });
    const diagnosis = await diagnose(cluster, subject, { now: Date.now });
    assert.ok(diagnosis.symptoms.every(({ outcome, failed }) => outcome === "not-looked" && !failed));
    assert.deepEqual(diagnosis.verdicts, [], "what was judged of nothing is no verdict");
    assert.equal(diagnosis.stopped?.reason, "forbidden");
    assert.deepEqual(diagnosis.mayNot?.what, ["create pods/exec in namespace default"]);
    const text = diagnosisToText(diagnosis, { color: false });
    assert.equal(text.match(/pods\/exec is forbidden/g)?.length, 1, "each refusal once");
    assert.match(text, /\nwhat you may not\n {2}create pods\/exec in namespace default\n/);
    assert.match(text, /kind: Role\n[\s\S]*namespace: default\n[\s\S]*resources: \["pods\/exec"\]/);
    assert.doesNotMatch(text, /excluded|works|fails/);
  });

  it("tries what else a container may have, and another container on the node", async () => {
    const refuse = ({ pod }: { pod: string }, program: string) =>
      pod === "calico-node-n1" || program === "sh"
        ? ({ reason: "no-command", message: `no ${program}` } as const)
        : undefined;
    const cluster = fixtureCluster(objects, { refuse });
    const diagnosis = await diagnose(cluster, subject, { now: Date.now });
    assert.ok(cluster.started.filter((program) => program.startsWith("client/app")).length > 1);
    assert.ok(cluster.started.some((program) => program.startsWith("kube-proxy-n1")));
    assert.equal(diagnosis.execs, cluster.started.length, "every attempt is counted");
    assert.ok(diagnosis.symptoms.some(({ outcome }) => outcome === "ok"));
  });

  it("asks the API alone if that is all it may", async () => {
    const cluster = fixtureCluster(objects);
    const diagnosis = await diagnose(cluster, subject, { now: Date.now, access: "api" });
    assert.deepEqual(cluster.started, []);
    assert.ok(diagnosis.notLooked.some(({ needs, why }) => needs === "exec" && /needs exec/.test(why)));
  });

  it("stops when it is cancelled, and says so", async () => {
    const controller = new AbortController();
    const cancelling = diagnose(fixtureCluster(objects), subject, {
      now: Date.now,
      signal: controller.signal,
      onProgress: ({ vantage }) => vantage !== "the API" && controller.abort(),
    });
    const diagnosis = await cancelling;
    assert.equal(diagnosis.cancelled, true);
    assert.deepEqual([diagnosis.stopped?.reason, diagnosis.verdicts], ["cancelled", []]);
    assert.match(diagnosisToMarkdown(diagnosis), /\n\nThe diagnosis was cancelled/);
    assert.doesNotMatch(diagnosisToText(diagnosis, { color: false }), /excluded|Cannot run/);
  });

  it("says which pod it did not find", async () => {
    const diagnosis = await diagnose(
      fixtureCluster(objects),
      { from: { namespace: "default", name: "gone" } },
      { now: Date.now },
    );
    assert.deepEqual(
      diagnosis.missing.map(({ what }) => what),
      ["pod default/gone"],
    );
    assert.deepEqual([diagnosis.first, diagnosis.symptoms, diagnosis.verdicts], [undefined, [], []]);
  });

  it("chooses a source, a peer and a pod of every other node for a survey, and says which", async () => {
    const diagnosis = await diagnose(fixtureCluster(objects), {}, { now: Date.now, outside: [] });
    assert.match(diagnosis.chosen.join("\n"), /dialling from default\/client on node n1/);
    assert.match(diagnosis.chosen.join("\n"), /default\/web for node n2/);
  });

  it("takes the next pod where the first has no shell or does not answer, and says why", async () => {
    const pods = [
      ...objects,
      runningPod("aaa", "n1", ["127.0.0.1", "::1"]),
      runningPod("aab", "n1", ["127.0.0.1", "::1"]),
      { ...runningPod("core", "n1", ["127.0.0.1", "::1"]), metadata: { name: "core", namespace: "kube-system" } },
    ];
    const refuse = ({ pod }: { pod: string }) =>
      pod === "aaa"
        ? ({ reason: "no-command", message: "no such program" } as const)
        : pod === "aab"
          ? ({ reason: "timeout", message: "it did not answer within 20 s" } as const)
          : undefined;
    const cluster = fixtureCluster([...pods].reverse(), { refuse });
    const diagnosis = await diagnose(cluster, { namespace: "default" }, { now: Date.now });
    const chosen = diagnosis.chosen.join("\n");
    assert.match(
      chosen,
      /dialling from default\/(client|web) on node n[12]: ready, on a ready node, of the context's namespace/,
    );
    for (const [pod, why] of [
      ["aaa", "its containers have no shell and no interpreter"],
      ["aab", "it did not answer within 20 s"],
    ])
      if (cluster.started.some((one) => one.startsWith(`${pod}/`)))
        assert.match(chosen, new RegExp(`default/${pod} was passed over: ${why}`));
    assert.ok(
      !cluster.started.some((one) => one.startsWith("core/")),
      "kube-system is left alone while there is another",
    );
    assert.ok(
      !diagnosis.notLooked.some(({ why }) => /no such program|20 s/.test(why)),
      "what was passed over is missed by nobody",
    );
    const again = await replay(diagnosis.observations, diagnosis.subject);
    assert.deepEqual(again.verdicts, diagnosis.verdicts);
    const told = await diagnose(cluster, { from: { namespace: "default", name: "aaa" } }, { now: Date.now });
    assert.equal(told.stopped?.reason, "no-command", "a pod that was named is the one");
  });

  it("tells of the likeliest where none can be dialled from", async () => {
    const full = { reason: "not-running", message: "nothing was started: 3 of 64 MiB are left" } as const;
    const none = { reason: "no-command", message: "no such program" } as const;
    const pods = [
      node("n1"),
      runningPod("app", "n1", ["127.0.0.1", "::1"]),
      { ...runningPod("core", "n1", ["127.0.0.1", "::1"]), metadata: { name: "core", namespace: "kube-system" } },
    ];
    const refuse = ({ pod }: { pod: string }) => (pod === "app" ? full : none);
    const { stopped } = await diagnose(fixtureCluster(pods, { refuse }), {}, { now: Date.now });
    assert.deepEqual(stopped, {
      reason: "not-running",
      message:
        "none of the pods that were tried can be dialled from; the first, default/app: nothing was started: 3 of 64 MiB are left",
      remedy: "Name another pod to dial from.",
    });
  });

  it("prefers a pod that is ready, has room and a brother", async () => {
    const not = (pod: KubeObject, more: object) => ({ ...pod, ...more });
    const unready = runningPod("a-unready", "n1", ["127.0.0.1", "::1"]);
    const small = runningPod("b-small", "n1", ["127.0.0.1", "::1"]);
    const alone = runningPod("c-alone", "n1", ["127.0.0.1", "::1"]);
    const bare = runningPod("d-bare", "n1", ["127.0.0.1", "::1"]);
    const containers = (limits: object, image = "example.org/x") => [{ name: "app", image, resources: { limits } }];
    const pods = [
      not(unready, { status: { ...unready.status, conditions: [{ type: "Ready", status: "False" }] } }),
      not(small, { spec: { ...small.spec, containers: containers({ memory: "64Mi" }) } }),
      not(alone, { metadata: { ...alone.metadata, ownerReferences: [{ kind: "ReplicaSet", name: "alone-1" }] } }),
      not(bare, { spec: { ...bare.spec, containers: containers({}, "gcr.io/distroless/static") } }),
      runningPod("z-fine", "n1", ["127.0.0.1", "::1"]),
    ];
    const diagnosis = await diagnose(fixtureCluster([node("n1"), ...pods]), {}, { now: Date.now });
    assert.match(diagnosis.chosen.join("\n"), /dialling from default\/z-fine on node n1/);
  });

  it("dials once more what was refused late, as if by somebody else: one lost packet is no failure", async () => {
    const asked: Subject = { from: { namespace: "default", name: "client" } };
    const outside = ["::1", "127.0.0.1"];
    const diagnosis = await diagnose(fixtureCluster(objects), asked, { now: Date.now, outside });
    const isOutside = ({ probe, args }: Observation) =>
      probe === "dial" && outside.includes((args as { host: string }).host) && (args as { port: number }).port === 53;
    const late = (observation: Observation): Observation => ({
      ...observation,
      answer: answered({ ok: false, text: "Connection refused", ms: 1080 }),
    });
    const again = (observation: Observation): Observation => {
      const args = { ...(observation.args as object), again: true };
      return { ...observation, args, id: questionId(question(dial, args as DialArgs)) };
    };
    const failing = async (second: (observation: Observation) => Observation) => {
      const seen = diagnosis.observations.flatMap((one) => (isOutside(one) ? [late(one), second(again(one))] : one));
      const { symptoms } = await replay(seen, asked, { outside });
      return symptoms.filter(({ failed }) => failed).map(({ to }) => to);
    };
    assert.deepEqual(await failing((one) => one), []);
    assert.deepEqual(await failing(late), ["[::1]:53", "127.0.0.1:53"]);
  });

  it("survives an API that answers nothing", async () => {
    const unreachable = refused("unreachable", "no route to the API server");
    const silent: Cluster = { ...fixtureCluster([]), list: async () => unreachable };
    const diagnosis = await diagnose(silent, {}, { now: Date.now });
    assert.ok(diagnosis.notLooked.some(({ why }) => /no route to the API server/.test(why)));
  });
});

describe("the report", () => {
  it("has every attempt, command and reason, in text, Markdown and JSON", async () => {
    const diagnosis = await diagnose(fixtureCluster(objects), subject, { now: Date.now });
    const markdown = diagnosisToMarkdown(diagnosis);
    for (const { command } of diagnosis.observations) assert.ok(markdown.includes(command), command);
    assert.match(
      markdown,
      /^# IPv6 diagnosis from pod default\/client to pod default\/web\n\nAll 1 IPv6 attempts work\./,
    );
    const text = diagnosisToText(diagnosis, { color: false });
    assert.match(
      text,
      /^IPv6 from pod default\/client\n {2}works {2}pod default\/web \[::1\]:\d+ {2}connected in (?:less than 10|\d+) ms$/m,
    );
    assert.ok(!text.includes(esc));
    assert.ok(diagnosisToText(diagnosis, { color: true }).includes(`${esc}[32mworks`));
    const json: DiagnosisDocument = JSON.parse(diagnosisToJson(diagnosis));
    assert.equal(json.format, 2);
    assert.deepEqual(json.causes, []);
    const judged = [...json.latent, ...json.excluded, ...json.unknown].map(({ id }) => id);
    assert.deepEqual(judged.sort(), diagnosis.verdicts.map(({ cause }) => cause).sort());
  });
});
