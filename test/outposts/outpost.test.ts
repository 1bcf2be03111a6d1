import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { parseAllDocuments } from "yaml";
import type { Outlook, Outpost } from "#core/cluster/outposts.ts";
import { byHand } from "#core/outposts/by-hand.ts";
import { defaultImage } from "#core/outposts/image.ts";
import { newName } from "#core/outposts/name.ts";
import { containerIn, endingOf, podOn } from "#core/outposts/outpost.ts";
import { consentWords, levelWords } from "#core/outposts/words.ts";

const making = { image: "busybox:1.37", namespace: "shop", name: newName };
const target = { metadata: { namespace: "shop", name: "web-1" }, spec: { nodeName: "n1" } };
const all: readonly Outpost[] = [
  containerIn(target, making),
  podOn("n1", "probe-pod", making, { namespace: "shop", name: "web-1" }),
  podOn("n1", "node", making),
  podOn("n1", "privileged-node", making),
];

// biome-ignore lint/suspicious/noExplicitAny: the body of a request
function containerOf({ body }: Outpost): any {
  const { spec } = body as { spec: Record<string, unknown[]> };
  return (spec.ephemeralContainers ?? spec.containers)?.[0];
}

test("whoever is asked reads each request word for word, what runs, for how long, and what stays", () => {
  const words = consentWords({ context: "prod", server: "https://[::1]:6443", outposts: all });
  const text = words.join("\n");
  const documents = parseAllDocuments(text.slice(text.indexOf("---"))).map((one) => one.toJSON());
  assert.deepEqual(
    documents,
    all.map(({ body }) => body),
  );
  for (const word of [
    "prod",
    "https://[::1]:6443",
    "300 s",
    "Kubernetes cannot remove it",
    "kube-ipv6 left",
    ...all.map(({ container }) => container),
  ])
    assert.ok(text.includes(word), word);
  const later = consentWords({
    context: "prod",
    server: "",
    outposts: [all[2] as Outpost],
    later: [podOn("n2", "node", making)],
  });
  assert.ok(later.includes("and only where it turns out to be needed:"));
  assert.match(later.join("\n"), /on node n2/);
});

test("without a place to ask at it is said what a level may create", () => {
  const kinds = (level: Outlook) => levelWords(level, defaultImage).filter((line) => line.startsWith("  ")).length;
  assert.deepEqual((["ephemeral", "probe-pod", "node", "privileged-node"] as const).map(kinds), [1, 2, 3, 3]);
  assert.doesNotMatch(levelWords("node", defaultImage).join("\n"), /privileged/);
});

test("all but a privileged pod run as nobody, without capabilities and without a token, and end by themselves", () => {
  for (const outpost of all) {
    const { securityContext, command, image } = containerOf(outpost);
    assert.equal(image, "busybox:1.37");
    assert.ok(command.includes(outpost.container) && command.includes(`${outpost.seconds}`));
    assert.equal(securityContext.readOnlyRootFilesystem, true);
    if (outpost.level === "privileged-node") continue;
    assert.deepEqual(
      [
        securityContext.runAsNonRoot,
        securityContext.runAsUser,
        securityContext.allowPrivilegeEscalation,
        securityContext.capabilities,
        securityContext.seccompProfile,
      ],
      [true, 65534, false, { drop: ["ALL"] }, { type: "RuntimeDefault" }],
    );
  }
  for (const { body, level } of all.slice(1)) {
    const { spec, metadata } = body as Record<string, Record<string, unknown>>;
    assert.deepEqual(
      [spec?.activeDeadlineSeconds, spec?.restartPolicy, spec?.automountServiceAccountToken, spec?.nodeName],
      [300, "Never", false, "n1"],
    );
    assert.deepEqual([spec?.hostNetwork, spec?.hostPID], level === "probe-pod" ? [undefined, undefined] : [true, true]);
    // No Service and no policy selects it by a label that it does not have.
    assert.deepEqual(Object.keys(metadata?.labels ?? {}), [
      "app.kubernetes.io/managed-by",
      "kube-ipv6/owner",
      "sidecar.istio.io/inject",
      "istio.io/dataplane-mode",
      "kuma.io/sidecar-injection",
    ]);
  }
});

test("the default image is pinned, and names are nobody else's", () => {
  assert.match(defaultImage, /^registry\.k8s\.io\/e2e-test-images\/agnhost:[\d.]+@sha256:[0-9a-f]{64}$/);
  const names = new Set(Array.from({ length: 100 }, newName));
  assert.equal(names.size, 100);
  for (const name of names) assert.match(name, /^kube-ipv6-[0-9a-f]{10}$/);
});

test("each can be made by hand", () => {
  assert.deepEqual(
    all.map((outpost) => byHand("prod", outpost)),
    [
      "kubectl --context prod -n shop debug web-1 --image=busybox:1.37 -it --profile=restricted -- sh",
      `kubectl --context prod -n shop run look-for-web-1 --rm --image=busybox:1.37 -it '--overrides={"spec":{"nodeName":"n1"}}' -- sh`,
      "kubectl --context prod debug node/n1 --image=busybox:1.37 -it --profile=general -- sh",
      "kubectl --context prod debug node/n1 --image=busybox:1.37 -it --profile=sysadmin -- chroot /host sh",
    ],
  );
});

for (const shell of ["dash", "busybox", "bash"])
  test(`what runs in it ends when ${shell} is told to, and nothing else does`, {
    skip: process.platform !== "linux" || spawnSync(shell, ["--help"]).error !== undefined,
  }, async (t) => {
    const [own, other] = [podOn("n1", "node", making), podOn("n1", "node", making)];
    const run = (argv: readonly string[]) => {
      const words = shell === "busybox" ? ["busybox", "sh"] : [shell];
      const [program = "", ...args] = [...words, ...argv.slice(1)];
      return spawn(program, args, { stdio: "ignore", detached: true });
    };
    const [mine, foreign] = [own, other].map((outpost) => run(containerOf(outpost).command));
    assert.ok(mine && foreign);
    // What they wait for is in their groups.
    t.after(() => {
      for (const { pid } of [mine, foreign]) if (pid !== undefined) endGroup(pid);
    });
    const ended = once(mine, "exit");
    while (!trapped(mine.pid)) await new Promise((done) => setTimeout(done, 5));
    await once(run(endingOf(own)), "exit");
    assert.deepEqual(await ended, [0, null]);
    assert.equal(foreign.exitCode, null);
  });

function endGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // All of it has ended.
  }
}

/** Whether a process has a handler for SIGTERM, bit 14 of the mask of signals it catches. */
function trapped(pid: number | undefined): boolean {
  const status = spawnSync("cat", [`/proc/${pid}/status`], { encoding: "utf8" }).stdout;
  return (Number.parseInt((/^SigCgt:\s*([0-9a-f]+)$/m.exec(status)?.[1] ?? "0").slice(-8), 16) & 0x4000) !== 0;
}
