import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { judgeFile } from "#cli/judge.ts";
import type { NamedRule } from "#core/lint/rule.ts";
import { Workspace } from "#core/lint/workspace.ts";
import { Surroundings } from "#files/surroundings.ts";
import { folder, here, main, type Ran } from "./cli.ts";

const policy = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {}
  policyTypes: [Ingress]
  ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0}}]}]
`;
const service = (spec: string) =>
  `apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {a: b}, ${spec}}\n`;
const misspelt = service("ipFamilyPolicy: PreferDualStack, ipFamilies: [IPv4, ipv6]");

const files = {
  "well.txt": "net.ipv6.conf.all.forwarding = 1\n",
  "odd.txt": "net.ipv6.conf.all.forwarding = 0\n",
  "clean.yaml": "kind: ConfigMap\nmetadata: {name: a}\n",
  "hint.yaml": service("ipFamilyPolicy: PreferDualStack, ipFamilies: [IPv4, IPv6]"),
  "finding.yaml": policy,
  "misspelt.yaml": misspelt,
  "many.yaml": `${misspelt}---\n`.repeat(3_000),
  "overlap.yaml": `kind: ClusterConfiguration
apiVersion: kubeadm.k8s.io/v1beta4
networking: {podSubnet: fd00:244::/56, serviceSubnet: fd00:244::/112}
`,
  "policy.yaml": `${policy}---\nkind: Pod\nmetadata: {name: web}\nspec: {containers: []}\n`,
  "pod.yaml": "kind: Pod\nmetadata: {name: web}\nspec: {containers: []}\n",
  "needs-ipv4.yaml": `kind: Pod
metadata: {name: web}
spec: {containers: [{name: app, env: [{name: DB_URL, value: "http://192.0.2.7/"}]}]}
`,
  "before.json": '{"kind": "kube-ipv6 services", "services": [{"service": "a/b", "differences": []}]}',
  "after.json":
    '{"kind": "kube-ipv6 services", "services": [{"service": "a/b", "differences": [{"kind": "ready", "family": "IPv6", "what": "x"}]}]}',
  "plan.json": '{"roots": [], "overlaps": []}',
  "tier.yaml": `apiVersion: projectcalico.org/v3
kind: GlobalNetworkPolicy
metadata: {name: guard}
spec: {tier: own, types: [Egress], egress: [{action: Deny, destination: {nets: [0.0.0.0/0]}}]}
`,
  "binary.yaml": "\0\0\0",
  "broken.yaml": `${policy}  egress: [\n`,
  "deep.yaml": `kind: Service\nspec: ${"[".repeat(2_000)}${"]".repeat(2_000)}\n`,
  "settings/clean.yaml": "kind: ConfigMap\n",
  "settings/.kube-ipv6.yaml": "kubernetes: new\n",
  "excluded/finding.yaml": policy,
  "excluded/.kube-ipv6.yaml": "exclude: ['*']\n",
};

function inShell(script: string, cwd: string): Ran {
  const { status, stdout, stderr } = spawnSync("bash", ["-c", script], { cwd, encoding: "utf8", timeout: 60_000 });
  return { code: status, out: stdout, err: stderr };
}

describe("the table of exit codes says what is so", () => {
  const table = readFileSync(join(import.meta.dirname, "../../docs/exit-codes.md"), "utf8");
  const rows = [...table.matchAll(/^\| (\d) \| (.+?) \| (?:`(.+)` )?\|$/gm)];
  const started = new Set<string>();
  for (const [, code = "", when, command] of rows)
    test(`${code} ${when}`, { skip: command === undefined && "is seen below" }, async (t) => {
      const cwd = folder(t, files);
      mkdirSync(join(cwd, "nothing"));
      writeFileSync(join(cwd, "latin1.yaml"), Buffer.from(`${misspelt}# caf\xe9\n`, "latin1"));
      await here(["lint", "--write-baseline", "known.json", "finding.yaml"], { cwd });
      const [, ...words] = (command ?? "").split(" ");
      // What a shell does, and each code once, is seen in a process of its own.
      const simple = started.has(code) && words.every((word) => /^[\w.:/-]+$/.test(word));
      started.add(code);
      const script = `set -o pipefail; kube-ipv6() { '${process.execPath}' '${main}' "$@"; }; ${command?.replaceAll("\\|", "|")}`;
      const ran = simple ? await here(words, { cwd }) : inShell(script, cwd);
      assert.equal(ran.code, Number(code), `${ran.out}${ran.err}`);
      assert.doesNotMatch(ran.err, /^ {4}at /m);
      if (code === "3") assert.match(ran.err, /^kube-ipv6/m);
    });
  test("it has every code", () => assert.deepEqual([...new Set(rows.map(([, code]) => code))], ["0", "1", "2", "3"]));
});

test("a rule that fails is named in one line, and what the others say stands", () => {
  const rule = (id: string, check: NamedRule["rule"]["check"]) =>
    ({ id, rule: { summary: "", why: "", source: "", severity: "error", codes: [], kinds: ["*"], check } }) as never;
  const workspace = new Workspace([
    rule("fails", () => {
      throw new RangeError("too deep\nsecond line");
    }),
    rule("speaks", function* (resource) {
      yield { at: resource.root, message: "here" };
    }),
  ]);
  workspace.open("/a.yaml", "kind: Service\nspec: {clusterIP: fd00::1}\n");
  const { findings, unjudged } = judgeFile(workspace, { name: "a.yaml", path: "/a.yaml" }, new Surroundings());
  assert.deepEqual(
    findings.map(({ rule }) => rule),
    ["speaks"],
  );
  assert.deepEqual(unjudged, [
    { file: "a.yaml", message: "was not judged by rule fails, which failed: RangeError: too deep" },
  ]);
});

test("what is no YAML before it is filled in is not called broken", async (t) => {
  const actions = `${policy}  egress:\n  {{- if .x }}\n    a: 1\n  {{- end }}\n  - to: []\n`;
  const cwd = folder(t, { "a.yaml": actions, "b.yaml": `${policy}  egress: [$\{X}]\n` });
  const { code, err } = await here(["lint", "a.yaml", "b.yaml"], { cwd });
  for (const line of [/^kube-ipv6: a\.yaml:\d+ (.*?): /m, /^kube-ipv6: b\.yaml:\d+ (.*?): /m])
    assert.equal(line.exec(err)?.[1], "was read in part only, since it is no YAML before it is filled in");
  assert.equal(code, 3);
});

describe("what was not judged as a whole, and why, is said in every format", () => {
  const run = (t: Parameters<typeof folder>[0], format: string) => {
    const cwd = folder(t, files);
    const args = ["binary.yaml", "broken.yaml", "deep.yaml", "finding.yaml", "settings/clean.yaml"];
    return here(["lint", "--format", format, ...args], { cwd });
  };
  const said = [
    /^kube-ipv6: binary\.yaml was not looked at: it is a binary file$/m,
    /^kube-ipv6: broken\.yaml:\d+ was read in part only, since the YAML is broken: /m,
    /^kube-ipv6: deep\.yaml:2 was not looked at: .*; this document was left out$/m,
    /^kube-ipv6: .*kubernetes: "new" is not a version/m,
  ];
  for (const format of ["text", "json", "json-report", "sarif", "junit", "github"])
    test(format, async (t) => {
      const { code, err } = await run(t, format);
      for (const sentence of said) assert.match(err, sentence);
      assert.equal(code, 3);
    });

  test("json is the list of findings", async (t) => {
    const findings = JSON.parse((await run(t, "json")).out) as { file: string }[];
    assert.deepEqual([...new Set(findings.map(({ file }) => file))], ["broken.yaml", "finding.yaml"]);
  });

  test("json-report has both", async (t) => {
    const report = JSON.parse((await run(t, "json-report")).out);
    assert.equal(report.exitCode, 3);
    assert.deepEqual(report.files, ["broken.yaml", "deep.yaml", "finding.yaml", "settings/clean.yaml"]);
    assert.deepEqual(
      report.unjudged.map(({ file, line }: { file?: string; line?: number }) => [file, line]),
      [
        ["binary.yaml", undefined],
        ["broken.yaml", report.unjudged[1].line],
        ["deep.yaml", 1],
        [undefined, undefined],
      ],
    );
    assert.ok(report.findings.length > 0);
  });

  test("SARIF tells of it in its invocation", async (t) => {
    const [{ invocations }] = JSON.parse((await run(t, "sarif")).out).runs;
    const [{ executionSuccessful, exitCode, toolExecutionNotifications, toolConfigurationNotifications }] = invocations;
    assert.deepEqual([executionSuccessful, exitCode], [false, 3]);
    assert.deepEqual(
      toolExecutionNotifications.map(
        (each: { locations: { physicalLocation: { artifactLocation: { uri: string } } }[] }) =>
          each.locations[0]?.physicalLocation.artifactLocation.uri,
      ),
      ["binary.yaml", "broken.yaml", "deep.yaml"],
    );
    assert.match(toolConfigurationNotifications[0].message.text, /is not a version/);
    const clean = await here(["lint", "--format", "sarif", "clean.yaml"], { cwd: folder(t, files) });
    assert.equal(JSON.parse(clean.out).runs[0].invocations[0].executionSuccessful, true);
  });

  test("JUnit counts it as errors", async (t) => {
    const { out } = await run(t, "junit");
    assert.match(out, /<testsuites name="kube-ipv6" tests="6" failures="2" errors="4">/);
    assert.match(out, /<testcase name="binary\.yaml"[^>]*>\n {6}<error message="binary\.yaml was not looked at/);
  });

  test("GitHub shows it at its line", async (t) => {
    assert.match(
      (await run(t, "github")).out,
      /^::error file=deep\.yaml,line=2,title=kube-ipv6 not judged::deep\.yaml:2 was not/m,
    );
  });
});
