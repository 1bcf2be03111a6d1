import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { containerPid } from "./containers.ts";
import { enterContainer } from "./enter.ts";
import { exec } from "./exec-client.ts";
import type { Lab } from "./lab.ts";
import type { Any } from "./objects/object.ts";
import { run } from "./run.ts";
import { labSkip, labTest, until } from "./support.ts";

const skip = await labSkip();
const pods = "/api/v1/namespaces/default/pods";

function pod(name: string, more: object = {}, container: object = {}): object {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name },
    spec: {
      nodeName: "n1",
      containers: [{ name: "look", image: "busybox:1.37", command: ["sleep", "100"], ...container }],
      ...more,
    },
  };
}

async function phase(lab: Lab, name: string, wanted: string): Promise<Any> {
  let found: Any;
  await until(`${name} to be ${wanted}`, async () => {
    found = await lab.api("GET", `${pods}/${name}`);
    return found.status.phase === wanted;
  });
  return found;
}

labTest("a pod that is created on a node runs there, and goes with all of it", { nodes: 1 }, skip, async (lab) => {
  await lab.api("POST", pods, pod("later"));
  const { status } = await phase(lab, "later", "Running");
  assert.equal(status.podIPs.length, 2);
  const { stdout } = await exec(lab, "later", [
    "sh",
    "-c",
    "cat /proc/net/if_inet6; nc -w 2 fd00:10:244:1::11 8080 </dev/null && echo in",
  ]);
  assert.match(stdout, /^fd00001002440001000000000000006\w .* eth0$/m);
  assert.match(stdout, /^in$/m);
  assert.ok(existsSync(`/run/netns/${lab.name}-x1`));
  const pid = containerPid(lab.plan.directory, "x1");
  await lab.api("DELETE", `${pods}/later`);
  await until("its network to go", async () => !existsSync(`/run/netns/${lab.name}-x1`));
  await until("its process to end", async () => !existsSync(`/proc/${pid}`));
  assert.deepEqual(lab.writes(), [`POST ${pods} 201`, `DELETE ${pods}/later 200`]);
});

labTest(
  "hostNetwork, hostPID, a user and a read-only root are what they are on a node",
  { nodes: 1 },
  skip,
  async (lab) => {
    const securityContext = { runAsUser: 65534, readOnlyRootFilesystem: true };
    await lab.api("POST", pods, pod("onnode", { hostNetwork: true, hostPID: true }, { securityContext }));
    const { status } = await phase(lab, "onnode", "Running");
    assert.equal(status.podIP, "172.18.1.1");
    const { containerStatuses } = (await lab.api("GET", `${pods}/n1-p1`)).status;
    const id = containerStatuses[0].containerID.replace("containerd://", "");
    const program = `id -u; touch /x 2>&1; for p in /proc/[0-9]*; do grep -q "$1" $p/cgroup && cat $p/net/if_inet6 && break; done; cat /proc/net/if_inet6`;
    const { stdout } = await exec(lab, "onnode", ["sh", "-c", program, "sh", id]);
    assert.match(stdout, /^65534$/m);
    assert.match(stdout, /Read-only file system/);
    assert.match(stdout, /^fd000010024400010000000000000011 .* eth0$/m, "the pod's address through its process");
    assert.match(stdout, /^20010db8001800000000000000000101 .* eth0$/m, "the node's own");
    await lab.api("DELETE", `${pods}/onnode`);
  },
);

labTest(
  "an ephemeral container stands in its pod's network and stays listed",
  { nodes: 1, images: { "n1-p1": "distroless" } },
  skip,
  async (lab) => {
    const container = {
      name: "look",
      image: "registry.k8s.io/e2e-test-images/agnhost:2.53",
      command: ["sleep", "100"],
    };
    const body = { spec: { ephemeralContainers: [container] } };
    await lab.api("PATCH", `${pods}/n1-p1/ephemeralcontainers`, body, "application/strategic-merge-patch+json");
    await until("it to run", async () => {
      const { status } = await lab.api("GET", `${pods}/n1-p1`);
      return status.ephemeralContainerStatuses?.[0].state.running !== undefined;
    });
    const pid = containerPid(lab.plan.directory, "x1") as number;
    const { stdout } = await run(enterContainer(pid, ["sh", "-c", "cat /proc/net/if_inet6"]), {
      env: { PATH: "/bin" },
    });
    assert.match(stdout, /^fd000010024400010000000000000011 /m);
    process.kill(pid, "SIGKILL");
    await until("it to be told of as ended", async () => {
      const { status, spec } = await lab.api("GET", `${pods}/n1-p1`);
      return (
        spec.ephemeralContainers.length === 1 && status.ephemeralContainerStatuses[0].state.terminated !== undefined
      );
    });
  },
);

labTest("what cannot run says so: no image, a deadline, Pod Security", { nodes: 1 }, skip, async (lab) => {
  await lab.api("POST", pods, pod("nowhere", {}, { image: "registry.example/none:1" }));
  await until("the image to be missed", async () => {
    const { status } = await lab.api("GET", `${pods}/nowhere`);
    return status.containerStatuses?.[0].state.waiting.reason === "ErrImagePull";
  });
  await lab.api("POST", pods, pod("short", { activeDeadlineSeconds: 1 }));
  const { status } = await phase(lab, "short", "Failed");
  assert.equal(status.reason, "DeadlineExceeded");
  const labels = { "pod-security.kubernetes.io/enforce": "restricted" };
  await lab.api("PATCH", "/api/v1/namespaces/default", { metadata: { labels } }, "application/merge-patch+json");
  await assert.rejects(
    lab.api("POST", pods, pod("refused", { hostNetwork: true })),
    /403 pods "refused" is forbidden: violates PodSecurity "restricted:latest": host namespaces \(hostNetwork=true\), allowPrivilegeEscalation != false \(container "look" must set/,
  );
  const log = readFileSync(`${lab.plan.directory}/api.log`, "utf8");
  assert.doesNotMatch(log, /kubelet:/);
});
