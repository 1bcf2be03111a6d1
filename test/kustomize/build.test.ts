import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { load } from "js-yaml";
import { build } from "#core/kustomize/build.ts";
import { Files } from "#core/kustomize/files.ts";
import { print } from "#core/kustomize/print.ts";
import { Interest } from "#core/lint/relevance.ts";
import { rules } from "#core/rules/index.ts";

/** What the kustomization in /app builds of files, and why there may be more. */
function built(files: Readonly<Record<string, string>>) {
  const read = (path: string) => {
    const text = files[path.slice(1)];
    return text === undefined ? undefined : { text };
  };
  const { objects, unknown } = build(
    "/app",
    new Files(
      Interest.of(rules),
      () => undefined,
      read,
      (folder) => folder === "",
    ),
    () => true,
  );
  return { objects: objects.map(({ root }) => load(print(root)?.text ?? "") as Record<string, unknown>), unknown };
}

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {tier: front}}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: ghcr.io/acme/web:1
          args: [--listen=0.0.0.0, "--yes"]
          env: [{name: A, value: "1"}, {name: B, value: "::"}]
        - {name: side, image: "busybox"}
`;
const spec = (object: Record<string, unknown> | undefined) => (object as { spec: Record<string, unknown> }).spec;
const podOf = (object: Record<string, unknown> | undefined) =>
  (spec(object).template as { spec: { containers: Record<string, unknown>[] } }).spec;

describe("what is built is what kustomize builds", () => {
  test("what is too much to be built at once is left out, and the rest is there", () => {
    const large = (name: string) =>
      `kind: ConfigMap\nmetadata: {name: ${name}}\n${`# ${"x".repeat(97)}\n`.repeat(50_000)}`;
    const { objects, unknown } = built({
      "app/kustomization.yaml": "resources: [a.yaml, b.yaml, c.yaml]\n",
      "app/a.yaml": large("a"),
      "app/b.yaml": large("b"),
      "app/c.yaml": "kind: ConfigMap\nmetadata: {name: c}\n",
    });
    assert.deepEqual(
      objects.map(({ metadata }) => (metadata as { name: string }).name),
      ["a", "c"],
    );
    assert.deepEqual(unknown, ["b.yaml is too much to build beside the others"]);
  });

  test("containers and variables are merged by their names, other lists are replaced, null takes away", () => {
    const { objects, unknown } = built({
      "app/kustomization.yaml": "resources: [d.yaml]\npatches: [{path: p.yaml}]\n",
      "app/d.yaml": deployment,
      "app/p.yaml": `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: null
  template:
    spec:
      containers:
        - name: web
          args: ["--listen=::"]
          env: [{name: B, $patch: delete}, {name: C, value: "3"}]
        - {name: more, image: x}
`,
    });
    assert.deepEqual(unknown, []);
    assert.equal("replicas" in spec(objects[0]), false);
    assert.deepEqual(podOf(objects[0]).containers, [
      {
        name: "web",
        image: "ghcr.io/acme/web:1",
        args: ["--listen=::"],
        env: [
          { name: "A", value: "1" },
          { name: "C", value: "3" },
        ],
      },
      { name: "side", image: "busybox" },
      { name: "more", image: "x" },
    ]);
  });

  test("a custom resource's lists are replaced, and $patch replaces or deletes", () => {
    const pool = (rest: string) => `apiVersion: metallb.io/v1beta1\nkind: IPAddressPool\nmetadata: {name: a}\n${rest}`;
    const files = {
      "app/kustomization.yaml": "resources: [pool.yaml]\npatchesStrategicMerge: [p.yaml]\n",
      "app/pool.yaml": pool("spec: {addresses: [10.0.0.0/24, fd00::/120], autoAssign: false}\n"),
    };
    const { objects } = built({ ...files, "app/p.yaml": pool("spec: {addresses: [fd01::/120]}\n") });
    assert.deepEqual(spec(objects[0]), { addresses: ["fd01::/120"], autoAssign: false });
    const replacing = built({ ...files, "app/p.yaml": pool("spec: {$patch: replace, addresses: [fd01::/120]}\n") });
    assert.deepEqual(spec(replacing.objects[0]), { addresses: ["fd01::/120"] });
    assert.deepEqual(built({ ...files, "app/p.yaml": pool("$patch: delete\n") }).objects, []);
  });

  test("operations are made in order, on what their target means", () => {
    const patch = (operations: string, target = "kind: Deployment") =>
      built({
        "app/kustomization.yaml": `resources: [d.yaml]\npatches:\n  - target: {${target}}\n    patch: |-\n${operations.replace(/^/gm, "      ")}\n`,
        "app/d.yaml": deployment,
      });
    const operations = `- {op: test, path: /spec/replicas, value: 2}
- {op: add, path: /spec/template/spec/containers/0/args/0, value: first}
- {op: add, path: /spec/template/spec/containers/0/args/-, value: last}
- {op: move, from: /metadata/labels/tier, path: /metadata/labels/a~1b}
- {op: copy, from: /spec/replicas, path: /spec/minReadySeconds}
- {op: remove, path: /spec/template/spec/containers/1}
- {op: replace, path: /spec/replicas, value: 3}`;
    const { objects, unknown } = patch(operations);
    assert.deepEqual(unknown, []);
    const [container, ...others] = podOf(objects[0]).containers;
    assert.deepEqual(container?.args, ["first", "--listen=0.0.0.0", "--yes", "last"]);
    assert.deepEqual(others, []);
    assert.deepEqual((objects[0]?.metadata as { labels: object } | undefined)?.labels, { "a/b": "front" });
    assert.deepEqual([spec(objects[0]).replicas, spec(objects[0]).minReadySeconds], [3, 2]);
    assert.deepEqual(
      spec(patch(operations, "kind: Deployment, name: w.b, labelSelector: tier=front").objects[0]).replicas,
      3,
    );
    for (const target of ["kind: Service", "name: we", "kind: Deployment, labelSelector: tier!=front", "group: batch"])
      assert.deepEqual(
        [spec(patch(operations, target).objects[0]).replicas, patch(operations, target).unknown],
        [2, []],
        target,
      );
    assert.match(patch("- {op: remove, path: /spec/paused}").unknown.join(), /does not fit/);
    assert.match(patch("- {op: test, path: /spec/replicas, value: 9}").unknown.join(), /does not fit/);
    // What Go tells by the text's length alone may take an expression of JavaScript's until the end of days.
    for (const kind of ["(a+)+b", "((a+))*b", `${"a?".repeat(40)}b`, `${"(a|a)".repeat(40)}b`])
      assert.match(patch(operations, `kind: "${kind}"`).unknown.join(), /not known/, kind);
    assert.equal(spec(patch(operations, "kind: (Stateful|Replica)Set|Dep.*").objects[0]).replicas, 3);
  });

  test("namespaces, labels, images, generated ConfigMaps and replacements", () => {
    const { objects, unknown } = built({
      "app/kustomization.yaml": `namespace: home
namePrefix: my-
resources: [d.yaml, s.yaml, role.yaml]
labels: [{pairs: {team: net}, includeSelectors: true}]
images: [{name: ghcr.io/acme/web, newName: registry.example/web, newTag: "2"}]
configMapGenerator:
  - {name: conf, literals: [A=1, "B=x=y"], files: [redis.conf, key=sub/other.txt], envs: [.env]}
replacements:
  - source: {kind: Service, fieldPath: spec.clusterIP}
    targets: [{select: {kind: Deployment}, fieldPaths: ["spec.template.spec.containers.[name=web].env.[name=A].value"]}]
`,
      "app/d.yaml": deployment,
      "app/s.yaml": "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {clusterIP: 'fd00::10', ports: []}\n",
      "app/role.yaml": "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: r}\n",
      "app/redis.conf": "bind ::\nport 1\n",
      "app/sub/other.txt": "text",
      "app/.env": "# a comment\nX=1\n\nY=fd00::1\n",
    });
    assert.deepEqual(unknown, []);
    const [web, service, role, conf] = objects;
    assert.deepEqual(
      [web, service, role, conf].map((one) => (one?.metadata as Record<string, unknown> | undefined)?.namespace),
      ["home", "home", undefined, "home"],
    );
    assert.deepEqual(spec(web).selector, { matchLabels: { app: "web", team: "net" } });
    assert.deepEqual(spec(service).selector, { team: "net" });
    assert.deepEqual(podOf(web).containers[0]?.image, "registry.example/web:2");
    assert.deepEqual(podOf(web).containers[0]?.env, [
      { name: "A", value: "fd00::10" },
      { name: "B", value: "::" },
    ]);
    assert.deepEqual(conf?.data, {
      A: "1",
      B: "x=y",
      X: "1",
      Y: "fd00::1",
      "redis.conf": "bind ::\nport 1\n",
      key: "text",
    });
  });

  test("a patch knows an object by each name that it has had", () => {
    const { objects, unknown } = built({
      "base/kustomization.yaml": "namePrefix: a-\nnamespace: one\nresources: [d.yaml]\n",
      "base/d.yaml": deployment,
      "app/kustomization.yaml": `resources: [../base]
patches:
  - patch: '{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {replicas: 5}}'
  - patch: '[{op: add, path: /spec/paused, value: true}]'
    target: {name: a-web, namespace: one}
`,
    });
    assert.deepEqual(unknown, []);
    assert.deepEqual([spec(objects[0]).replicas, spec(objects[0]).paused], [5, true]);
  });
});

describe("what cannot be followed is said to be unknown", () => {
  const cases: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    "a base elsewhere": { "app/kustomization.yaml": "resources: ['github.com/acme/base?ref=v1']\n" },
    "a base on a server": { "app/kustomization.yaml": "resources: ['https://example.com/a.yaml']\n" },
    "a base outside of the repository": { "app/kustomization.yaml": "resources: [../../../etc]\n" },
    charts: { "app/kustomization.yaml": "helmCharts: [{name: a}]\n" },
    generators: { "app/kustomization.yaml": "generators: [a.yaml]\n" },
    transformers: { "app/kustomization.yaml": "transformers: [a.yaml]\n" },
    "a patch for nothing": {
      "app/kustomization.yaml":
        "resources: []\npatches: [{patch: '{apiVersion: v1, kind: Service, metadata: {name: a}}'}]\n",
    },
    "a patch that is gone": { "app/kustomization.yaml": "resources: []\npatches: [{path: p.yaml}]\n" },
    "a template": {
      "app/kustomization.yaml": "resources: [a.yaml]\n",
      "app/a.yaml": "apiVersion: v1\nkind: Service\n{{ if .Values.a }}\nspec: {}\n{{ end }}\n",
    },
    itself: { "app/kustomization.yaml": "resources: [../app]\n" },
    "a base in two variants": {
      "app/kustomization.yaml": "resources: [../a, ../b]\n",
      "a/kustomization.yaml": "resources: [../c]\n",
      "b/kustomization.yaml": "resources: [../c]\n",
      "c/kustomization.yaml": "resources: []\n",
    },
  };
  for (const [name, files] of Object.entries(cases)) test(name, () => assert.notDeepEqual(built(files).unknown, []));
});

test("what is printed is read back as it was written, texts and numbers, and leads back to where it stands", () => {
  const text = `apiVersion: v1
kind: ConfigMap
metadata: {name: a, namespace: b}
data:
  one.conf: |
    server {
      listen [::]:80;

    }
  two: |2-
      leads with blanks
  three: |+
    ends

  "8": "1"
  five: 'it''s'
  six: 010
  seven: 'fd00::'
  eight: >-
    folded
    text
  empty: ""
  nothing:
  list: [a, {b: [c, []]}, {}]
`;
  const files = new Files(
    Interest.of(rules),
    () => undefined,
    (path) => (path === "/repo/a.yaml" ? { text } : undefined),
    (folder) => folder === "/repo",
  );
  const [object] = files.objects("/repo", "a.yaml", () => true)?.objects ?? [];
  assert.ok(object);
  const printed = print(object.root);
  assert.ok(printed);
  assert.deepEqual(load(printed.text), load(text));
  for (const word of ["listen [::]:80", "fd00::", "010", "ends", "it's", "ConfigMap"]) {
    const start = printed.text.indexOf(word);
    const origin = printed.origin({ start, end: start + word.length });
    assert.ok(origin, word);
    assert.equal(text.slice(origin.start, origin.end).replace("''", "'").replace(/^'|'$/g, ""), word);
  }
});
