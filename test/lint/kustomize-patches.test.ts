import assert from "node:assert/strict";
import { test } from "node:test";
import { Configs } from "#core/lint/config-files.ts";
import { Patches } from "#core/lint/kustomize-patches.ts";
import { defaults } from "#core/lint/settings.ts";
import { Workspace } from "#core/lint/workspace.ts";
import { parseDocument } from "#core/manifest/document.ts";
import { rules } from "#core/rules/index.ts";

const reader = (files: Record<string, string>) => (path: string) =>
  files[path] === undefined ? undefined : { text: files[path] };

test("patches are the files that a kustomization beside or above names, in every spelling", () => {
  const patches = new Patches(
    reader({
      "/app/kustomization.yaml":
        "resources: [base.yaml]\npatches:\n  - path: a.yaml\n  - path: ./sub/b.yaml\n  - patch: '- op: add'\npatchesStrategicMerge: [c.yaml]\n",
      "/app/deep/x/kustomization.yml": "patchesJson6902:\n  - path: ../d.yaml\n",
      "/broken/kustomization.yaml": "patches: [\n",
    }),
  );
  const paths = [
    "/app/a.yaml",
    "/app/sub/b.yaml",
    "/app/c.yaml",
    "/app/base.yaml",
    "/app/sub/a.yaml",
    "/broken/a.yaml",
  ];
  assert.deepEqual(
    paths.filter((path) => patches.has(path)),
    ["/app/a.yaml", "/app/sub/b.yaml", "/app/c.yaml"],
  );
});

test("a document with $patch is partial, one with the word in a value is not", () => {
  const partial = (text: string) => parseDocument(text).resources.map((resource) => resource.partial);
  assert.deepEqual(partial("kind: Service\nspec:\n  ports:\n    - $patch: replace\n"), [true]);
  assert.deepEqual(partial("kind: Service\nmetadata:\n  name: a\n  note: 'say $patch: x'\n"), [false]);
});

test("the nearest settings count, and their mistakes are told once each", () => {
  const configs = new Configs(
    reader({
      "/w/.kube-ipv6.yaml": 'kubernetes: "1.30"\noneCluster: true\nexclude: [gen/*.yaml]\nwrong: 1\n',
      "/w/a/.kube-ipv6.yaml": "cluster: dual-v6\n",
    }),
  );
  assert.equal(configs.of("/w/b/c/x.yaml")?.config.kubernetes, 30);
  assert.equal(configs.of("/w/a/x.yaml")?.config.cluster, "dual-v6");
  assert.equal(configs.of("/elsewhere/x.yaml"), undefined);
  assert.equal(configs.scopeOf("/w/b/c/x.yaml"), "/w");
  assert.equal(configs.scopeOf("/w/a/x.yaml"), "/w/a");
  assert.equal(configs.excludes("/w/gen/x.yaml"), true);
  assert.equal(configs.excludes("/w/gen/sub/x.yaml"), false);
  assert.equal(configs.problems.length, 1);
});

test("a kustomization beside a file or in one of the two folders above may complete its objects, one elsewhere may not", () => {
  const patches = new Patches(
    reader({
      "/w/default/kustomization.yaml":
        "resources: [../manager]\nlabels: [{pairs: {app: web}, includeSelectors: true}]\n",
      "/w/manager/kustomization.yml": "resources: [service.yaml, deep/er/service.yaml]\n",
      "/w/empty/Kustomization": "",
    }),
  );
  const paths = ["/w/manager/service.yaml", "/w/manager/deep/er/service.yaml", "/w/default/a.yaml", "/w/empty/a.yaml"];
  assert.deepEqual(
    [...paths, "/w/a.yaml", "/w/other/a.yaml", "/w/manager/1/2/3/a.yaml"].filter((path) => patches.completes(path)),
    paths,
  );
});

test("a Service without selector is left alone where a kustomization may write one", () => {
  const service = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 80}]}\n";
  const patches = new Patches(reader({ "/w/kus/kustomization.yaml": "commonLabels: {app: web}\n" }));
  const workspace = new Workspace(rules, { ...defaults, completed: (path) => patches.completes(path) });
  for (const path of ["/w/kus/service.yaml", "/w/plain/service.yaml"]) workspace.open(path, service);
  const said = (path: string) => workspace.check(path).flatMap(({ findings }) => findings.map(({ rule }) => rule));
  assert.deepEqual(said("/w/kus/service.yaml"), []);
  assert.deepEqual(said("/w/plain/service.yaml"), ["service-without-endpoints"]);
});

test("settings that are all mistakes are told of in few words, and nothing above a repository's folder is looked for", () => {
  const wrong = Array.from({ length: 1_000 }, (_, index) => `wrong${index}: 1\n`).join("");
  const configs = new Configs(
    reader({ "/w/.kube-ipv6.yaml": wrong, "/.kube-ipv6.yaml": 'kubernetes: "1.30"\n' }),
    (folder) => folder === "/top",
  );
  assert.equal(configs.of("/w/x.yaml")?.config.kubernetes, undefined);
  assert.equal(configs.problems.length, 21);
  assert.match(configs.problems.at(-1) ?? "", /980 mistakes more/);
  assert.equal(configs.of("/top/a/x.yaml"), undefined);
  assert.equal(configs.of("/other/a/x.yaml")?.config.kubernetes, 30);
  const patches = new Patches(
    reader({
      "/top/kustomization.yaml": "patches: [{path: a/b.yaml}]\n",
      "/kustomization.yaml": "patches: [{path: top/a/c.yaml}]\n",
    }),
    (folder) => folder === "/top",
  );
  assert.deepEqual([patches.has("/top/a/b.yaml"), patches.has("/top/a/c.yaml")], [true, false]);
});
