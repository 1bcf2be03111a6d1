import assert from "node:assert/strict";
import { readKubeconfig } from "#cluster/kubeconfig.ts";
import { openCluster } from "#cluster/open-cluster.ts";
import type { Answer } from "#core/cluster/cluster.ts";
import { type Diagnosis, diagnose, replay, type Subject } from "#core/diagnosis/diagnosis.ts";
import { diagnosisDocument } from "#core/report/diagnosis-json.ts";
import { processesIn } from "#test/lab/enter.ts";
import type { Step } from "#test/lab/faults.ts";
import type { Lab } from "#test/lab/lab.ts";
import type { LabOptions } from "#test/lab/options.ts";
import { perform } from "#test/lab/perform.ts";
import { labSkip, labTest } from "#test/lab/support.ts";
import { birdProtocols, ciliumMonitor, ciliumStatus, hubbleDropped, meshDown, printing } from "./recorded.ts";

const skip = await labSkip();
const from = { namespace: "default", name: "n1-p1" };
const pair: Subject = { from, to: { kind: "pod", namespace: "default", name: "n2-p1" } };
const outside: Subject = { from, to: { kind: "address", address: "2001:db8:ffff::1", port: 80 } };

/** What a datapath of eBPF drops shows in no counter of the node: here the pod itself drops it. */
const unseen = (pod: string): Step => ({
  in: pod,
  run: [
    "nft",
    "add table ip6 x; add chain ip6 x i { type filter hook input priority 0; }; add rule ip6 x i tcp dport 8080 drop",
  ],
});
const config: Step = {
  create: "/api/v1/namespaces/kube-system/configmaps",
  body: { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "cilium-config" }, data: { "enable-ipv6": "true" } },
};
const cilium = (monitor: string, status = ciliumStatus()): Partial<LabOptions> => ({
  nodes: 2,
  pods: 1,
  mode: "vxlan6",
  plugin: "cilium",
  scripts: {
    cilium: {
      "cilium-dbg": printing({ status, monitor }),
      hubble: printing({ observe: hubbleDropped }),
    },
  },
});

labTest(
  "a policy of Cilium's that should not deny it, by the monitor's word",
  cilium(ciliumMonitor.policy),
  skip,
  async (lab) => {
    await perform(lab, [unseen("n2-p1"), config]);
    const diagnosis = await run(lab, pair);
    assert.deepEqual(proven(diagnosis), ["policy-enforcement-stale"], explain(diagnosis));
    assert.match(
      diagnosis.first?.because ?? "",
      /^Cilium \(kube-system\/cilium-\w+\) on node n1 dropped fd00:10:244:1::11 -> \[fd00:10:244:2::11\]:8080 tcp SYN: Policy denied, while the policies in force allow it; Hubble names default\/deny-world, which is not there any more$/,
    );
    const hop = agentHop(diagnosis);
    assert.equal(hop?.state, "fails");
    assert.match(hop?.because ?? "", /Policy denied/);
    const again = await replay(JSON.parse(JSON.stringify(diagnosis.observations)), diagnosis.subject, {});
    assert.deepEqual(again.verdicts, diagnosis.verdicts);
    await noneLeft(lab);
  },
);

labTest(
  "Cilium that drops nothing of ours is said to work, and nothing is claimed",
  cilium(ciliumMonitor.others),
  skip,
  async (lab) => {
    const healthy = await run(lab, pair);
    assert.equal(
      healthy.observations.some(({ probe }) => probe.startsWith("agent-")),
      false,
      "no agent is asked where all is well",
    );
    await perform(lab, [unseen("n2-p1")]);
    const diagnosis = await run(lab, pair);
    assert.deepEqual(proven(diagnosis), [], explain(diagnosis));
    const hop = agentHop(diagnosis);
    assert.equal(hop?.state, "works", explain(diagnosis));
    assert.match(hop?.because ?? "", /^Cilium 1\.17\.1: hands out IPv6 addresses; masquerades IPv6 by BPF/);
  },
);

for (const [what, says, because] of [
  ["hangs", "exec sleep 60", /cilium-dbg did not end within 5 s/],
  ["prints 50 MB", "exec /dd if=/dev/zero bs=1000000 count=50 2>/dev/null", /more than the 400000 bytes/],
  [
    "refuses",
    'echo "Get \\"http://localhost/v1/healthz\\": dial unix /var/run/cilium/cilium.sock: connect: no such file or directory" >&2; exit 1',
    /is not understood: Get "http:\/\/localhost/,
  ],
] as const)
  labTest(
    `an agent whose program ${what} is not looked at, and nothing of it is left`,
    { ...cilium(""), scripts: { cilium: { "cilium-dbg": says } } },
    skip,
    async (lab) => {
      await perform(lab, [unseen("n2-p1")]);
      const diagnosis = await run(lab, pair);
      assert.deepEqual(proven(diagnosis), [], explain(diagnosis));
      const hop = agentHop(diagnosis);
      assert.equal(hop?.state, "not looked", explain(diagnosis));
      assert.match(hop?.because ?? "", because);
      await noneLeft(lab);
    },
  );

labTest("an agent without its program is not looked at", { ...cilium(""), scripts: {} }, skip, async (lab) => {
  await perform(lab, [unseen("n2-p1")]);
  const bare = agentHop(await run(lab, pair));
  assert.equal(bare?.state, "not looked");
  assert.match(bare?.because ?? "", /the container has no cilium-dbg/);
});
labTest(
  "an agent with little memory left starts nothing",
  { ...cilium(ciliumMonitor.policy), limits: { cilium: { memory: "64Mi" } } },
  skip,
  async (lab) => {
    await perform(lab, [unseen("n2-p1")]);
    const diagnosis = await run(lab, pair);
    assert.deepEqual(proven(diagnosis), [], explain(diagnosis));
    assert.match(agentHop(diagnosis)?.because ?? "", /too little memory, or too few processes, left for cilium-dbg/);
  },
);

const withoutMasquerade = ciliumStatus({
  masquerading: { enabled: true, enabledProtocols: { ipv4: true }, mode: "BPF" },
});
labTest(
  "Cilium that was told to masquerade, and does not",
  cilium(ciliumMonitor.silent, withoutMasquerade),
  skip,
  async (lab) => {
    await perform(lab, [
      { in: "n1", run: ["sh", "-c", "ip6tables -t nat -F POSTROUTING; ip6tables -t nat -F"] },
      config,
    ]);
    const diagnosis = await run(lab, outside);
    assert.deepEqual(proven(diagnosis), ["cilium-without-masquerade"], explain(diagnosis));
  },
);

labTest(
  "Calico's BIRD without its session is the cause of the route that is missing",
  {
    nodes: 2,
    pods: 1,
    mode: "routed",
    scripts: { calico: { birdcl: printing({ "-r": birdProtocols(meshDown) }), "calico-node": "echo v3.31.2" } },
  },
  skip,
  async (lab) => {
    await perform(lab, [{ in: "n1", run: ["ip", "-6", "route", "del", "fd00:10:244:2::/64"] }]);
    const diagnosis = await run(lab, pair);
    assert.deepEqual(proven(diagnosis), ["bgp-session-down"], explain(diagnosis));
    assert.equal(agentHop(diagnosis)?.state, "fails");
  },
);

async function run(lab: Lab, subject: Subject): Promise<Diagnosis> {
  const cluster = answerOf(await openCluster(answerOf(await readKubeconfig({ path: lab.kubeconfig })), lab.name));
  try {
    return await diagnose(cluster, subject, { now: Date.now, outside: [] });
  } finally {
    cluster.close();
  }
}

function answerOf<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Error(answer.refusal.message);
  return answer.value;
}

function proven({ verdicts }: Diagnosis): string[] {
  return verdicts.filter(({ status, latent }) => status === "proven" && !latent).map(({ cause }) => cause);
}

function agentHop(diagnosis: Diagnosis) {
  return diagnosisDocument(diagnosis).path.find(({ hop, family }) => hop === "network agent" && family === "IPv6");
}

function explain({ verdicts, symptoms, observations, path }: Diagnosis): string {
  return [
    "",
    ...verdicts
      .filter(({ status }) => status !== "excluded")
      .map(({ status, cause, because, missing }) => `${status} ${cause}: ${because} ${missing ?? ""}`),
    ...symptoms.map(({ family, to, text }) => `${family} ${to}: ${text}`),
    ...path.map(({ hop, where, state, because }) => `${state} ${hop} ${where}: ${because}`),
    ...observations.map(({ asked, line }) => `seen ${asked}: ${line}`),
  ].join("\n");
}

/** What was started in the agents' containers has ended, and was waited for. */
async function noneLeft(lab: Lab): Promise<void> {
  const agents = answerOf(
    await answering(lab, async (cluster) =>
      cluster.list({ apiVersion: "v1", resource: "pods" }, { namespace: "kube-system" }),
    ),
  ).filter(({ metadata }) => metadata.name.startsWith("cilium-"));
  assert.equal(agents.length, 2);
  for (const { metadata } of agents)
    assert.deepEqual(
      processesIn(lab.plan.directory, metadata.name).filter(({ name }) => /cilium|head|dd/.test(name)),
      [],
      metadata.name,
    );
}

async function answering<T>(
  lab: Lab,
  ask: (cluster: Awaited<ReturnType<typeof openCluster>> extends Answer<infer C> ? C : never) => Promise<T>,
): Promise<T> {
  const cluster = answerOf(await openCluster(answerOf(await readKubeconfig({ path: lab.kubeconfig })), lab.name));
  try {
    return await ask(cluster);
  } finally {
    cluster.close();
  }
}
