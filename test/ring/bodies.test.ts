import assert from "node:assert/strict";
import { test } from "node:test";
import { parseAllDocuments } from "yaml";
import { quantityOf } from "#core/kinds/quantity.ts";
import { defaultImage } from "#core/outposts/image.ts";
import { diallers, keeperJob, listeners, planConfigMap, podRequests, whereFor } from "#core/ring/bodies.ts";
import { eligibleNodes } from "#core/ring/eligible.ts";
import { beyondQuota } from "#core/ring/quota.ts";
import { ringWords } from "#core/ring/words.ts";

const run = { name: "kube-ipv6-0123456789", namespace: "net", image: defaultImage, nodes: 3, seconds: 420 };
const owner = { metadata: { name: run.name, uid: "u1" } };
const bodies = [
  keeperJob(run),
  listeners(run, owner, { without: ["n9"] }),
  diallers(run, owner, 2, { only: ["n1", "n2"], tainted: true }),
];

test("every pod is nobody without rights or token, and nothing of a mesh's", () => {
  for (const body of bodies) {
    const { spec, metadata } = body.spec.template;
    const [{ securityContext, resources, image }] = spec.containers;
    assert.deepEqual(
      [spec.automountServiceAccountToken, spec.hostNetwork, spec.hostPID],
      [false, undefined, undefined],
    );
    assert.deepEqual(
      [securityContext.runAsNonRoot, securityContext.runAsUser, securityContext.readOnlyRootFilesystem],
      [true, 65534, true],
    );
    assert.deepEqual(
      [securityContext.allowPrivilegeEscalation, securityContext.capabilities],
      [false, { drop: ["ALL"] }],
    );
    assert.deepEqual(securityContext.seccompProfile, { type: "RuntimeDefault" });
    assert.equal(image, defaultImage);
    assert.ok(resources.limits.memory && resources.requests.cpu);
    assert.equal(metadata.labels["kube-ipv6/owner"], run.name);
    assert.equal(metadata.labels["sidecar.istio.io/inject"], "false");
    assert.equal(metadata.labels["istio.io/dataplane-mode"], "none");
  }
});

test("Kubernetes ends the Job and removes it, and with it what it owns", () => {
  const [job] = bodies;
  assert.deepEqual(
    [job?.spec.activeDeadlineSeconds, job?.spec.ttlSecondsAfterFinished, job?.spec.backoffLimit],
    [420, 0, 0],
  );
  for (const body of [...bodies.slice(1), planConfigMap(run, owner, 1, "")])
    assert.deepEqual(body.metadata.ownerReferences, [
      { apiVersion: "batch/v1", kind: "Job", name: run.name, uid: "u1" },
    ]);
  // A DaemonSet's pods may have no deadline: the API server refuses one.
  for (const body of bodies.slice(1)) {
    assert.equal(body.spec.template.spec.activeDeadlineSeconds, undefined);
    assert.equal(body.spec.template.spec.restartPolicy, undefined);
  }
});

test("pods get to the nodes they are meant for", () => {
  const terms = (body: (typeof bodies)[number] | undefined) =>
    body?.spec.template.spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms;
  const named = (operator: string, name: string) => ({ key: "metadata.name", operator, values: [name] });
  assert.deepEqual(terms(bodies[1]), [{ matchFields: [named("NotIn", "n9")] }]);
  assert.deepEqual(
    terms(bodies[2]),
    ["n1", "n2"].map((name) => ({ matchFields: [named("In", name)] })),
  );
  assert.deepEqual(bodies[1]?.spec.template.spec.tolerations, undefined);
  assert.deepEqual(bodies[2]?.spec.template.spec.tolerations, [{ operator: "Exists" }]);
});

test("whoever is asked reads each request word for word", () => {
  const not = [{ node: "n9", why: "it is cordoned" }];
  const words = ringWords({
    context: "prod",
    server: "https://[::1]:6443",
    run,
    where: { without: ["n9"] },
    partners: 10,
    not,
    beside: ["The namespace has no quota."],
  });
  const text = words.join("\n");
  const documents = parseAllDocuments(text.slice(text.indexOf("---\n#"))).map((one) => one.toJSON());
  assert.deepEqual(
    documents.map(({ kind }) => kind),
    ["Job", "DaemonSet", "ConfigMap", "DaemonSet"],
  );
  assert.deepEqual(documents[0], JSON.parse(JSON.stringify(keeperJob(run))));
  for (const word of [
    "prod",
    "3 nodes",
    "7 pods",
    "2 others",
    "n9 (it is cordoned)",
    "420 s",
    "kube-ipv6 left",
    "no quota",
  ])
    assert.ok(text.includes(word), word);
});

test("a quota that would refuse some of it is told of", () => {
  const quota = (hard: object, used: object = {}) => ({
    metadata: { name: "q" },
    spec: { hard },
    status: { hard, used },
  });
  assert.deepEqual(beyondQuota([quota({ pods: "100", "requests.cpu": "1" })], 7), []);
  assert.deepEqual(beyondQuota([quota({ pods: "100" }, { pods: "95" })], 7), [
    "ResourceQuota q leaves 5 of pods, and 7 are needed",
  ]);
  const [memory = ""] = beyondQuota([quota({ "requests.memory": "64Mi" })], 7);
  assert.match(memory, /leaves 64 Mi of requests.memory, and 112 Mi are needed/);
  assert.equal(quantityOf(podRequests.cpu), 0.01);
  for (const [text, amount] of [
    ["1.5Gi", 1.5 * 2 ** 30],
    ["2k", 2000],
    ["1e3", 1000],
    ["12E2", 1200],
    ["7", 7],
    [".5", 0.5],
  ] as const)
    assert.equal(quantityOf(text), amount, text);
  for (const text of ["", "many", undefined, "1 Gi"]) assert.ok(Number.isNaN(quantityOf(text)));
});

test("a node that is not ready, cordoned, tainted or of another system is not looked at, and why is said", () => {
  const node = (name: string, spec: object, ready = "True", labels: Record<string, string> = {}) => ({
    metadata: { name, labels },
    spec,
    status: { conditions: [{ type: "Ready", status: ready }] },
  });
  const nodes = [
    node("a", {}),
    node("b", {}, "Unknown"),
    node("c", { unschedulable: true }),
    node("d", { taints: [{ key: "gpu", effect: "NoSchedule" }] }),
    node("e", { taints: [{ key: "soft", effect: "PreferNoSchedule" }] }),
    node("f", {}, "True", { "kubernetes.io/os": "windows" }),
    { metadata: { name: "g" } },
  ];
  const { places, not } = eligibleNodes(nodes, false);
  assert.deepEqual(
    places.map((place) => place.node),
    ["a", "e"],
  );
  assert.deepEqual(
    not.map((one) => `${one.node}: ${one.why}`),
    [
      "b: it is not ready",
      "c: it is cordoned",
      "d: it has the taint gpu",
      "f: it does not run Linux",
      "g: it says nothing of being ready",
    ],
  );
  assert.deepEqual(
    eligibleNodes(nodes, true).places.map((place) => place.node),
    ["a", "d", "e"],
  );
});

test("of chosen nodes no other gets a pod, however many there are", () => {
  const many = Array.from({ length: 400 }, (_, index) => `n${index}`);
  const all = { chosen: false, tainted: false };
  assert.deepEqual(whereFor(many, ["n400"], all), { without: ["n400"], tainted: false });
  assert.deepEqual(whereFor(many, [], { chosen: true, tainted: false }), { only: many, tainted: false });
  assert.deepEqual(whereFor(["n1"], ["n2"], all), { only: ["n1"], tainted: false });
});
