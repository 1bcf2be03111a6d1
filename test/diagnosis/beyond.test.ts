import assert from "node:assert/strict";
import { test } from "node:test";
import type { Cluster, KubeObject, Refusal } from "#core/cluster/cluster.ts";
import type { Outpost, Outposts } from "#core/cluster/outposts.ts";
import { type Beyond, lookBeyond } from "#core/diagnosis/beyond.ts";
import type { DiagnosedScene } from "#core/diagnosis/needs.ts";
import type { Subject } from "#core/judging/subject.ts";
import type { Station } from "#core/outposts/station.ts";

const pod = (name: string): KubeObject => ({
  kind: "Pod",
  metadata: { namespace: "shop", name },
  spec: { nodeName: "n1", containers: [{ name: "app", image: "distroless" }] },
});

/** What a diagnosis comes to whose source has no shell, and one that could look. */
function looked(source: string, refusal?: Refusal): DiagnosedScene {
  const scenePod = { namespace: "shop", name: source, node: "n1", hostNetwork: false, ips: {}, object: pod(source) };
  const observation = {
    id: "dial",
    probe: "dial",
    access: "exec",
    vantage: { kind: "pod", namespace: "shop", pod: source },
    answer: refusal ? { ok: false, refusal } : { ok: true, value: {} },
  };
  const diagnosis = {
    observations: [observation],
    symptoms: [],
    verdicts: [],
    missing: [],
    notLooked: [],
    left: [],
    cancelled: false,
  };
  const scene = { pods: [scenePod], nodes: [], allNodes: [{ name: "n1", object: { metadata: { name: "n1" } } }] };
  return { diagnosis, scene, tried: [] } as unknown as DiagnosedScene;
}

const noShell: Refusal = { reason: "no-command", message: "no container of pod shop/web has a shell" };

interface Told {
  readonly said: string[];
  readonly subjects: Subject[];
  readonly stations: (readonly Station[])[];
}

async function beyond(
  told: Told,
  {
    level = "probe-pod" as Beyond["level"],
    agrees = true,
    hindered = "",
    refused = "",
    breaks = false,
    first = looked("web", noShell),
  } = {},
) {
  const outposts: Outposts = {
    hindrance: async ({ level: one }) => {
      told.said.push(`may ${one}`);
      return one === hindered ? { reason: "forbidden", message: "you may not" } : undefined;
    },
    create: async ({ level: one }: Outpost) => {
      told.said.push(`create ${one}`);
      if (one === refused) return { ok: false, refusal: { reason: "forbidden", message: "violates PodSecurity" } };
      return { ok: true, value: pod("made") };
    },
    removeAll: async () => {
      told.said.push("remove");
      return [];
    },
  };
  const agree = async (words: readonly string[]) => {
    told.said.push(`ask ${words.filter((line) => /^ {2}(pod|ephemeral container) /.test(line)).length}`);
    return agrees;
  };
  const cluster = { context: "prod", server: "https://a" } as Cluster;
  const look = async (subject: Subject, stations: readonly Station[]): Promise<DiagnosedScene> => {
    told.subjects.push(subject);
    told.stations.push([...stations]);
    if (breaks && stations.length > 0) throw new Error("broken");
    return stations.length > 0 ? looked(subject.from?.name ?? "web") : first;
  };
  const around = {
    cluster,
    signal: undefined,
    onProgress: () => {},
    beyond: { level, image: "busybox", namespace: "shop", outposts, agree },
  };
  return lookBeyond(look, { from: { namespace: "shop", name: "web" } }, around);
}

const fresh = (): Told => ({ said: [], subjects: [], stations: [] });

test("nothing is created without a yes, and the level that would answer is named with what a person types", async () => {
  const told = fresh();
  const { notLooked } = await beyond(told, { agrees: false });
  assert.deepEqual(told.said, ["may ephemeral", "ask 2", "remove"]);
  assert.match(
    notLooked[0]?.why ?? "",
    /^no container of pod shop\/web has a shell; ephemeral container .* could not be used: you did not agree to it$/,
  );
  assert.equal(
    notLooked[0]?.command,
    "kubectl --context prod -n shop debug web --image=busybox -it --profile=restricted -- sh",
  );
});

test("what is not allowed is not tried, what is refused gives way to the next, and it is asked once for all", async () => {
  const hindered = fresh();
  await beyond(hindered, { hindered: "ephemeral" });
  assert.deepEqual(hindered.said, ["may ephemeral", "may probe-pod", "ask 1", "create probe-pod", "remove"]);
  assert.match(hindered.subjects[1]?.from?.name ?? "", /^kube-ipv6-/, "it is dialled from in place of the other");
  const refused = fresh();
  const { notLooked } = await beyond(refused, { refused: "ephemeral" });
  assert.deepEqual(refused.said, [
    "may ephemeral",
    "ask 2",
    "create ephemeral",
    "may probe-pod",
    "create probe-pod",
    "remove",
  ]);
  assert.equal(notLooked.length, 1);
});

test("the container that was added answers for its pod, and whatever breaks then, it is removed", async () => {
  const told = fresh();
  await beyond(told, { level: "ephemeral" });
  assert.deepEqual(told.subjects[1]?.from, { namespace: "shop", name: "web" });
  assert.deepEqual(
    told.stations[1]?.map(({ at, container }) => [at, container.outpost?.level]),
    [[{ kind: "pod", namespace: "shop", pod: "web" }, "ephemeral"]],
  );
  assert.match(
    told.subjects[1]?.outposts?.[0] ?? "",
    /^ephemeral container kube-ipv6-\w+ in pod shop\/web was added, because no container/,
  );
  const broken = fresh();
  await assert.rejects(beyond(broken, { breaks: true }), /broken/);
  assert.equal(broken.said.at(-1), "remove");
});

test("whose connections a mesh takes is not dialled from: a pod beside it is, and nothing is put into it", async () => {
  const taken: Refusal = { reason: "unsupported", message: "the proxy of Istio in the pod itself took the connection" };
  const first = looked("web", taken);
  const [dial] = first.diagnosis.observations;
  const others = [
    { ...dial, probe: "lookup", answer: { ok: true, value: {} } },
    { ...dial, probe: "nftables", answer: { ok: false, refusal: noShell } },
  ];
  const status = { initContainerStatuses: [{ name: "istio-init" }] };
  const meshed = {
    ...first,
    diagnosis: { ...first.diagnosis, observations: [...others, dial] },
    scene: { ...first.scene, pods: first.scene.pods.map((one) => ({ ...one, object: { ...one.object, status } })) },
  } as DiagnosedScene;
  for (const level of ["ephemeral", "privileged-node"] as const) {
    const told = fresh();
    await beyond(told, { level, first: meshed });
    assert.deepEqual(
      told.said.filter((line) => line.startsWith("create")),
      level === "ephemeral" ? [] : ["create probe-pod"],
    );
    assert.match(told.subjects[1]?.outposts?.[0] ?? "", level === "ephemeral" ? /^$/ : /because the proxy of Istio/);
  }
});
