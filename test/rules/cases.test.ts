import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { after, describe, it } from "node:test";
import type { Shape } from "#core/addresses/shape.ts";
import type { NamedRule, Rule } from "#core/lint/rule.ts";
import { Workspace } from "#core/lint/workspace.ts";
import { parseDocument } from "#core/manifest/document.ts";

/** Manifests with the verdict of the real validators; `lint` is what has to be reported at error or warning, and nothing else. */
interface Case {
  readonly file: string;
  readonly lint: readonly { readonly rule: string; readonly severity: string; readonly path: string }[];
  readonly expectLegacy?: "valid" | "invalid";
  readonly expectByCluster?: "same" | Readonly<Record<string, "valid" | "invalid">>;
  readonly cluster?: Shape;
  readonly old?: string;
}

const folder = new URL("../cases/", import.meta.url);
const cases: readonly Case[] = JSON.parse(readFileSync(new URL("cases.json", folder), "utf8"));
/**
 * Verdicts we do not share, with what we say instead. kubeadm-014: fd12:3456::/47 ends at fd12:3456:1:ffff:..., so that it
 * does not overlap fd12:3456:789b::/112. ippool-020, seed-008: Calico, and a plan on paper, compare no text, so that a spelling is a
 * hint there.
 */
const disputed: Readonly<Record<string, Case["lint"]>> = {
  "kubeadm-014-pod-node-mask-diff-17.yaml": [{ rule: "KADM007", severity: "error", path: "networking.podSubnet" }],
  "ippool-020-non-canonical.yaml": [],
  "seed-008-000-l864-addressing.yaml": [
    { rule: "X001", severity: "error", path: "addressing.reserved_ranges.infrastructure" },
    { rule: "X001", severity: "error", path: "addressing.reserved_ranges.applications" },
    { rule: "IP013", severity: "warning", path: "addressing" },
  ],
};
const rules = await allRules();
const wrong: string[] = [];

describe("cases judged by the real validators", () => {
  for (const one of cases) {
    it(one.file, () => {
      try {
        assert.deepEqual(
          loud(check(one, one.cluster ?? "unknown", 36), one),
          (disputed[one.file] ?? one.lint).map(line).sort(),
        );
      } catch (error) {
        wrong.push(one.file);
        throw error;
      }
    });
    if (one.expectLegacy === "valid")
      it(`${one.file} before Kubernetes 1.36`, () =>
        assert.deepEqual(errors(check(one, one.cluster ?? "unknown", 35)), []));
    if (typeof one.expectByCluster === "object")
      for (const [cluster, verdict] of Object.entries(one.expectByCluster))
        it(`${one.file} on ${cluster}`, () =>
          assert.equal(errors(check(one, cluster as Shape, 36)).length > 0 ? "invalid" : "valid", verdict));
  }
  after(() =>
    console.log(
      `cases right: ${cases.length - wrong.length} of ${cases.length}${wrong.map((file) => `\n  wrong: ${file}`).join("")}`,
    ),
  );
});

interface Said {
  readonly codes: readonly string[];
  readonly severity: string;
  readonly path: string;
  readonly message: string;
}

function check(one: Case, cluster: Shape, kubernetes: number): Said[] {
  const { file, old } = one;
  const before = old === undefined ? [] : resourcesOf(readFileSync(new URL(old, folder), "utf8"));
  const workspace = new Workspace(rules, {
    cluster,
    kubernetes,
    // The ranges of the cluster that the verdicts are of.
    ...(one.cluster ? { serviceCIDRs: ["10.96.0.0/16", "fd00:10:96::/112"] } : {}),
    old: (_, resource) => before.find(({ kind, name }) => kind === resource.kind && name === resource.name),
  });
  workspace.open(file, readFileSync(new URL(file, folder), "utf8"));
  return workspace.check(file).flatMap(({ findings, crashes }) => {
    assert.deepEqual(crashes, []);
    return findings;
  });
}

/** A finding that serves several numbers is taken for the one that is expected at its place. */
function loud(said: readonly Said[], { lint }: Case): string[] {
  return said
    .filter(({ severity }) => severity !== "information")
    .map(({ codes, severity, path }) => {
      const rule =
        codes.find((code) => lint.some((wanted) => wanted.rule === code && wanted.path === path)) ?? codes.join("|");
      return line({ rule, severity, path });
    })
    .sort();
}

function errors(said: readonly Said[]): Said[] {
  return said.filter(({ severity }) => severity === "error");
}

function line({ rule, severity, path }: Case["lint"][number]): string {
  return `${path} ${severity} ${rule}`;
}

function resourcesOf(text: string) {
  return text.split(/^---$/m).flatMap((part) => parseDocument(part).resources);
}

async function allRules(): Promise<NamedRule[]> {
  const names = readdirSync(new URL("../../core/src/rules/", import.meta.url)).filter(
    (name) => name.endsWith(".ts") && name !== "index.ts",
  );
  return Promise.all(
    names.sort().map(async (name) => ({
      id: name.slice(0, -3),
      rule: ((await import(`#core/rules/${name}`)) as { rule: Rule }).rule,
    })),
  );
}
