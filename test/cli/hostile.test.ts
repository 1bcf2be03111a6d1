import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { hostile, madeOf, obeyed } from "#test/text/hostile.ts";
import { cli, folder, type Ran } from "./cli.ts";

const q = JSON.stringify;
const manifest = `apiVersion: v1
kind: Service
metadata: {name: ${q(hostile)}, annotations: {a: ${q(hostile)}}}
spec: {clusterIP: ${q(`10.0.0.0/8${hostile}`)}, ipFamilyPolicy: ${q(hostile)}, ports: [{port: 80}]}
---
apiVersion: v1
kind: ${q(`::error::${hostile}`)}
metadata: {name: ${q(hostile)}}
spec: {clusterIP: "fd00::1::2"}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: ${q(hostile)}, namespace: default}
spec:
  podSelector: {}
  policyTypes: [Ingress]
  ingress: [{from: [{podSelector: {matchLabels: {a: ${q(hostile)}}}}, {ipBlock: {cidr: 0.0.0.0/0}}]}]
---
apiVersion: v1
kind: Pod
metadata: {name: ${q(hostile)}, namespace: default}
spec: {containers: [{name: a, image: b}]}
---
apiVersion: projectcalico.org/v3
kind: IPPool
metadata: {name: ${q(hostile)}}
spec: {cidr: 10.244.0.0/16}
---
apiVersion: projectcalico.org/v3
kind: IPPool
metadata: {name: ${q(`::add-mask::${hostile}`)}}
spec: {cidr: 10.244.0.0/17}
`;
const name = "::error title=a\n::stop-commands::b\u001b[2J\u202e##[error]x.yaml";
const files = {
  [name]: manifest,
  [`::add-mask::broken\n::error::${"\u009b"}.yaml`]: "kind: Service\nmetadata: {name: \u001b[31m\n  [",
};

function harmless({ out, err }: Ran): void {
  assert.deepEqual(obeyed(out), [], out);
  assert.deepEqual(obeyed(err), [], err);
}

describe("what files hold is not obeyed by a terminal or the log of a CI job", () => {
  for (const format of ["text", "json", "sarif", "junit"])
    test(`lint --format ${format}`, (t) => {
      const ran = cli(["lint", "--cluster", "dual-v4", "--format", format, "."], { cwd: folder(t, files) });
      assert.ok(ran.out.includes("PWNED"), "the words are there, as text");
      if (format === "json") JSON.parse(ran.out);
      harmless(ran);
    });

  test("lint --format github writes the commands of its own findings, one a line", (t) => {
    const { out } = cli(["lint", "--cluster", "dual-v4", "--format", "github", "."], { cwd: folder(t, files) });
    const lines = out.trimEnd().split("\n");
    assert.ok(lines.length > 1);
    for (const line of lines) assert.match(line, /^::(?:error|warning|notice) file=[^,:]*,line=\d+,col=\d+,[^:]*::/);
    assert.doesNotMatch(out, /(?!\n)[\p{Cc}\p{Cf}]/u);
  });

  test("policy, for people and for programs, and what it says of pods it does not find", (t) => {
    const cwd = folder(t, files);
    harmless(cli(["policy", "--from", `default/a=${"b"}`, "--to", "default/c=d", "."], { cwd }));
    harmless(cli(["policy", "--from", "default/a=b", "--to", `default/${hostile}`, "."], { cwd }));
    harmless(cli(["policy", "--from", "default/nobody", "--to", "default/c=d", "."], { cwd }));
    const { out } = cli(["policy", "--format", "json", "--from", "default/a=b", "--to", "default/c=d", "."], { cwd });
    assert.equal(JSON.parse(out)[0].ingress.isolatedBy[0].name, hostile);
  });

  test("plan is Markdown without links of others", (t) => {
    const ran = cli(["plan", "."], { cwd: folder(t, files) });
    harmless(ran);
    assert.match(ran.out, /overlaps/);
    assert.deepEqual(madeOf(ran.out), []);
  });

  test("options, commands and names on the command line come back as text", () => {
    harmless(cli([hostile]));
    harmless(cli(["lint", hostile]));
    harmless(cli(["lint", "--format", hostile, "."]));
    harmless(cli(["diagnose", "--to", hostile]));
  });

  test("diagnose: a kubeconfig's names and a plugin's words", (t) => {
    const config = (exec: object) =>
      q({
        "current-context": hostile,
        contexts: [{ name: hostile, context: { cluster: hostile, user: hostile } }],
        clusters: [{ name: hostile, cluster: { server: "https://127.0.0.1:9" } }],
        users: [{ name: hostile, user: { exec } }],
      });
    const plugin = { apiVersion: "client.authentication.k8s.io/v1", interactiveMode: "Never" };
    const cwd = folder(t, {
      fails: config({
        ...plugin,
        command: "sh",
        args: ["-c", 'printf "%s" "$WORDS" >&2; exit 3'],
        env: [{ name: "WORDS", value: hostile.replaceAll("\n", " ") }],
      }),
      absent: config({ ...plugin, command: `./${hostile}`, installHint: hostile }),
      other: q({ "current-context": `no\n${hostile}`, contexts: [{ name: hostile, context: {} }] }),
      broken: `clusters: [\n${hostile}`,
    });
    for (const file of ["fails", "absent", "other", "broken", hostile]) {
      const ran = cli(["diagnose", "--kubeconfig", file], { cwd });
      harmless(ran);
      assert.equal(ran.code, 3, ran.err);
    }
  });
});
