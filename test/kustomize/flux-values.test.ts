import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { asWritten } from "#core/kustomize/built-words.ts";
import type { BuiltFinding, JudgedBuild } from "#core/kustomize/judged-build.ts";
import type { Finding } from "#core/lint/rule.ts";
import { shortened } from "#core/text/shortened.ts";
import { configMap, flux, fromSettings, inline, service, twice, variable, wrong } from "./flux-repository.ts";
import { repository } from "./folders.ts";

const web = {
  ...flux("web", "./apps/web", fromSettings.replace(/^.*Secret.*\n/m, "")),
  ...service(variable("LB")),
  "base/kustomization.yaml": "resources: [settings.yaml]\n",
  "base/settings.yaml": configMap("settings", `LB: ${wrong}`),
};
const built = (rest: string) => ({ ...web, "flux/kustomization.yaml": `resources: [web.yaml, ../base]\n${rest}` });
const patch = `apiVersion: v1
      kind: ConfigMap
      metadata: {name: settings, namespace: flux-system}
      data: {LB: "fd00::5"}`;

describe("a value is not known where its ConfigMap may be built otherwise than it is written", () => {
  const silent = (name: string, files: Readonly<Record<string, string>>) =>
    test(name, () => {
      const open = Object.keys(files).filter((path) => path.endsWith(".yaml"));
      assert.deepEqual(repository(files, open).said(), []);
    });
  silent("by a patch in a kustomization", built(`patches:\n  - patch: |-\n      ${patch}\n`));
  silent("by operations, whose target is all of a kind", {
    ...built("patches:\n  - {target: {kind: ConfigMap}, path: lb.yaml}\n"),
    "flux/lb.yaml": '- {op: replace, path: /data/LB, value: "fd00::5"}\n',
  });
  silent("by a patch in a file", {
    ...built("patches: [{path: lb.yaml}]\n"),
    "flux/lb.yaml": configMap("settings", "LB: fd00::5"),
  });
  silent(
    "by a generator",
    built("configMapGenerator: [{name: settings, behavior: merge, literals: ['LB=fd00::5']}]\n"),
  );
  silent("by a replacement", {
    ...built(`replacements:
  - source: {kind: ConfigMap, name: other, fieldPath: data.X}
    targets: [{select: {kind: ConfigMap, name: settings}, fieldPaths: [data.LB]}]
`),
    "flux/other.yaml": configMap("other", "X: fd00::5"),
  });
  silent("under another name", {
    ...web,
    "base/kustomization.yaml": "namePrefix: blue-\nresources: [settings.yaml]\n",
  });
  silent("in another namespace", {
    ...web,
    "base/kustomization.yaml": "namespace: blue\nresources: [settings.yaml]\n",
  });
  silent("by what Flux patches", {
    ...web,
    ...flux("base", "./base", "  patches: [{target: {kind: ConfigMap}, patch: '[{op: remove, path: /data/LB}]'}]\n"),
  });

  test("and is where others are patched, and where it is put into the namespace", () => {
    const { "base/settings.yaml": settings } = web;
    const files = {
      ...built("namespace: flux-system\npatches: [{target: {kind: ConfigMap, name: other}, path: lb.yaml}]\n"),
      "base/settings.yaml": settings.replace("flux-system", "default"),
      "flux/lb.yaml": "[{op: remove, path: /data/LB}]\n",
    };
    assert.deepEqual(repository(files).said(), [
      `apps/web/service.yaml:6 ${twice} (LB is ${wrong}, from ConfigMap settings in base/settings.yaml)`,
    ]);
  });

  test("which is seen when the patch is written", () => {
    const files = built("");
    const { workspace, said } = repository(files);
    assert.equal(said().length, 1);
    workspace.open(
      "/repo/flux/kustomization.yaml",
      built(`patches:\n  - patch: |-\n      ${patch}\n`)["flux/kustomization.yaml"],
    );
    assert.deepEqual(said(), []);
  });
});

describe("what a Secret says is not told", () => {
  const hidden = (data: string) => ({
    ...flux("web", "./apps/web", fromSettings),
    "flux/settings.yaml": configMap("settings", "A: b"),
    "flux/hidden.yaml": `apiVersion: v1\nkind: Secret\nmetadata: {name: hidden}\nstringData: {${data}}\n`,
  });

  test("as the default of another variable", () => {
    assert.deepEqual(repository({ ...hidden("LB: 300.1.2.3"), ...service(`$\{NONE:=${variable("LB")}}`) }).said(), [
      "apps/web/service.yaml:6 ip-invalid what is filled in here is wrong; it is not shown (NONE is from Secret hidden in flux/hidden.yaml)",
    ]);
  });

  test("in what is said of something else", () => {
    const plan = `apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
networking:
  podSubnet: ${variable("PODS")}
  serviceSubnet: fd12:3456:789a:ffff::/112
`;
    const files = { ...hidden("PODS: 'fd12:3456:789A::/48'"), ...service("fd00::1"), "apps/web/service.yaml": plan };
    const said = repository(files).said().join("\n");
    assert.match(said, /overlapping-ranges this is wrong; why is not shown, since that would tell what a Secret holds/);
    assert.doesNotMatch(said, /789a::|3456:789A/);
  });

  test("in a message that is cut within it", () => {
    const secret = "fd12:".repeat(100);
    const finding = { message: shortened(`holds ${secret}`), fixes: [] } as unknown as Finding;
    const build = { folder: "/w", secrets: new Set([secret]) } as unknown as JudgedBuild;
    const said = asWritten({ finding, start: 0, end: 1, path: "", whole: false } as unknown as BuiltFinding, build);
    assert.doesNotMatch(said.message, /fd12/);
  });
});

test("a value that stands in thousands of places is filled in as far as there is room, and said in short", () => {
  const list = `${wrong},${"fd00::1,".repeat(5_000)}fd00::1`;
  const files = {
    ...flux("web", "./apps/web", inline(`LB: "${list}"`)),
    ...service(variable("LB"), `\n    metallb.io/loadBalancerIPs: "${variable("LB").repeat(10_000)}"`),
  };
  const said = repository(files).said();
  assert.deepEqual(
    said.map((line) => line.split(" ", 1)[0]),
    ["apps/web/service.yaml:6"],
  );
  assert.match(
    said[0] ?? "",
    /it has two "::" \(LB is fd1b:9a5c::7e07::5,fd00::1,[^ ]{70,80}\.\.\., from Kustomization/,
  );
});

test("what ends nowhere costs what its length does", () => {
  const endless = `$\{LB:=`.repeat(60_000);
  const started = performance.now();
  repository({ ...web, ...service("fd00::1", `\n    a: "${endless}" # ${endless}`) }).said();
  assert.ok(performance.now() - started < 10_000);
});
