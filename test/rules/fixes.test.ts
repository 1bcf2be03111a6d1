import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { shifted } from "#core/lint/checked-resource.ts";
import type { Finding } from "#core/lint/rule.ts";
import { defaults } from "#core/lint/settings.ts";
import { Workspace } from "#core/lint/workspace.ts";
import { applyEdits } from "#core/manifest/apply.ts";
import type { Edit } from "#core/manifest/edit.ts";
import { ManifestFile } from "#core/manifest/file.ts";
import { rules } from "#core/rules/index.ts";

/** Every fix of every manifest here: the result parses, the finding is gone, no new one came, and nothing else has moved. */
describe("fixes on all cases and examples", () => {
  let tried = 0;
  for (const { name, text } of manifests()) {
    it(name, () => {
      const before = check(text);
      for (const finding of before.findings) {
        for (const { title, edits } of finding.fixes) {
          tried++;
          holds(text, before, edits, `${finding.rule} at ${finding.path}: ${title}`, finding);
        }
      }
    });
  }
  it("there are fixes at all", () => assert.ok(tried > 50, `${tried} fixes were tried`));
});

/**
 * What a mistake hid from other rules, which comes to light when it is mended: `{cidr: ::/0}` is no YAML, so that nobody saw
 * a policy for IPv6 alone; with an encapsulation that the operator refuses there is no pool yet to be masqueraded; of a
 * nodePortAddress without a length nobody can tell which family it restricts; and of a cluster without IPv6 nobody asks for it.
 */
const comesToLight: Readonly<Record<string, string>> = {
  "cidr-invalid": "kube-proxy-node-port-addresses",
  "yaml-flow-colon": "network-policy-ipv6-any",
  "tigera-encapsulation": "calico-pool-nat",
  "kubeadm-subnet-families": "corefile-reverse-zones",
};

interface Checked {
  readonly findings: readonly Finding[];
  readonly problems: number;
}

function check(text: string): Checked {
  const workspace = new Workspace(rules, defaults);
  workspace.open("a.yaml", text);
  let offset = 0;
  const findings = workspace.check("a.yaml").flatMap(({ document, findings: found }) => {
    const here = found.map((finding) => shifted(finding, offset));
    offset += document.text.length;
    return here;
  });
  return { findings, problems: new ManifestFile(text).documents.flatMap((document) => document.problems).length };
}

function holds(text: string, before: Checked, edits: readonly Edit[], title: string, fixed?: Finding): void {
  const result = applyEdits(text, edits);
  assert.notEqual(result, text, `${title}: nothing changed`);
  const after = check(result);
  assert.ok(after.problems <= before.problems, `${title}: the result is no sound YAML:\n${result}`);
  const count = (findings: readonly Finding[], identity: string) =>
    findings.filter((finding) => sameAs(finding) === identity).length;
  if (fixed)
    assert.ok(
      count(after.findings, sameAs(fixed)) < count(before.findings, sameAs(fixed)),
      `${title}: still there:\n${result}`,
    );
  const fresh = after.findings
    .filter(({ severity }) => severity !== "information")
    .filter(({ rule }) => before.findings.every((hiding) => comesToLight[hiding.rule] !== rule))
    .filter((finding) => count(before.findings, sameAs(finding)) === 0);
  assert.deepEqual(
    fresh.map(({ rule, path, message }) => `${rule} ${path} ${message}`),
    [],
    `${title}: new findings in\n${result}`,
  );
  untouched(text, result, edits, title);
}

/** A rule, and where in which object; the index may move when a list gets shorter, and a message may quote what is mended. */
function sameAs({ rule, kind, name, path }: Finding): string {
  return JSON.stringify([rule, kind, name, path.replace(/\[\d+\]/g, "[]")]);
}

/** Comments and line ends outside the edited lines stay. */
function untouched(text: string, result: string, edits: readonly Edit[], title: string): void {
  const touched = new Set<number>();
  for (const { start, end } of edits)
    for (let line = lineAt(text, start); line <= lineAt(text, Math.max(start, end - 1)); line++) touched.add(line);
  const kept = text.split("\n").filter((line, index) => !touched.has(index) && line.trim() !== "");
  const lines = result.split("\n");
  for (const line of kept) assert.ok(lines.includes(line), `${title}: the line "${line}" is gone`);
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length - 1;
}

function manifests(): { name: string; text: string }[] {
  return ["../cases/", "../../examples/"].flatMap((folder) => {
    const url = new URL(folder, import.meta.url);
    return readdirSync(url)
      .filter((name) => name.endsWith(".yaml"))
      .map((name) => ({ name, text: readFileSync(new URL(name, url), "utf8") }));
  });
}
