import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { configMap, flux, fromSettings, inline, service, twice, variable, wrong } from "./flux-repository.ts";
import { repository } from "./folders.ts";

describe("a value that the repository has is judged where its variable stands", () => {
  test("of a ConfigMap, which is named with its file", () => {
    const files = {
      ...flux("web", "./apps/web", fromSettings.replace(/^.*Secret.*\n/m, "")),
      "flux/settings.yaml": configMap("settings", `LB: ${wrong}`),
      ...service(variable("LB")),
    };
    assert.deepEqual(repository(files).said(), [
      `apps/web/service.yaml:6 ${twice} (LB is ${wrong}, from ConfigMap settings in flux/settings.yaml)`,
    ]);
  });

  test("of the Kustomization itself, which comes before all others, and as a part of a text", () => {
    const files = {
      ...flux(
        "web",
        "apps/web",
        fromSettings.replace("postBuild:\n", `postBuild:\n    substitute: {PREFIX: "fd1b::9a5c"}\n`),
      ),
      "flux/settings.yaml": configMap("settings", 'PREFIX: "fd1b:9a5c:7e07"'),
      ...service(`"${variable("PREFIX")}::5"`),
    };
    assert.deepEqual(repository(files).said(), [
      `apps/web/service.yaml:6 ${twice} (PREFIX is fd1b::9a5c, from Kustomization web in flux/web.yaml)`,
    ]);
  });

  test("and a default that stands beside the variable", () => {
    for (const sign of [":=", ":-", "="])
      assert.deepEqual(
        repository({ ...flux("web", "./apps/web", inline("A: b")), ...service(`$\{LB${sign}${wrong}}`) }).said(),
        [`apps/web/service.yaml:6 ${twice} (LB is ${wrong}, its default)`],
      );
  });

  test("in the values of a HelmRelease, and in a block of text, on its line", () => {
    const files = {
      ...flux("web", "./apps/web", inline("LISTEN: fd00::1", "POD_CIDR: fd00:10:244::1/56")),
      "apps/web/kustomization.yaml": "resources: [release.yaml, nginx.yaml]\n",
      "apps/web/release.yaml": `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: cilium}
spec:
  chart: {spec: {chart: cilium}}
  values:
    ipam:
      operator:
        clusterPoolIPv6PodCIDRList: ["${variable("POD_CIDR")}"]
`,
      "apps/web/nginx.yaml": `apiVersion: v1
kind: ConfigMap
metadata: {name: nginx}
data:
  default.conf: |
    server {
      server_name example.com;
      listen ${variable("LISTEN")}:80;
    }
`,
    };
    const said = repository(files).said().join("\n");
    assert.match(
      said,
      /^apps\/web\/release.yaml:9 host-bits [^\n]*\(POD_CIDR is fd00:10:244::1\/56, from Kustomization web in flux\/web.yaml\)$/m,
    );
    assert.match(
      said,
      /^apps\/web\/nginx.yaml:8 [^\n]*\(LISTEN is fd00::1, from Kustomization web in flux\/web.yaml\)$/m,
    );
  });

  test("in a folder that is pushed as an artifact, which all its paths are of", () => {
    const below = (files: Readonly<Record<string, string>>) =>
      Object.fromEntries(Object.entries(files).map(([path, text]) => [`kubernetes/${path}`, text]));
    const web = { ...flux("web", "./apps/web", inline(`LB: "${wrong}"`)), ...service(variable("LB")) };
    const other = { ...flux("other", "./apps/other"), "apps/other/kustomization.yaml": "resources: []\n" };
    assert.equal(repository(below({ ...web, ...other })).said().length, 1);
    // One path alone, or one that is not here, may be another repository's.
    assert.deepEqual(repository(below(web)).said(), []);
    assert.deepEqual(repository(below({ ...web, ...flux("other", "./apps/other") })).said(), []);
  });

  test("where the Kustomization above patches the reference in, and where a folder has no kustomization", () => {
    const above = `  patches:
    - patch: |-
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: {name: not-used}
        spec:
          postBuild:
            substituteFrom: [{kind: ConfigMap, name: settings}]
      target:
        group: kustomize.toolkit.fluxcd.io
        kind: Kustomization
        labelSelector: substitution.flux.home.arpa/disabled notin (true)
`;
    const files = {
      ...flux("cluster", "./apps", above),
      "flux/settings.yaml": configMap("settings", `LB: ${wrong}`),
      "apps/web.yaml": flux("web", "./web/app")["flux/web.yaml"] ?? "",
      "web/app/service.yaml": service(variable("LB"))["apps/web/service.yaml"] ?? "",
    };
    assert.deepEqual(repository(files).said(), [
      `web/app/service.yaml:6 ${twice} (LB is ${wrong}, from ConfigMap settings in flux/settings.yaml)`,
    ]);
    const off = {
      ...files,
      "apps/web.yaml": files["apps/web.yaml"].replace(
        "{name: web,",
        "{name: web, labels: {substitution.flux.home.arpa/disabled: 'true'},",
      ),
    };
    assert.deepEqual(repository(off).said(), []);
  });

  test("what a Secret says in the open is not said again", () => {
    const files = {
      ...flux("web", "./apps/web", fromSettings),
      "flux/settings.yaml": configMap("settings", "A: b"),
      "flux/hidden.yaml": `apiVersion: v1\nkind: Secret\nmetadata: {name: hidden}\nstringData: {LB: 300.1.2.3}\n`,
      ...service(variable("LB")),
    };
    const said = repository(files).said();
    assert.equal(said.length, 1);
    assert.equal(
      said[0],
      "apps/web/service.yaml:6 ip-invalid what is filled in here is wrong; it is not shown (LB is from Secret hidden in flux/hidden.yaml)",
    );
  });

  test("and by a generator that keeps the name", () => {
    const files = {
      ...flux("web", "./apps/web", fromSettings.replace(/^.*Secret.*\n/m, "")),
      "flux/kustomization.yaml":
        "resources: [web.yaml]\nconfigMapGenerator:\n  - name: settings\n    envs: [a.env]\ngeneratorOptions: {disableNameSuffixHash: true}\n",
      "flux/a.env": `LB=${wrong}\n`,
      ...service(variable("LB")),
    };
    const open = Object.keys(files).filter((path) => path.endsWith(".yaml"));
    assert.match(repository(files, open).said().join(), /LB is .*from ConfigMap settings in flux\/kustomization.yaml/);
    const hashed = {
      ...files,
      "flux/kustomization.yaml": files["flux/kustomization.yaml"].replace(/^generatorOptions.*\n/m, ""),
    };
    assert.deepEqual(repository(hashed, open).said(), []);
  });
});

describe("nothing is said", () => {
  const silent = (name: string, files: Readonly<Record<string, string>>) =>
    test(name, () => assert.deepEqual(repository(files).said(), []));
  const web = { ...flux("web", "./apps/web", fromSettings), ...service(variable("LB")) };
  const settings = { "flux/settings.yaml": configMap("settings", `LB: ${wrong}`) };
  const encrypted = `apiVersion: v1\nkind: Secret\nmetadata: {name: hidden}\nstringData:\n  LB: ENC[AES256_GCM,data:abc=,type:str]\nsops: {version: 3.9.0}\n`;

  silent("where a Secret is not there, which may have the variable", { ...web, ...settings });
  silent("where it is encrypted and has it", { ...web, ...settings, "flux/hidden.sops.yaml": encrypted });
  silent("where the ConfigMap is not there", { ...web });
  silent("where two clusters have two values", {
    ...flux("web", "./apps/web", fromSettings.replace(/^.*Secret.*\n/m, "")),
    ...settings,
    "other/settings.yaml": configMap("settings", "LB: fd00::1"),
    ...service(variable("LB")),
  });
  silent("of a value that is filled in itself", {
    ...flux("web", "./apps/web", inline(`LB: ${variable("A")}::1::2`)),
    ...service(variable("LB")),
  });
  silent("of what is escaped, has no braces or another function", {
    ...flux("web", "./apps/web", inline(`LB: ${wrong}`)),
    ...service(`$$\{LB}`),
    "apps/web/kustomization.yaml": "resources: [service.yaml, b.yaml, c.yaml]\n",
    "apps/web/b.yaml": service("$LB")["apps/web/service.yaml"]?.replace("name: web", "name: b") ?? "",
    "apps/web/c.yaml": service(variable("LB:2:3"))["apps/web/service.yaml"]?.replace("name: web", "name: c") ?? "",
  });
  silent("where the object says that nothing is filled in", {
    ...flux("web", "./apps/web", inline(`LB: ${wrong}`)),
    ...service(variable("LB"), "\n    kustomize.toolkit.fluxcd.io/substitute: disabled"),
  });
  silent("of a default where no variables are given at all", {
    ...flux("web", "./apps/web"),
    ...service(`$\{LB:=${wrong}}`),
  });
  silent("of a number and of a list, which they become", {
    ...flux("web", "./apps/web", inline('PORT: "8080"', "BLOCKS: '[10.0.0.0/8, fd00::/8]'", "PROTO: TCP")),
    "apps/web/kustomization.yaml": "resources: [service.yaml]\n",
    "apps/web/service.yaml": `apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  type: LoadBalancer
  selector: {app: web}
  loadBalancerSourceRanges: ${variable("BLOCKS")}
  ports: [{port: "${variable("PORT")}", protocol: "${variable("PROTO")}"}]
`,
  });
  silent("of a right value", {
    ...flux("web", "./apps/web", inline("LB: fd1b:9a5c:7e07::5")),
    ...service(variable("LB")),
  });
});

test("what Flux patches is judged as it is patched", () => {
  const rest = `  patches:
    - target: {kind: Service}
      patch: |-
        - op: add
          path: /spec/ipFamilies
          value: [IPv4, IPv6]
`;
  assert.deepEqual(repository({ ...flux("web", "./apps/web", rest), ...service("fd00::1") }).said(), [
    "flux/web.yaml:12 service-two-families must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified (as Kustomization web builds it)",
  ]);
});

test("a value that is edited is looked at again", () => {
  const files = {
    ...flux("web", "./apps/web", fromSettings.replace(/^.*Secret.*\n/m, "")),
    "flux/settings.yaml": configMap("settings", "LB: fd00::1"),
    ...service(variable("LB")),
  };
  const { workspace, said } = repository(files);
  assert.deepEqual(said(), []);
  workspace.open("/repo/flux/settings.yaml", configMap("settings", `LB: ${wrong}`));
  assert.match(said().join(), /LB is fd1b:9a5c::7e07::5/);
  workspace.open("/repo/flux/web.yaml", Object.values(flux("web", "./apps/web"))[0] ?? "");
  assert.deepEqual(said(), []);
});
