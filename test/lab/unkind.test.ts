import assert from "node:assert/strict";
import { basename } from "node:path";
import { usageOf } from "./cgroups.ts";
import { containerPid } from "./containers.ts";
import { enterContainer, processesIn } from "./enter.ts";
import { exec } from "./exec-client.ts";
import type { Lab } from "./lab.ts";
import type { Any } from "./objects/object.ts";
import { run } from "./run.ts";
import { fetchFrom, labSkip, labTest, until } from "./support.ts";

const skip = await labSkip();
const pods = "/api/v1/namespaces/default/pods";

labTest(
  "a container has its own groups: what is too much for them is killed, started again and counted",
  { nodes: 1, limits: { "n1-p1": { memory: "64Mi", pids: "20" } }, holds: { "n1-p1": "48Mi" } },
  skip,
  async (lab) => {
    const files = ["memory/memory.limit_in_bytes", "pids/pids.max"].map((each) => `/sys/fs/cgroup/${each}`);
    const { stdout } = await exec(lab, "n1-p1", [
      "sh",
      "-c",
      `cat ${files.join(" ")} 2>/dev/null || cat /sys/fs/cgroup/memory.max /sys/fs/cgroup/pids.max`,
    ]);
    assert.deepEqual(stdout.split("\n").slice(0, 2), ["67108864", "20"]);
    const { spec } = await lab.api("GET", `${pods}/n1-p1`);
    assert.deepEqual(spec.containers[0].resources.limits, { memory: "64Mi" });
    const usage = () => usageOf(basename(lab.plan.directory), "n1-p1");
    assert.ok(usage().memory > 48 * 1024 * 1024, "the application holds its memory");
    await exec(lab, "n1-p1", ["sh", "-c", "dd if=/dev/zero of=/dev/null bs=30M count=1"]);
    const status = async () => (await lab.api("GET", `${pods}/n1-p1`)).status.containerStatuses[0];
    await until("the container to be started again", async () => (await status()).restartCount === 1);
    assert.equal((await status()).lastState.terminated.reason, "OOMKilled");
    const forks = await exec(lab, "n1-p1", [
      "sh",
      "-c",
      "for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do sleep 1 & done; wait",
    ]);
    assert.match(forks.stderr, /fork/, "no more processes than the group may have");
  },
);

labTest("PID 1 waits for nobody, unless it is told to", { nodes: 1 }, skip, async (lab) => {
  const orphan = ["sh", "-c", "(sleep 0 & sleep 0 & exec true) & wait; sleep 0.3"];
  await exec(lab, "n1-p1", orphan);
  assert.ok(zombies(lab) > 0, "an orphan nobody waited for stays");
});

labTest("PID 1 that waits for orphans leaves none", { nodes: 1, reaps: true }, skip, async (lab) => {
  await exec(lab, "n1-p1", ["sh", "-c", "(sleep 0 & sleep 0 & exec true) & wait; sleep 0.3"]);
  assert.equal(zombies(lab), 0);
});

labTest(
  "controllers sort first, a node is lost, the DNS has other names, kube-proxy writes nftables",
  {
    nodes: 2,
    controllers: true,
    notReady: ["n2"],
    dns: "kube-system/rke2-coredns-rke2-coredns",
    domain: "corp.local",
    proxy: "nftables",
  },
  skip,
  async (lab) => {
    const { items } = await lab.api("GET", "/api/v1/pods");
    assert.equal(items[0].metadata.namespace, "cert-manager");
    assert.match(items[0].spec.containers[0].image, /distroless/);
    assert.match((await exec(lab, "n2-p1", ["sh", "-c", "true"])).refused ?? "", /error dialing backend/);
    const node = await lab.api("GET", "/api/v1/nodes/n2");
    assert.equal(node.status.conditions.find((each: Any) => each.type === "Ready").status, "Unknown");
    const own = items.filter((pod: Any) => pod.spec.nodeName === "n2");
    assert.ok(
      own.every((pod: Any) =>
        pod.status.conditions.some((each: Any) => each.type === "Ready" && each.status === "False"),
      ),
    );
    await lab.api("GET", "/api/v1/namespaces/kube-system/services/rke2-coredns-rke2-coredns");
    await assert.rejects(lab.api("GET", "/api/v1/namespaces/kube-system/services/kube-dns"));
    await assert.rejects(lab.api("GET", "/api/v1/namespaces/kube-system/configmaps/kubeadm-config"));
    for (const target of ["10.96.0.80", "[fd00:10:96::80]", "web.default.svc.corp.local"])
      assert.ok((await fetchFrom(lab, "n1-p2", `http://${target}/`)) > 0, `${target} through nftables`);
    const { stdout } = await lab.exec("n1", ["ip6tables-save"]);
    assert.ok(!stdout.includes("KUBE-SVC-"), "iptables shows no Service");
  },
);

labTest("without agents no pod stands in a node's network", { nodes: 1, agents: false }, skip, async (lab) => {
  const { items } = await lab.api("GET", "/api/v1/pods");
  assert.ok(items.every((pod: Any) => pod.spec.hostNetwork !== true));
});

labTest("a program outlives the client that started it", { nodes: 1, holdStdin: true }, skip, async (lab) => {
  await exec(lab, "n1-p1", ["sh", "-c", "echo started; exec sleep 30"], undefined, undefined, () =>
    lab.control({ cutStreams: true }),
  ).catch(() => undefined);
  assert.match(await processes(lab, "n1-p1"), /sleep 30/);
});

function zombies(lab: Lab): number {
  return processesIn(lab.plan.directory, "n1-p1").filter(({ state }) => state === "Z").length;
}

async function processes(lab: Lab, pod: string): Promise<string> {
  const pid = containerPid(lab.plan.directory, pod) as number;
  return (await run(enterContainer(pid, ["ps", "-o", "args"]), { env: { PATH: "/usr/bin:/bin" } })).stdout;
}
