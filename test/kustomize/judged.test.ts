import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Builds } from "#core/kustomize/builds.ts";
import type { Rule } from "#core/lint/rule.ts";
import { rules } from "#core/rules/index.ts";
import { repository } from "./folders.ts";

const policy = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {matchLabels: {app: web}}
  policyTypes: [Egress]
  egress:
    - to:
        - ipBlock:
            cidr: 0.0.0.0/0
`;
const open = policy.replace(/$/, "        - ipBlock:\n            cidr: ::/0\n");
const ipv4Alone = "network-policy-ipv4-any (fix) 0.0.0.0/0 matches no IPv6 address; add ::/0 to mean anywhere";
const base = { "base/kustomization.yaml": "resources: [policy.yaml]\n", "base/policy.yaml": policy };
const overlay = (name: string, rest = "") => ({
  [`overlays/${name}/kustomization.yaml`]: `namespace: ${name}\nresources: [../../base]\n${rest}`,
});
const adding = `patches:
  - patch: |-
      - op: add
        path: /spec/egress/0/to/-
        value: {ipBlock: {cidr: "::/0"}}
    target: {kind: NetworkPolicy, name: web}
`;

describe("what an overlay adds counts", () => {
  test("a base by itself is judged by itself", () => {
    assert.deepEqual(repository(base).said(), [`base/policy.yaml:10 ${ipv4Alone}`]);
  });

  test("a patch that adds what the base lacks silences the base's finding", () => {
    assert.deepEqual(repository({ ...base, ...overlay("prod", adding) }).said(), []);
  });

  test("so does a strategic merge patch in a file, and a policy beside the base", () => {
    const file = open.replace(/^ {2}p\w+: .*\n/gm, "");
    const patch = { "overlays/prod/p.yaml": file, ...overlay("prod", "patchesStrategicMerge: [p.yaml]\n") };
    assert.deepEqual(repository({ ...base, ...patch }).said(), []);
    const more = {
      "overlays/prod/kustomization.yaml": "resources: [../../base, ipv6.yaml]\n",
      "overlays/prod/ipv6.yaml": policy.replace("name: web", "name: web6").replace("0.0.0.0/0", "::/0"),
    };
    assert.deepEqual(repository({ ...base, ...more }).said(), []);
  });

  test("and a component", () => {
    const component = {
      "components/v6/kustomization.yaml": `kind: Component\n${adding}`,
      ...overlay("prod", "components: [../../components/v6]\n"),
    };
    assert.deepEqual(repository({ ...base, ...component }).said(), []);
  });

  test("where one overlay adds it and another does not, the base is wrong for that one", () => {
    const both = { ...base, ...overlay("prod", adding), ...overlay("staging") };
    assert.deepEqual(repository(both).said(), [`base/policy.yaml:10 ${ipv4Alone}`]);
  });
});

describe("what an overlay takes away or sets is its own matter", () => {
  const both = { ...base, "base/policy.yaml": open };
  test("an operation that removes ::/0 is underlined", () => {
    const removing = `patches:
  - target: {kind: NetworkPolicy}
    patch: |-
      - op: remove
        path: /spec/egress/0/to/1
`;
    assert.deepEqual(repository({ ...both, ...overlay("prod", removing) }).said(), [
      "overlays/prod/kustomization.yaml:7 network-policy-ipv4-any 0.0.0.0/0 matches no IPv6 address; add ::/0 to mean anywhere (as overlays/prod builds it)",
    ]);
  });

  test("a patch that adds a family to a Service of one", () => {
    const files = {
      "base/kustomization.yaml": "resources: [service.yaml]\n",
      "base/service.yaml":
        "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  ipFamilyPolicy: SingleStack\n  ipFamilies: [IPv4]\n  selector: {app: web}\n  ports: [{port: 80}]\n",
      "overlays/prod/p.yaml":
        "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  ipFamilies: [IPv4, IPv6]\n",
      ...overlay("prod", "patches: [{path: p.yaml}]\n"),
    };
    assert.deepEqual(repository(files).said(), [
      "overlays/prod/p.yaml:4 service-two-families must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified (as overlays/prod builds it)",
    ]);
  });

  test("a value that the overlay sets is underlined where it sets it", () => {
    const files = {
      ...both,
      "overlays/prod/p.yaml": `${policy.replace("0.0.0.0/0", "10.0.0.1/8")}`,
      ...overlay("prod", "patches: [{path: p.yaml}]\n"),
    };
    assert.match(repository(files).said().join(), /^overlays\/prod\/p.yaml:10 host-bits \(fix\)[^,]*$/);
  });

  test("a file that is judged by itself is not judged once more as it is carried", () => {
    const relabel = `scrape_configs:
  - job_name: pods
    kubernetes_sd_configs: [{role: pod}]
    relabel_configs:
      - source_labels: [__address__, __meta_kubernetes_pod_annotation_prometheus_io_port]
        action: replace
        regex: ([^:]+)(?::\\d+)?;(\\d+)
        replacement: $1:$2
        target_label: __address__
`;
    const files = { "kustomization.yaml": "configMapGenerator:\n  - {name: p, files: [prometheus.yaml]}\n" };
    // A word by which another rule might look at it as well.
    for (const more of ["", "# v4pools\n"]) {
      const said = repository({ ...files, "prometheus.yaml": relabel + more }).said();
      assert.deepEqual(
        said.map((one) => one.split(" ")[0]),
        ["prometheus.yaml:7"],
      );
    }
  });

  test("a file of a generated ConfigMap is judged as what it is", () => {
    const files = {
      "app/kustomization.yaml":
        "configMapGenerator:\n  - name: web\n    files:\n      - default.conf=conf/server.txt\n",
      "app/conf/server.txt": "server {\n  listen fd00::1:80;\n}\n",
    };
    const [said = "", ...more] = repository(files, ["app/kustomization.yaml"]).said();
    assert.match(said, /^app\/kustomization.yaml:4 .*\(in conf\/server.txt, as repo\/app builds it\)$/);
    assert.deepEqual(more, []);
  });
});

describe("nothing is held against what it is never beside", () => {
  const pool = (name: string, range: string) =>
    `apiVersion: metallb.io/v1beta1\nkind: IPAddressPool\nmetadata: {name: ${name}}\nspec: {addresses: ["${range}"]}\n`;
  const plan =
    "apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\nnetworking: {podSubnet: fd1b:9a5c:7e07:4::/62, serviceSubnet: fd1b:9a5c:7e07:8::/112}\n";
  const clash = (where: string) => `${where}:4 overlapping-ranges`;

  test("staging's pool lies in prod's pods, and neither cluster minds", () => {
    const files = {
      "base/kustomization.yaml": "resources: [pool.yaml]\n",
      "base/pool.yaml": pool("a", "fd1b:9a5c:7e07:9::/120"),
      "overlays/prod/kustomization.yaml": "resources: [../../base, plan.yaml]\n",
      "overlays/prod/plan.yaml": plan,
      "overlays/staging/kustomization.yaml": "resources: [../../base, pool.yaml]\n",
      "overlays/staging/pool.yaml": pool("b", "fd1b:9a5c:7e07:5::/120"),
    };
    assert.deepEqual(repository(files).said(), []);
  });

  test("what one overlay has in a folder below is one cluster with the rest of it", () => {
    const files = {
      "prod/kustomization.yaml": "resources: [plan.yaml, metallb]\n",
      "prod/plan.yaml": plan,
      "prod/metallb/kustomization.yaml": "resources: [pool.yaml]\n",
      "prod/metallb/pool.yaml": pool("b", "fd1b:9a5c:7e07:5::/120"),
    };
    assert.deepEqual(
      repository(files)
        .said()
        .map((one) => one.split(" ").slice(0, 2).join(" ")),
      [clash("prod/metallb/pool.yaml")],
    );
  });

  test("where there may be more than can be read, no two files are held against each other", () => {
    for (const more of [
      "resources: [plan.yaml, pool.yaml, https://example.com/more.yaml]\n",
      "resources: [plan.yaml, pool.yaml]\nhelmCharts: [{name: metallb}]\n",
      "resources: [plan.yaml, pool.yaml]\ngenerators: [more.yaml]\n",
    ]) {
      const files = {
        "prod/kustomization.yaml": more,
        "prod/plan.yaml": plan,
        "prod/pool.yaml": pool("b", "fd1b:9a5c:7e07:5::/120"),
      };
      assert.deepEqual(repository(files).said(), [], more);
    }
    const together = {
      "prod/kustomization.yaml": "resources: [all.yaml]\nhelmCharts: []\n",
      "prod/all.yaml": `${plan}---\n${pool("b", "fd1b:9a5c:7e07:5::/120")}`,
    };
    assert.equal(repository(together).said().length, 1, "what stands in one file is one cluster whatever is beside it");
  });

  test("where all is said to be one cluster, what no kustomization joins is held against each other all the same", () => {
    const files = {
      ...base,
      ...overlay("prod", adding),
      "plan/kustomization.yaml": "resources: [plan.yaml, ../base]\n",
      "plan/plan.yaml": plan,
      "apps/kustomization.yaml": "resources: [pool.yaml]\nnamespace: metallb\npatches: []\n",
      "apps/pool.yaml": pool("b", "fd1b:9a5c:7e07:5::/120"),
    };
    const all = repository(files, undefined, { scope: () => "/repo" }).said();
    assert.deepEqual(
      all.map((one) => one.split(" ").slice(0, 2).join(" ")),
      ["base/policy.yaml:10 network-policy-ipv4-any", clash("apps/pool.yaml")],
    );
  });

  test("one base in two variants is judged as it stands", () => {
    const files = {
      ...base,
      "one/kustomization.yaml": "resources: [../base]\nnamePrefix: one-\n",
      "two/kustomization.yaml": "resources: [../base]\nnamePrefix: two-\n",
      "both/kustomization.yaml": "resources: [../one, ../two]\n",
    };
    assert.deepEqual(repository(files).said(), [`base/policy.yaml:10 ${ipv4Alone}`]);
  });
});

describe("what is edited is built again", () => {
  test("a patch that goes, and the base beside it", () => {
    const files: Record<string, string> = { ...base, ...overlay("prod", adding) };
    const { workspace, said } = repository(files);
    assert.deepEqual(said(), []);
    workspace.settled();
    const kustomization = "/repo/overlays/prod/kustomization.yaml";
    workspace.change(kustomization, { text: overlay("prod")["overlays/prod/kustomization.yaml"] ?? "" });
    assert.ok(workspace.restless().includes("/repo/base/policy.yaml"));
    assert.deepEqual(said(), [`base/policy.yaml:10 ${ipv4Alone}`]);
    workspace.change(kustomization, { text: files["overlays/prod/kustomization.yaml"] ?? "" });
    assert.deepEqual(said(), []);
    workspace.change("/repo/base/policy.yaml", { text: policy.replace("0.0.0.0/0", "10.0.0.0/8") });
    assert.deepEqual(said(), [
      "overlays/prod/kustomization.yaml:7 network-policy-ipv6-any ::/0 matches no IPv4 address; add 0.0.0.0/0 to mean anywhere",
    ]);
  });

  test("comments and settings of a file hold for what is said of it as it is built", () => {
    const removing = `patches:\n  - target: {kind: NetworkPolicy}\n    patch: |-\n      # kube-ipv6-disable-file network-policy-ipv4-any\n      - {op: remove, path: /spec/egress/0/to/1}\n`;
    assert.deepEqual(repository({ ...base, "base/policy.yaml": open, ...overlay("prod", removing) }).said(), []);
  });
});

test("one file under two names is no object twice", () => {
  const object = (name: string, rest: string) =>
    `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}}\nspec: {${rest}}\n`;
  const variant = (name: string, options: string) => ({
    [`${name}/kustomization.yaml`]: `resources: [../base.yaml]\npatches: [{path: patch.yaml, target: {kind: Service}${options}}]\n`,
    [`${name}/patch.yaml`]: object(name, "ipFamilyPolicy: SingleStack"),
  });
  const files = { "base.yaml": object("base", "selector: {app: web}"), "kustomization.yaml": "resources: [a, b]\n" };
  const renaming = ", options: {allowNameChange: true}";
  assert.deepEqual(repository({ ...files, ...variant("a", renaming), ...variant("b", renaming) }).said(), []);
  assert.match(
    repository({ ...files, ...variant("a", ""), ...variant("b", "") })
      .said()
      .join(),
    /duplicate-resource/,
  );
});

test("kustomize takes off for a text, which kubectl takes for a boolean", () => {
  const map = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: nginx}\ndata:\n  proxy-request-buffering: off\n";
  const files = { "app/map.yaml": map, "app/kustomization.yaml": "resources: [map.yaml]\n" };
  assert.deepEqual(repository(files).said(), []);
  assert.match(repository({ "app/map.yaml": map }).said().join(), /map.yaml:5 config-map-string/);
  assert.match(
    repository({ ...files, "app/map.yaml": map.replace("off", "true") })
      .said()
      .join(),
    /:5 config-map-string/,
  );
});

test("what nests without end is judged as it stands", () => {
  const service =
    "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ipFamilies: [IPv4, ipv6], ipFamilyPolicy: PreferDualStack}\n";
  const files: Record<string, string> = { "a.yaml": service };
  for (let depth = 0; depth < 3_000; depth++)
    files[`n${depth}/kustomization.yaml`] = `resources: [../${depth < 2_999 ? `n${depth + 1}` : "a.yaml"}]\n`;
  assert.match(repository(files, ["a.yaml"]).said().join(), /a.yaml:4 service-ip-families/);
  const deep = `${service}data: ${"[".repeat(3_000)}${"]".repeat(3_000)}\n`;
  const patched = {
    "app/kustomization.yaml":
      "resources: [a.yaml]\npatches: [{patch: '{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {x: y}}'}]\n",
    "app/a.yaml": deep,
  };
  assert.doesNotThrow(() => repository(patched, ["app/a.yaml"]).said());
});

describe("what is built of many files costs little", () => {
  const service =
    "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: [{port: 80}]}\n";

  test("a rule that asks for nothing else looks at a file once, however many kustomizations build it", () => {
    let looked = 0;
    const rule: Rule = {
      ...(rules.find(({ id }) => id === "service-two-families")?.rule as Rule),
      kinds: ["Service"],
      mentions: [],
      check() {
        looked++;
        return [];
      },
    };
    const files: Readonly<Record<string, string>> = {
      "/repo/base/kustomization.yaml": "resources: [web.yaml]\n",
      "/repo/base/web.yaml": service,
      ...Object.fromEntries(
        Array.from({ length: 5 }, (_, index) => [`/repo/o${index}/kustomization.yaml`, "resources: [../base]\n"]),
      ),
    };
    const settings = { cluster: "unknown", kubernetes: 36 } as const;
    const read = (path: string) => (files[path] === undefined ? undefined : { text: files[path] });
    const builds = new Builds(
      [{ id: "mine", rule }],
      () => settings,
      () => undefined,
      read,
      (folder) => folder === "/repo",
    );
    for (const path of Object.keys(files)) builds.know(path);
    for (const _ of builds.building("/repo/base/web.yaml"));
    assert.equal(looked, 1);
  });

  test("a patch of a definition, which is not read, leaves it known what is built", () => {
    const crd = "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: a.b.c}\n";
    const { said } = repository(
      {
        "overlay/kustomization.yaml":
          "resources: [crd.yaml, web.yaml]\npatches: [{path: crd-patch.yaml}, {path: web-patch.yaml}]\n",
        "overlay/crd.yaml": `${crd}spec: {}\n`,
        "overlay/crd-patch.yaml": `${crd}spec: {preserveUnknownFields: false}\n`,
        "overlay/web.yaml": service.replace(
          "spec: {",
          "spec: {ipFamilyPolicy: SingleStack, ipFamilies: [IPv4, IPv6], ",
        ),
        "overlay/web-patch.yaml":
          "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ipFamilyPolicy: RequireDualStack}\n",
      },
      ["overlay/web.yaml"],
    );
    assert.deepEqual(said(), []);
  });
});
