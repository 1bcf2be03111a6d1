import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type { DiagnosisDocument } from "#core/report/diagnosis-json.ts";
import type { Lab } from "#test/lab/lab.ts";
import type { Any } from "#test/lab/objects/object.ts";
import { perform } from "#test/lab/perform.ts";
import { labSkip, labTest } from "#test/lab/support.ts";
import { attempts, diagnosing, inLab, started, told } from "./in-lab.ts";

const skip = await labSkip();
const pods = "/api/v1/namespaces/default/pods";
const pair = ["--from", "n1-p1", "--to", "pod/n2-p1"];
const busybox = ["--yes", "--image", "busybox:1.37"];
/** Nothing to ask, in neither pod and on neither node. */
const bare = { nodes: 2, pods: 1, agents: false, images: { "n1-p1": "distroless", "n2-p1": "distroless" } };
const forwardingOff = { in: "n2", run: ["sysctl", "-qw", "net.ipv6.conf.all.forwarding=0"] };

/** A ledger of its own, and whether anything is on it. */
function ledgerFor(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), "kube-ipv6-levels-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const env = { ...process.env, XDG_STATE_HOME: folder };
  const entries = () => {
    try {
      return readdirSync(join(folder, "kube-ipv6/ledger"));
    } catch {
      return [];
    }
  };
  return { env, entries };
}

async function podsOf(lab: Lab): Promise<string[]> {
  const { items } = await lab.api("GET", "/api/v1/pods?labelSelector=app.kubernetes.io/managed-by=kube-ipv6");
  return items.map((each: Any) => each.metadata.name);
}

/** What was written to the API, without reviews of the user's own rights. */
function written(lab: Lab): string[] {
  const lines = lab.writes("kube-ipv6").filter((line) => !line.includes("selfsubjectaccessreviews"));
  return lines.map((line) => line.replace(/kube-ipv6-\w+/, "NAME"));
}

function accessIn({ causes }: DiagnosisDocument): string[] {
  return [...new Set(causes.flatMap(({ evidence }) => evidence.map(({ access }) => access)))].sort();
}

labTest(
  "diagnose: without consent nothing is created, and where nobody can be asked nothing is begun",
  bare,
  skip,
  async (lab, t) => {
    const { env, entries } = ledgerFor(t);
    await perform(lab, [forwardingOff]);
    const plain = await told(lab, pair, undefined, env);
    assert.equal(plain.code, 3);
    for (const level of ["ephemeral", "probe-pod", "node", "privileged-node"]) {
      const { code, out, err } = await diagnosing([...inLab(lab), ...pair, "--access", level], env);
      assert.deepEqual([code, out], [2, ""]);
      assert.match(
        err,
        new RegExp(
          `^kube-ipv6 diagnose: --access ${level} creates something in the cluster, and there is no terminal to ask at: give --yes to agree$`,
          "m",
        ),
      );
      assert.match(
        err,
        /may create, where the answer cannot be had otherwise, from image registry\.k8s\.io\/e2e-test-images\/agnhost:2\.53@sha256:[0-9a-f]{64}:$/m,
      );
    }
    assert.deepEqual([lab.writes(), entries()], [[], []]);
  },
);

labTest("diagnose: an ephemeral container looks where a pod has nothing to ask", bare, skip, async (lab, t) => {
  const { env, entries } = ledgerFor(t);
  await perform(lab, [{ serve: "n2-p1", listen: "0.0.0.0:8080" }]);
  const { code, document, err } = await told(lab, [...pair, "--access", "ephemeral", ...busybox], undefined, env);
  assert.deepEqual([code, document.causes.map(({ id }) => id)], [1, ["listener-ipv4-only"]], err);
  assert.deepEqual(accessIn(document), ["ephemeral"]);
  assert.match(
    document.causes[0]?.evidence[0]?.command ?? "",
    /-n default debug n[12]-p1 -it --image=busybox:1\.37 --profile=restricted -- /,
  );
  assert.match(
    document.remarks[0] ?? "",
    /^ephemeral container kube-ipv6-\w{10} in pod default\/n1-p1 was added, because no container in the network/,
  );
  assert.equal(document.left.length, 2);
  for (const left of document.left)
    assert.match(
      left,
      /in pod default\/n[12]-p1 .*: it has ended and does nothing any more; Kubernetes keeps it listed/,
    );
  assert.deepEqual(
    written(lab),
    [1, 2].map((n) => `PATCH ${pods}/n${n}-p1/ephemeralcontainers 200`),
  );
  for (const word of ["PATCH", "Kubernetes cannot remove it", "runAsNonRoot: true"])
    assert.ok(err.includes(word), word);
  for (const name of ["n1-p1", "n2-p1"]) {
    const { status } = await lab.api("GET", `${pods}/${name}`);
    assert.ok(status.ephemeralContainerStatuses[0].state.terminated, `${name}: it does not run on`);
  }
  assert.deepEqual(entries(), []);
});

labTest(
  "diagnose: a probe pod dials where Pod Security keeps an ephemeral container out",
  bare,
  skip,
  async (lab, t) => {
    const { env, entries } = ledgerFor(t);
    const labels = { "pod-security.kubernetes.io/enforce": "restricted" };
    await lab.api("PATCH", "/api/v1/namespaces/default", { metadata: { labels } }, "application/merge-patch+json");
    const { code, document, err } = await told(lab, [...pair, "--access", "probe-pod", ...busybox], undefined, env);
    assert.equal(code, 0, err);
    assert.ok(
      attempts(document).includes("IPv6 ok: pod default/n2-p1 [fd00:10:244:2::11]:8080"),
      `${attempts(document)}`,
    );
    assert.match(
      document.remarks[0] ?? "",
      /^pod default\/kube-ipv6-\w{10} on node n1 dials in place of pod default\/n1-p1, because no container .*; its labels are its own/,
    );
    assert.deepEqual(written(lab), [
      `PATCH ${pods}/n1-p1/ephemeralcontainers 403`,
      `POST ${pods} 201`,
      `DELETE ${pods}/NAME 200`,
    ]);
    assert.deepEqual([document.left, await podsOf(lab), entries()], [[], [], []]);
    const text = await diagnosing([...inLab(lab), ...pair, "--access", "ephemeral", ...busybox], env);
    assert.equal(text.code, 3);
    assert.match(text.out, /could not be used: Cannot add container .*violates PodSecurity "restricted:latest"/);
    assert.match(
      text.out,
      /type {2}kubectl --context \S+ -n default debug n1-p1 --image=busybox:1\.37 -it --profile=restricted -- sh/,
    );
  },
);

labTest("diagnose: a node that no pod shows is looked at as nobody", bare, skip, async (lab, t) => {
  const { env, entries } = ledgerFor(t);
  await perform(lab, [forwardingOff]);
  const off = await told(lab, [...pair, "--access", "node", ...busybox], undefined, env);
  assert.deepEqual([off.code, off.document.causes[0]?.id], [1, "forwarding-off"], off.err);
  assert.ok(accessIn(off.document).includes("node"), `${accessIn(off.document)}`);
  assert.deepEqual([await podsOf(lab), entries()], [[], []]);
});

labTest(
  "diagnose: a pod without a shell is looked at from its node, through its process",
  bare,
  skip,
  async (lab, t) => {
    const { env, entries } = ledgerFor(t);
    await perform(lab, [{ serve: "n2-p1", listen: "0.0.0.0:8080" }]);
    // Who may add no container to a pod sees its files of the network from the node.
    const rules = [
      { namespaces: ["*"], apiGroups: ["*"], resources: ["*"], verbs: ["get", "list"] },
      { namespaces: ["default"], apiGroups: [""], resources: ["pods", "pods/exec"], verbs: ["create", "delete"] },
    ];
    await lab.control({ rules: { viewer: rules } });
    const listener = await told(lab, [...pair, "--access", "node", ...busybox], `${lab.name}-viewer`, env);
    assert.deepEqual([listener.code, listener.document.causes[0]?.id], [1, "listener-ipv4-only"], listener.err);
    assert.deepEqual(accessIn(listener.document), ["node"]);
    assert.match(JSON.stringify(listener.document.causes[0]?.evidence), /crictl inspect/);
    assert.deepEqual([await podsOf(lab), entries(), listener.document.left], [[], [], []]);
    assert.ok(
      !written(lab).some((line) => line.startsWith("PATCH") && line.endsWith("403")),
      "what is not allowed is not tried",
    );
  },
);

labTest("diagnose: with all privileges the rules of a node are read", { ...bare, images: {} }, skip, async (lab, t) => {
  const { env, entries } = ledgerFor(t);
  await perform(lab, [{ in: "n2", run: ["ip6tables", "-I", "FORWARD", "-p", "tcp", "--dport", "8080", "-j", "DROP"] }]);
  const image = ["--yes", "--image", "docker.io/nicolaka/netshoot:v0.15"];
  const { code, document, err } = await told(lab, [...pair, "--access", "privileged-node", ...image], undefined, env);
  assert.deepEqual(
    [code, document.causes[0]?.id, document.causes[0]?.verdict],
    [1, "forward-policy-drops-ipv6", "proven"],
    err,
  );
  assert.ok(accessIn(document).includes("privileged-node"));
  assert.deepEqual([await podsOf(lab), entries(), document.left], [[], [], []]);
  assert.deepEqual(written(lab).sort(), [
    ...Array(2).fill(`DELETE ${pods}/NAME 200`),
    ...Array(2).fill(`POST ${pods} 201`),
  ]);
});

labTest(
  "diagnose: where all is well nothing is created, and an image that is nowhere leaves nothing behind",
  { nodes: 2, pods: 2 },
  skip,
  async (lab, t) => {
    const { env, entries } = ledgerFor(t);
    const well = await told(lab, [...pair, "--access", "privileged-node", ...busybox], undefined, env);
    assert.deepEqual([well.code, written(lab)], [0, []], well.err);
    const none = [
      "--from",
      "n2-p2",
      "--to",
      "pod/n1-p1",
      "--access",
      "privileged-node",
      "--yes",
      "--image",
      "registry.example/none:1",
    ];
    const { code, out } = await diagnosing([...inLab(lab), ...none], env);
    assert.equal(code, 3);
    assert.match(out, /ErrImagePull/);
    assert.match(out, /type {2}kubectl .*debug/);
    assert.deepEqual(await podsOf(lab), []);
    // An ephemeral container that waits for its image can be neither ended nor removed.
    assert.deepEqual(entries().length, 1);
    const left = await started(["left"], env).ran;
    assert.deepEqual([left.code, left.err], [1, ""], left.out);
    assert.match(left.out, /^still there {2}ephemeral container kube-ipv6-\w+ in pod default\/n2-p2/);
  },
);
