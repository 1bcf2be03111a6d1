import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { parseAllDocuments } from "yaml";
import { admissionFormats, admissionPolicies, exportable, twins } from "#core/admission/policies.ts";
import type { Twin } from "#core/admission/twin.ts";
import { Workspace } from "#core/lint/workspace.ts";
import type { Resource } from "#core/manifest/resource.ts";
import { rules } from "#core/rules/index.ts";
import { here } from "../cli/cli.ts";
import { evaluate } from "../support/cel.ts";

const root = new URL("../../", import.meta.url).pathname;

/** Whatever manifests the tests and the rules' own pages have. */
function texts(): readonly (readonly [name: string, text: string])[] {
  const folder = join(root, "test/cases");
  const cases = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")] as const);
  const examples = rules.flatMap(({ id, rule: { example } }) => [
    [`${id}, bad`, example.bad] as const,
    [`${id}, good`, example.good] as const,
  ]);
  return [...cases, ...examples];
}

interface Judged {
  readonly name: string;
  readonly object: Readonly<Record<string, unknown>>;
  /** The rules of severity error that report something. */
  readonly errors: ReadonlySet<string>;
}

/** The objects that stand by themselves, and what the linter says of each. */
function judged(): Judged[] {
  return texts().flatMap(([name, text]) => {
    if (text.includes("{{")) return [];
    const workspace = new Workspace(rules);
    workspace.open("case.yaml", text);
    return workspace.check("case.yaml").flatMap(({ document, findings }) => {
      if (document.problems.length > 0) return [];
      const errors = new Set(findings.filter(({ severity }) => severity === "error").map(({ rule }) => rule));
      const own = document.resources.filter(({ embedded }: Resource) => !embedded);
      const [resource] = own;
      if (own.length !== 1 || !resource) return [];
      const object = resource.toJSON();
      return typeof object === "object" && object !== null
        ? [{ name, object: object as Judged["object"], errors }]
        : [];
    });
  });
}

function selects({ targets }: Twin, { apiVersion, kind }: Judged["object"]): boolean {
  return targets.some(({ group, versions, kind: wanted }) =>
    versions.some((version) => kind === wanted && apiVersion === (group === "" ? version : `${group}/${version}`)),
  );
}

const refuses = ({ checks }: Twin, object: unknown): boolean =>
  checks.some(({ holds }) => evaluate(holds, { object }) !== true);

describe("each policy is a twin of its rule", () => {
  const all = judged();
  for (const twin of twins)
    test(twin.rule, (t) => {
      const own = all.filter(({ object }) => selects(twin, object));
      const wrong = own.flatMap(({ name, object, errors }) => {
        const refused = refuses(twin, object);
        return refused === errors.has(twin.rule) ? [] : [`${name}: ${refused ? "refused" : "let through"}`];
      });
      assert.deepEqual(wrong, []);
      const bad = own.filter(({ errors }) => errors.has(twin.rule)).length;
      t.diagnostic(`${own.length} objects, ${bad} refused`);
      assert.ok(bad > 0 && bad < own.length, "it says something, and not of everything");
    });
});

test("an API server of 1.36 refused what the twins of its own rules refuse, and took what they let through", () => {
  const answers: { object: Judged["object"]; says: string | null; rule?: string }[] = JSON.parse(
    readFileSync(new URL("data/answers.json", import.meta.url), "utf8"),
  );
  const own = twins.filter(({ server }) => server);
  let refused = 0;
  for (const { object, says, rule } of answers) {
    const by = own.filter((twin) => selects(twin, object) && refuses(twin, object)).map((twin) => twin.rule);
    assert.deepEqual(by, rule === undefined ? [] : [rule], says ?? JSON.stringify(object));
    if (rule) refused++;
  }
  assert.ok(refused >= 10 && answers.filter(({ says }) => says === null).length >= 10);
});

test("no expression fails on an object that has nothing, or everything in the wrong type", () => {
  for (const twin of twins)
    for (const { holds } of twin.checks) {
      const bare = { metadata: { name: "cilium-config" } };
      assert.equal(typeof evaluate(holds, { object: bare }), "boolean", holds);
      assert.equal(typeof evaluate(holds, { object: { ...bare, spec: {}, data: {} } }), "boolean", holds);
    }
});

test("what is exported is YAML with one policy a rule, and nothing in it that the API server refuses itself", async () => {
  for (const format of admissionFormats)
    for (const action of ["warn", "deny"] as const) {
      const objects = parseAllDocuments(admissionPolicies(exportable(format), format, action)).map((one) => one.toJS());
      const names = objects.filter(({ kind }) => !kind.endsWith("Binding")).map(({ metadata }) => metadata.name);
      assert.deepEqual(
        names,
        exportable(format).map(({ rule }) => `kube-ipv6-${rule}`),
      );
      for (const { spec } of objects) {
        if (spec.validationActions)
          assert.deepEqual(spec.validationActions, action === "deny" ? ["Deny"] : ["Warn", "Audit"]);
        for (const { message, expression } of spec.validations ?? []) {
          assert.ok(message.length < 200 && !/[\n]/.test(message));
          assert.ok(evaluate(expression, { object: { metadata: { name: "a" }, spec: {} } }) !== undefined);
        }
      }
    }
  assert.ok(exportable("validatingadmissionpolicy").every(({ server }) => !server));
  assert.ok(twins.every(({ rule }) => rules.some(({ id, rule: { severity } }) => id === rule && severity === "error")));
});

test("a policy says nothing of a change that leaves what it judges as it was", () => {
  const [policy] = parseAllDocuments(
    admissionPolicies(exportable("validatingadmissionpolicy").slice(0, 1), "validatingadmissionpolicy", "deny"),
  ).map((one) => one.toJS());
  const [{ expression }] = policy.spec.matchConditions;
  const spec = { cidr: "fd00::/64", ipipMode: "Always" };
  const changed = (object: object, oldObject: object | null) => evaluate(expression, { object, oldObject });
  assert.equal(changed({ spec }, null), true);
  assert.equal(changed({ spec, metadata: { labels: { a: "b" } } }, { spec }), false);
  assert.equal(changed({ spec: { ...spec, ipipMode: "Never" } }, { spec }), true);
});

test("kube-ipv6 export writes what is asked for", async () => {
  const one = await here(["export", "--format", "kyverno", "--action", "deny", "network-policy-protocol"]);
  assert.equal(one.code, 0);
  const [policy, ...more] = parseAllDocuments(one.out).map((each) => each.toJS());
  assert.equal(more.length, 0);
  assert.deepEqual(policy.spec.rules[0].match.any[0].resources.kinds, ["networking.k8s.io/v1/NetworkPolicy"]);
  assert.equal(policy.spec.rules[0].validate.failureAction, "Enforce");
  for (const args of [
    [],
    ["-o", "rego"],
    ["-o", "validatingadmissionpolicy", "network-policy-protocol"],
    ["-o", "kyverno", "x"],
  ])
    assert.equal((await here(["export", ...args])).code, 2, args.join(" "));
});
