import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import type { Lab } from "#test/lab/lab.ts";
import type { Any } from "#test/lab/objects/object.ts";
import { run } from "#test/lab/run.ts";
import { labSkip, labTest, until } from "#test/lab/support.ts";
import { here } from "./cli.ts";
import { inLab, started } from "./in-lab.ts";

const skip = await labSkip();
const [one, two] = ["fd00:10:244:1::11", "fd00:10:244:2::11"];
const access = ["--access", "privileged-node", "--yes", "--image", "docker.io/nicolaka/netshoot:v0.15"];

function folderFor(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), "kube-ipv6-pair-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const state = join(folder, "state");
  return { folder, save: join(folder, "pair.pcap"), env: { ...process.env, XDG_STATE_HOME: state } };
}

/** Captures at both ends while one pings and dials the other, again and again; ends it as Ctrl-C does. */
async function captured(lab: Lab, { folder, save, env }: ReturnType<typeof folderFor>) {
  const args = ["capture", "n1-p1", "--to", "n2-p1", "--save", save, "--overwrite", ...access, "--seconds", "200"];
  const { child, ran } = started([...args, ...inLab(lab)], env);
  const begun = () =>
    readdirSync(folder).filter((name) => name.endsWith(".part") && statSync(join(folder, name)).size >= 24);
  await until("both to begin", async () => (await wait(50), child.exitCode !== null || begun().length === 2), 90);
  assert.equal(child.exitCode, null, "it has ended");
  // What comes within two seconds of the begin or the end does not count.
  for (let times = 0; times < 6; times++) {
    await lab.exec("n1-p1", ["timeout", "2", "busybox", "ping", "-6", "-c", "3", "-i", "0.3", two]);
    await lab.exec("n1-p1", ["timeout", "2", "busybox", "nc", "-w", "1", two, "8080"]);
  }
  await wait(3_000);
  child.kill("SIGINT");
  return ran;
}

labTest(
  "capture: at both ends packets are followed through the tunnel, and where they are lost is told",
  { nodes: 2, pods: 1, mode: "vxlan6" },
  skip,
  async (lab, t) => {
    const at = folderFor(t);
    const tunnel = "eth0 in VXLAN \\(VNI 1\\)";
    const well = await captured(lab, at);
    assert.equal(well.code, 0, well.out + well.err);
    for (const [source, target, what] of [
      [one, two, "pings"],
      [two, one, "answers to pings"],
    ])
      assert.match(
        well.out,
        new RegExp(
          `^ {4}IPv6 {2}${what} from ${source} to ${target}: \\d+ packets left node n\\d by flannel-v6\\.1 and ${tunnel}, arrived at node n\\d on ${tunnel} and flannel-v6\\.1, and went on there by cni0 and veth1`,
          "m",
        ),
      );
    assert.match(
      well.err,
      /would capture packets of node n1, all interfaces, and of node n2, all interfaces, at once; when either ends, both do/,
    );
    for (const node of ["n1", "n2"]) {
      assert.match(
        well.err,
        new RegExp(`pod default/kube-ipv6-\\w+ on node ${node} \\(hostNetwork, hostPID, privileged\\)`),
      );
      const file = join(at.folder, `pair-${node}.pcap`);
      assert.equal(statSync(file).mode & 0o777, 0o600);
      assert.equal((await run(["tcpdump", "-n", "-r", file])).code, 0);
    }
    assert.deepEqual(readdirSync(at.folder).sort(), ["pair-n1.pcap", "pair-n2.pcap", "state"]);

    // What the gateway forwards between the nodes, as a security group would.
    const rules =
      "add table bridge t; add chain bridge t c { type filter hook forward priority 0; }; add rule bridge t c iifname n1 udp dport 8472 drop";
    await lab.exec("gw", ["nft", rules]);
    const lost = await captured(lab, at);
    await lab.exec("gw", ["nft", "delete table bridge t"]);
    assert.equal(lost.code, 1, lost.out + lost.err);
    assert.match(
      lost.out,
      new RegExp(
        `! IPv6 {2}pings from ${one} to ${two}: \\d+ packets left node n1 by flannel-v6\\.1 and ${tunnel}, the first at [\\d:.]+ UTC by the clock of n1, and none was seen to arrive at node n2`,
      ),
    );

    await lab.exec("n2", ["ip6tables", "-t", "raw", "-I", "PREROUTING", "-p", "udp", "--dport", "8472", "-j", "DROP"]);
    const dropped = await captured(lab, at);
    assert.match(
      dropped.out,
      new RegExp(
        `! IPv6 {2}pings from ${one} to ${two}: \\d+ packets left node n1 .*, arrived at node n2 on ${tunnel}, and none was seen to be handed on there`,
      ),
    );

    const pods = await lab.api("GET", "/api/v1/pods?labelSelector=app.kubernetes.io/managed-by=kube-ipv6");
    assert.deepEqual(
      pods.items.map((each: Any) => each.metadata.name),
      [],
    );
    const ledger = join(at.folder, "state", "kube-ipv6", "ledger");
    assert.deepEqual(existsSync(ledger) ? readdirSync(ledger) : [], []);

    const same = await started(
      ["capture", "n1-p1", "--to", "node/n1", "--save", at.save, ...access, ...inLab(lab)],
      at.env,
    ).ran;
    assert.equal(same.code, 3);
    assert.match(same.err, /Both stand on node n1, so that there is no way between nodes/);
    const plain = await started(["capture", "n1-p1", "--to", "n2-p1", "--save", at.save, ...inLab(lab)], at.env).ran;
    assert.match(
      plain.err,
      /On node n1: No container without a limit of memory in the network of the node has tcpdump/,
    );
    assert.equal(plain.err.match(/By hand: kubectl .* debug node\/n[12] /g)?.length, 2, plain.err);
  },
);

test("capture: what does not go with a second end is said before a cluster is asked", async () => {
  for (const [says, ...args] of [
    [/--only does not go with --to/, "--only", "icmpv6"],
    [/--peer does not go with --to/, "--peer", "fd00::1"],
    [/--access is one of exec, privileged-node/, "--access", "ephemeral"],
    [/is no POD, NAMESPACE\/POD or node\/NAME/, "--to", "$(id)"],
  ] as const) {
    const { code, err } = await here(["capture", "a", "--to", "b", "--save", "x", ...args]);
    assert.equal(code, 2, args.join(" "));
    assert.match(err, says);
  }
});
