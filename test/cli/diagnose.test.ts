import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { it } from "node:test";
import { rootCertificates } from "node:tls";
import { parse, stringify } from "yaml";
import { worked } from "#core/judging/symptom.ts";
import type { DiagnosisDocument } from "#core/report/diagnosis-json.ts";
import { faults } from "#test/lab/faults.ts";
import type { Lab } from "#test/lab/lab.ts";
import { perform } from "#test/lab/perform.ts";
import { labSkip, labTest } from "#test/lab/support.ts";
import { cli, folder, type Ran } from "./cli.ts";
import { diagnosing, inLab } from "./in-lab.ts";

const skip = await labSkip();

const pair = ["--from", "default/n1-p1", "--to", "default/n2-p1"];
const json = ({ out }: Ran): DiagnosisDocument => JSON.parse(out);
/** What was dialled or looked up over IPv6 and worked, or failed. */
const six = ({ symptoms }: DiagnosisDocument, how: "works" | "fails"): string[] =>
  symptoms
    .filter((one) => one.family === "IPv6" && (how === "works" ? worked(one) : one.failed))
    .map(({ to, text }) => `${to}: ${text}`);

labTest(
  "diagnose: health, a fault, and what may not be looked at have exit codes and words of their own",
  { nodes: 2, pods: 2, images: { "n2-p2": "distroless" } },
  skip,
  async (lab) => {
    const healthy = await diagnosing([...inLab(lab), ...pair]);
    assert.equal(healthy.code, 0, healthy.out + healthy.err);
    assert.match(healthy.out, /^IPv6 diagnosis .*\nIPv6 {2}works {2}all \d+ attempts\nIPv4 {2}works /);

    const around = json(
      await diagnosing([...inLab(lab), "--from", "default/n1-p1", "--no-outside", "--format", "json"]),
    );
    assert.deepEqual(six(around, "fails"), []);
    assert.deepEqual(around.causes, []);
    for (const seen of [/pod default\/n1-p2/, /pod default\/n2-p1/, /Service default\/web/, /AAAA of web/])
      assert.ok(
        six(around, "works").some((text) => seen.test(text)),
        `${seen} in ${six(around, "works")}`,
      );
    assert.doesNotMatch(JSON.stringify(around), /2001:4860/, "nothing leaves the cluster");

    const node = json(await diagnosing([...inLab(lab), "--to", "node/n2", "--format", "json"]));
    assert.ok(six(node, "works").some((text) => text.startsWith("node n2 [2001:db8:18::102]:10250")));
    assert.ok(six(node, "works").some((text) => text.startsWith("pod default/n2-p1")));

    const viewer = await diagnosing([...inLab(lab, `${lab.name}-viewer`), ...pair]);
    assert.equal(viewer.code, 3, "nothing was dialled");
    assert.match(viewer.out, /^IPv6 diagnosis .*\nCannot run sh .*cannot get resource "pods\/exec"/);
    assert.match(viewer.out, /\nwhat you may not\n {2}list nodes\n {2}get pods\/exec in namespace default\n/);
    assert.doesNotMatch(viewer.out, /works|fails|excluded/, "no verdicts where nothing could be dialled");

    const bare = await diagnosing([...inLab(lab), "--from", "default/n2-p2", "--to", "default/n1-p1"]);
    assert.equal(bare.code, 3);
    assert.match(bare.out, /no container in the network of pod default\/n2-p2 has any of sh, python3 .*distroless/);

    const gone = await diagnosing([...inLab(lab), "--from", "default/nobody"]);
    assert.equal(gone.code, 2);
    assert.match(gone.err, /pod default\/nobody was not found/);

    await perform(lab, faults.find(({ id }) => id === "forwarding-off")?.inject ?? []);
    const broken = await diagnosing([...inLab(lab), ...pair, "--format", "json"]);
    assert.equal(broken.code, 1);
    const { causes, asked } = json(broken);
    assert.deepEqual([causes[0]?.id, causes[0]?.code, causes[0]?.verdict], ["forwarding-off", "K03", "proven"]);
    assert.ok(asked.exec <= 3);
    const text = await diagnosing([...inLab(lab), "--from", "default/n1-p1"]);
    assert.match(text.out, /\nIPv6 {2}fails {2}IPv6 forwarding is off on the node\nIPv4 {2}works /);
    const markdown = await diagnosing([...inLab(lab), ...pair, "--format", "markdown"]);
    assert.match(
      markdown.out,
      /^# IPv6 diagnosis from pod default\/n1-p1[\s\S]*\n## IPv6 forwarding is off on the node/,
    );
  },
);

labTest("diagnose: a pod that goes away in the middle leaves an answer", { nodes: 2, pods: 1 }, skip, async (lab) => {
  await lab.control({ delay: 150 });
  const running = diagnosing([...inLab(lab), ...pair]);
  await perform(lab, [{ remove: "/api/v1/namespaces/default/pods/n1-p1" }]);
  const { code, out, err } = await running;
  assert.ok(code === 2 || code === 3, `${code} ${out}`);
  assert.match(out + err, /not found|is not running|n1-p1/);
});

labTest("diagnose: a kubeconfig that does not lead to a cluster", { nodes: 1, pods: 1 }, skip, async (lab) => {
  const path = mkdtempSync(join(tmpdir(), "kube-ipv6-configs-"));
  try {
    const closed = `https://127.0.0.1:${await closedPort()}`;
    const ca = Buffer.from(rootCertificates[0] ?? "").toString("base64");
    const plugin = { apiVersion: "client.authentication.k8s.io/v1", command: "false", interactiveMode: "Never" };
    const files = [
      { name: "missing", text: undefined, says: /missing.*not|no such|ENOENT/is },
      { name: "broken", text: "clusters: [", says: /broken/ },
      { name: "plugin", text: altered(lab, {}, { exec: plugin }), says: /credential plugin|false/ },
      { name: "token", text: altered(lab, {}, { token: "expired" }), says: /401|Unauthorized|not accepted/i },
      { name: "unreachable", text: altered(lab, { server: closed }), says: /refused the connection \(ECONNREFUSED\)/ },
      {
        name: "authority",
        text: altered(lab, { "certificate-authority-data": ca }),
        says: /not signed by the kubeconfig's CA/,
      },
    ];
    for (const { name, text, says } of files) {
      const file = join(path, name);
      if (text !== undefined) writeFileSync(file, text);
      const { code, out, err } = await diagnosing(["--kubeconfig", file, ...pair]);
      assert.equal(code, 3, `${name}: ${out}${err}`);
      assert.equal(out, "");
      assert.match(err, says);
      assert.ok(err.trim().split("\n").length >= 2, `what to do stands below: ${err}`);
    }
    const unknown = await diagnosing([...inLab(lab, "nowhere"), ...pair]);
    assert.equal(unknown.code, 3);
    assert.match(unknown.err, /"nowhere"/);
  } finally {
    rmSync(path, { recursive: true });
  }
});

/** The lab's kubeconfig with other settings for its cluster, and another user. */
function altered({ kubeconfig }: Lab, cluster: object, user?: object): string {
  const config = parse(readFileSync(kubeconfig, "utf8"));
  Object.assign(config.clusters[0].cluster, cluster);
  if (user) config.users[0].user = user;
  return stringify(config);
}

/** A port of this machine that nobody listens on any more. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

it("diagnose --demo needs no cluster, in every format", () => {
  const text = cli(["diagnose", "--demo"]);
  assert.equal(text.code, 1);
  assert.match(text.out, /\nIPv6 {2}fails {2}/);
  const { causes } = JSON.parse(cli(["diagnose", "--demo", "--format", "json"]).out) as DiagnosisDocument;
  assert.equal(causes[0]?.code, "K03");
  assert.match(cli(["diagnose", "--demo", "--format", "markdown"]).out, /^# IPv6 diagnosis/);
});

it("diagnose: what was saved is judged again without its cluster", (t) => {
  const cwd = folder(t, { "notes.json": "{}" });
  const there = (name: string) => join(cwd, name);
  const live = cli(["diagnose", "--demo", "--format", "json", "--save", there("kept.json")]);
  const again = cli(["diagnose", "--open", there("kept.json"), "--format", "json", "--access", "exec", "--yes"]);
  assert.deepEqual([again.code, JSON.parse(again.out)], [1, JSON.parse(live.out)]);
  for (const name of ["notes.json", "nowhere.json"]) {
    const { code, err } = cli(["diagnose", "--open", there(name)]);
    assert.equal(code, 2, err);
    assert.match(err, new RegExp(name));
  }
});

it("diagnose says what is wrong with its options", () => {
  const wrong = [
    { args: ["--from", "a/b/c/d"], says: /--from: "a\/b\/c\/d" is none of/ },
    { args: ["--from", "node/n1"], says: /--from is POD or NAMESPACE\/POD, not "node\/n1"/ },
    { args: ["--to", "2001:db8::1:80"], says: /two ways: write \[2001:db8::1\]:80 .*or \[2001:db8::1:80\]/ },
    { args: ["--to", "deploy/web"], says: /names a deploy: .*svc\/NAME/ },
    { args: ["--outside", "example.org"], says: /"example\.org" is no IPv4 or IPv6 address/ },
    { args: ["--outside", "::1", "--no-outside"], says: /contradict/ },
    { args: ["--to", "svc/web", "--outside", "::1"], says: /without --to, and for --also-from here/ },
    { args: ["--to", "web", "--also-from", "here"], says: /--also-from dials what --to svc/ },
    { args: ["--also-from", "here"], says: /--also-from dials what --to svc/ },
    {
      args: ["--to", "svc/web", "--also-from", "pod/a"],
      says: /--also-from is here, node or node\/NAME, not "pod\/a"/,
    },
    { args: ["--to", "svc/web", "--also-from", "node/a", "--also-from", "node"], says: /takes one node/ },
    { args: ["--access", "root"], says: /--access is one of api, exec/ },
    { args: ["--timeout", "soon"], says: /number of seconds/ },
  ];
  for (const { args, says } of wrong) {
    const { code, err } = cli(["diagnose", ...args]);
    assert.equal(code, 2, args.join(" "));
    assert.match(err, says);
  }
});
