import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { needed } from "#core/diagnosis/rights.ts";
import type { Lab } from "#test/lab/lab.ts";
import type { Any } from "#test/lab/objects/object.ts";
import { run } from "#test/lab/run.ts";
import { labSkip, labTest, until } from "#test/lab/support.ts";
import { pcap, solicitation } from "../packets/made.ts";
import { here } from "./cli.ts";
import { inLab, started } from "./in-lab.ts";

const skip = await labSkip();
const netshoot = ["--yes", "--image", "docker.io/nicolaka/netshoot:v0.15"];

/** A folder for the packets, and a ledger of its own. */
function folderFor(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), "kube-ipv6-capture-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const state = join(folder, "state");
  const onRecord = (part: string) => {
    const path = join(state, "kube-ipv6", part);
    return existsSync(path) ? readdirSync(path) : [];
  };
  return { folder, file: join(folder, "a.pcap"), env: { ...process.env, XDG_STATE_HOME: state }, onRecord };
}

/** Starts a capture, waits until tcpdump has begun, does something, ends it as Ctrl-C does, and gives what it printed. */
async function captured(
  lab: Lab,
  { folder, file, env }: Pick<ReturnType<typeof folderFor>, "folder" | "file" | "env">,
  args: readonly string[],
  meanwhile: () => Promise<unknown>,
) {
  const { child, ran } = started(["capture", ...args, "--save", file, ...inLab(lab), "--seconds", "200"], env);
  await begun(folder, child);
  await meanwhile();
  // What was sent last is read by then.
  await wait(500);
  child.kill("SIGINT");
  return ran;
}

async function begun(folder: string, child: { readonly exitCode: number | null }): Promise<void> {
  const part = () => readdirSync(folder).find((name) => name.endsWith(".part"));
  await until(
    "tcpdump to begin",
    async () => {
      await wait(20);
      const name = part();
      return child.exitCode !== null || (name !== undefined && statSync(join(folder, name)).size >= 24);
    },
    60,
  );
  assert.equal(child.exitCode, null, "it has ended");
}

async function podsOf(lab: Lab): Promise<string[]> {
  const { items } = await lab.api("GET", "/api/v1/pods?labelSelector=app.kubernetes.io/managed-by=kube-ipv6");
  return items.map((each: Any) => each.metadata.name);
}

function created(lab: Lab): string[] {
  const lines = lab.writes("kube-ipv6").filter((line) => !line.includes("selfsubjectaccessreviews"));
  return lines.map((line) => line.replace(/kube-ipv6-\w+/, "NAME"));
}

const routed = { nodes: 2, pods: 1, mode: "routed", noise: false } as const;
const [one, two] = ["fd00:10:244:1::11", "fd00:10:244:2::11"];

labTest(
  "capture: from a container of the pod that is added for it, each fault is read in words",
  routed,
  skip,
  async (lab, t) => {
    const at = folderFor(t);
    await run(["ip", "netns", "exec", `${lab.name}-n1`, "ip", "link", "set", "eth0", "mtu", "1300"]);
    const exec = (netns: string, ...argv: string[]) => lab.exec(netns, argv);
    const { code, out, err } = await captured(
      lab,
      at,
      ["n1-p1", "--only", "all", "--access", "ephemeral", ...netshoot],
      async () => {
        await exec("n1-p1", "timeout", "4", "busybox", "nslookup", "web.", two);
        await exec("n1-p1", "timeout", "3", "busybox", "nc", "-w", "2", two, "9998");
        await exec("n1-p1", "timeout", "3", "busybox", "ping", "-6", "-c", "1", "-s", "1400", two);
        await exec(
          "n1",
          "ip6tables",
          "-I",
          "INPUT",
          "-p",
          "icmpv6",
          "--icmpv6-type",
          "neighbour-solicitation",
          "-s",
          one,
          "-j",
          "DROP",
        );
        await exec(
          "n1",
          "ip6tables",
          "-I",
          "INPUT",
          "-p",
          "icmpv6",
          "--icmpv6-type",
          "neighbour-solicitation",
          "-s",
          "fe80::/10",
          "-j",
          "DROP",
        );
        await exec("n1-p1", "ip", "-6", "neigh", "flush", "dev", "eth0");
        await exec("n1-p1", "timeout", "5", "busybox", "nc", "-w", "4", two, "8080");
      },
    );
    assert.equal(code, 1, err);
    assert.match(
      err,
      /ephemeral container kube-ipv6-\w{10} in pod default\/n1-p1 \(root with no capabilities but NET_RAW, SETUID and SETGID/,
    );
    assert.match(err, /Of each packet the first 128 bytes are kept/);
    assert.match(err, /packets in .*a\.pcap; it ended when you ended it\./);
    assert.match(out, /^Captured at pod default\/n1-p1, all interfaces: \d+ packets/m);
    assert.match(
      out,
      /! IPv6 {2}\S+ solicits neighbour fe80::ecee:eeff:feee:eeee on eth0, \d times within [\d.]+ s: no advertisement in this capture/,
    );
    assert.match(
      out,
      new RegExp(`! IPv6 {2}${two} says to ${one}: port unreachable; about UDP from ${one} to \\[${two}\\]:53`),
    );
    assert.match(
      out,
      new RegExp(
        `! IPv6 {2}\\S+ says to ${one}: packet too big: the next link takes 1300 bytes, and the packet had 1448; about ICMPv6`,
      ),
    );
    assert.match(out, new RegExp(`! IPv6 {2}${one} to \\[${two}\\]:9998: refused \\(RST\\)`));
    assert.match(out, /^No packet was lost while it was made\.$/m);
    // The file is what tcpdump itself takes for a whole one.
    const count = Number(/: (\d+) packets/.exec(out)?.[1]);
    const again = await run(["tcpdump", "-n", "-r", at.file]);
    assert.equal(again.stdout.trim().split("\n").length, count, again.stderr);
    assert.doesNotMatch(again.stderr, /truncated/);
    assert.equal(statSync(at.file).mode & 0o777, 0o600);
    assert.deepEqual(
      [at.onRecord("ledger"), at.onRecord("captures"), readdirSync(at.folder).sort()],
      [[], [], ["a.pcap", "state"]],
    );
    assert.deepEqual(created(lab), ["PATCH /api/v1/namespaces/default/pods/n1-p1/ephemeralcontainers 200"]);
  },
);

labTest(
  "capture: what works is read as such, from a container that has tcpdump, and nothing is created",
  {
    nodes: 2,
    pods: 1,
    noise: false,
    images: { "n1-p1": "netshoot" },
  },
  skip,
  async (lab, t) => {
    const at = folderFor(t);
    const { code, out, err } = await captured(lab, at, ["n1-p1", "--only", "all"], async () => {
      for (const host of [`[${two}]`, "10.244.2.11"])
        await lab.exec("n1-p1", ["timeout", "3", "busybox", "wget", "-q", "-O", "-", `http://${host}:8080/`]);
    });
    assert.equal(code, 0, out + err);
    assert.match(out, new RegExp(` {4}IPv6 {2}${one} to \\[${two}\\]:8080: opened`));
    assert.match(out, / {4}IPv4 {2}10\.244\.1\.11 to 10\.244\.2\.11:8080: opened/);
    assert.match(out, /^Nothing odd stands in what was read\.$/m);
    assert.deepEqual(created(lab), []);

    // A file that is there stays as it is, unless it may go; a count is kept to.
    const before = readFileSync(at.file);
    const refusedOne = await started(["capture", "n1-p1", "--save", at.file, ...inLab(lab)], at.env).ran;
    assert.equal(refusedOne.code, 2);
    assert.match(refusedOne.err, /there is such a file already/);
    assert.deepEqual(readFileSync(at.file), before);
    const counted = await captured(lab, at, ["n1-p1", "--only", "icmpv6", "--count", "4", "--overwrite"], () =>
      lab.exec("n1-p1", ["busybox", "ping", "-6", "-c", "5", "-i", "0.2", two]),
    );
    assert.match(counted.err, /4 packets in .*; it ended after 4 packets\./);
  },
);

labTest(
  "capture: on a node, from a pod that is removed, with what a tunnel costs",
  { nodes: 2, pods: 1, mode: "vxlan6", noise: false },
  skip,
  async (lab, t) => {
    const at = folderFor(t);
    const plain = await started(["capture", "node/n1", "--save", at.file, ...inLab(lab)], at.env).ran;
    assert.equal(plain.code, 3, plain.err);
    assert.match(
      plain.err,
      /By hand: kubectl --context \S+ debug node\/n1 --profile=sysadmin -it --image=\S+ -- tcpdump -p -n -i any /,
    );
    const { code, out, err } = await captured(
      lab,
      at,
      ["node/n1", "--only", "all", "--access", "privileged-node", ...netshoot],
      () => lab.exec("n1-p1", ["timeout", "3", "busybox", "wget", "-q", "-O", "-", `http://[${two}]:8080/`]),
    );
    assert.equal(code, 0, out + err);
    assert.match(
      out,
      / {4}IPv6 {2}VXLAN \(VNI 1\) over IPv6 from 2001:db8:18::101 to 2001:db8:18::102: \d+ packets with [1-9]\d* of IPv6 and \d+ of IPv4 in them, it costs 70 bytes of each packet/,
    );
    assert.deepEqual(await podsOf(lab), []);
    assert.deepEqual(created(lab), [
      "POST /api/v1/namespaces/default/pods 201",
      "DELETE /api/v1/namespaces/default/pods/NAME 200",
    ]);
    const clash = await started(
      ["capture", "node/n1", "--save", join(at.folder, "b"), "--port", "10250", ...inLab(lab)],
      at.env,
    ).ran;
    assert.match(clash.err, /TCP port 10250 of a node carries the capture itself/);
  },
);

labTest("capture: killed at once, nothing of it is left after the next start", routed, skip, async (lab, t) => {
  const at = folderFor(t);
  for (const access of ["ephemeral", "privileged-node"]) {
    const { child, ran } = started(
      ["capture", "n1-p1", "--access", access, ...netshoot, "--save", at.file, ...inLab(lab), "--seconds", "200"],
      at.env,
    );
    await begun(at.folder, child);
    const exited = once(child, "exit");
    child.kill("SIGKILL");
    await Promise.all([exited, ran]);
    assert.ok(
      readdirSync(at.folder).some((name) => name.endsWith(".part")),
      "what was half written is there",
    );
    const next = await started(["capture", "n1-p1", "--save", at.file, ...inLab(lab)], at.env).ran;
    assert.equal(next.code, 3, next.err);
    assert.deepEqual(readdirSync(at.folder), ["state"], access);
    assert.deepEqual([await podsOf(lab), at.onRecord("captures")], [[], []], access);
    const { status } = await lab.api("GET", "/api/v1/namespaces/default/pods/n1-p1");
    for (const { state } of status.ephemeralContainerStatuses ?? []) assert.ok(state.terminated, access);
    await until("no tcpdump runs any more", async () => {
      await wait(50);
      return !(await running(`--save ${at.file}`)) && !(await capturing(lab));
    });
  }
});

labTest(
  "capture: without a yes nothing is created, and without a right the line is said",
  routed,
  skip,
  async (lab, t) => {
    const at = folderFor(t);
    const asked = await started(["capture", "n1-p1", "--access", "ephemeral", "--save", at.file, ...inLab(lab)], at.env)
      .ran;
    assert.equal(asked.code, 2);
    assert.match(asked.err, /there is no terminal to ask at: give --yes to agree/);
    const rules = [{ namespaces: ["*"], apiGroups: ["*"], resources: ["*"], verbs: ["get", "list"] }];
    await lab.control({ rules: { viewer: rules } });
    const viewer = inLab(lab, `${lab.name}-viewer`);
    const may = await started(
      ["capture", "n1-p1", "--access", "ephemeral", ...netshoot, "--save", at.file, ...viewer],
      at.env,
    ).ran;
    assert.equal(may.code, 3, may.err);
    assert.match(may.err, /You may not patch pods\/ephemeralcontainers/);
    assert.match(
      may.err,
      /By hand: kubectl --context \S+ -n default debug n1-p1 --profile=netadmin -it --image=\S+ -- tcpdump -p -n -i any -s 128 -c 10000 '\(ip6\)'/,
    );
    assert.deepEqual([created(lab), readdirSync(at.folder)], [[], ["state"]]);
  },
);

labTest(
  "capture: what docs/permissions.md says of it is enough, and each right is missed",
  routed,
  skip,
  async (lab, t) => {
    const at = folderFor(t);
    const viewer = inLab(lab, `${lab.name}-viewer`);
    const rights = needed
      .filter(({ from }) => from === "capture" || from === "ephemeral")
      .flatMap(({ resources, verbs, apiGroup, in: where }) =>
        resources.map((resource) => ({ resources: [resource], verbs: [...verbs], apiGroups: [apiGroup], where })),
      );
    const capturedWith = async (rules: typeof rights, target: string) => {
      const copies = rules.map(({ where: _, ...rule }) => ({ ...rule, namespaces: ["*"] }));
      await lab.control({ rules: { viewer: copies } });
      const args = ["capture", target, "--access", "ephemeral", ...netshoot, "--seconds", "2", "--overwrite"];
      return started([...args, "--save", at.file, ...viewer], at.env).ran;
    };
    const whole = await capturedWith(rights, "n1-p1");
    assert.ok(whole.code === 0 || whole.code === 1, whole.err);
    assert.match(whole.err, /packets in /);
    const node = await capturedWith(rights, "node/n1");
    assert.match(node.err, /No container without a limit of memory in the network of the node has tcpdump/);
    for (const right of rights.filter(({ where }) => where === "namespace")) {
      const { code, err } = await capturedWith(
        rights.filter((one) => one !== right),
        "n1-p1",
      );
      assert.equal(code, 3, `${right.verbs} ${right.resources}: ${err}`);
      assert.match(err, /forbidden|You may not/, `${right.verbs} ${right.resources}`);
    }
  },
);

/** Whether tcpdump runs in the network of a pod or node of the lab. */
async function capturing(lab: Lab): Promise<boolean> {
  const { stdout } = await run(["ip", "netns", "pids", `${lab.name}-n1-p1`]);
  const pids = stdout.split("\n").filter(Boolean);
  return pids.some((pid) => commandOf(pid).startsWith("tcpdump"));
}

async function running(words: string): Promise<boolean> {
  return readdirSync("/proc").some((pid) => /^\d+$/.test(pid) && commandOf(pid).includes(words));
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}

test("read: a capture among files is read as one, and what is odd in it is told by the exit code", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "kube-ipv6-read-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const [odd, text] = [join(folder, "odd.pcap"), join(folder, "sysctl")];
  writeFileSync(odd, pcap([0, 1, 5].map((time) => [time, solicitation("fd00::b", "fd00::a")])));
  writeFileSync(text, "net.ipv6.conf.all.forwarding = 0\n");
  const { code, out } = await here(["read", odd, text]);
  assert.equal(code, 1);
  assert.match(
    out,
    /fd00::a solicits neighbour fd00::b, 3 times within 5\.0 s: no advertisement in this capture {2}\[packets 1, 2, 3\]/,
  );
  assert.match(out, /IPv6 is not forwarded/);
  const [first] = JSON.parse((await here(["read", "--format", "json", odd])).out);
  assert.deepEqual([first.capture.file.packets, first.capture.sections[0].told[0].odd], [3, true]);
  const empty = join(folder, "empty.pcap");
  writeFileSync(empty, pcap([]));
  assert.equal((await here(["read", empty])).code, 3);
});

test("capture: wrong usage is said before a cluster is asked", async () => {
  const wrong: readonly (readonly [RegExp, ...string[]])[] = [
    [/one target/],
    [/--save FILE is needed/, "web"],
    [/is no POD, NAMESPACE\/POD or node\/NAME/, "a/b/c", "--save", "x"],
    [/is no POD/, "$(id)", "--save", "x"],
    [/--only is one of/, "web", "--save", "x", "--only", "tcp"],
    [/is no IPv4 or IPv6 address/, "web", "--save", "x", "--peer", "fd00::1 or tcp"],
    [/--seconds is a number from 1 to 240/, "web", "--save", "x", "--seconds", "999"],
    [/is no name of an interface/, "web", "--save", "x", "--interface=-w/etc/passwd"],
  ];
  for (const [says, ...args] of wrong) {
    const { code, err } = await here(["capture", ...args]);
    assert.equal(code, 2, args.join(" "));
    assert.match(err, says);
  }
});
