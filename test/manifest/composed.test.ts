import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import type { Finding } from "#core/lint/rule.ts";
import { defaults } from "#core/lint/settings.ts";
import { Workspace } from "#core/lint/workspace.ts";
import { applyEdits } from "#core/manifest/apply.ts";
import { rules } from "#core/rules/index.ts";

function findings(text: string): readonly Finding[] {
  const workspace = new Workspace(rules, { ...defaults, patch: () => true });
  workspace.open("a.yaml", text);
  return workspace.check("a.yaml").flatMap(({ findings }) => findings);
}

/** Rule, path, and what is underlined. */
function said(text: string): readonly string[] {
  return findings(text)
    .filter(({ severity }) => severity !== "information")
    .map(({ rule, path, start, end }) => `${rule} ${path} ${text.slice(start, end)}`);
}

describe("what is written value by value is judged as the object it makes", () => {
  it("parameters of Argo CD", () => {
    const text = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: w}
spec:
  source:
    helm:
      parameters:
        - name: ipv6NativeRoutingCIDR
          value: 10.0.0.0/8
        - name: controller.service.ipFamilyPolicy
          value: SingleStack
        - name: controller.service.ipFamilies[0]
          value: ipv6
`;
    assert.deepEqual(said(text), [
      "field-family spec.source.helm.parameters[0].value 10.0.0.0/8",
      "service-ip-families spec.source.helm.parameters[2].value ipv6",
    ]);
    const edits = findings(text).flatMap(({ fixes }) => fixes[0]?.edits ?? []);
    assert.match(applyEdits(text, edits), /value: IPv6$/m);
  });

  it("sets of a HelmChart and of a release of Helmfile", () => {
    const chart = `apiVersion: helm.cattle.io/v1
kind: HelmChart
metadata: {name: w}
spec:
  set:
    ipv6NativeRoutingCIDR: 10.0.0.0/8
`;
    assert.deepEqual(said(chart), ["field-family spec.set.ipv6NativeRoutingCIDR 10.0.0.0/8"]);
    const helmfile = `releases:
  - chart: w
    set:
      - name: ipv6NativeRoutingCIDR
        value: 10.0.0.0/8
`;
    assert.deepEqual(said(helmfile), ["field-family releases[0].set[0].value 10.0.0.0/8"]);
  });

  it("patches of a ClusterClass, their values and their texts", () => {
    const spec = "/spec/template/spec/kubeadmConfigSpec";
    const text = `apiVersion: cluster.x-k8s.io/v1beta1
kind: ClusterClass
metadata: {name: w}
spec:
  patches:
    - name: w
      definitions:
        - selector: {apiVersion: controlplane.cluster.x-k8s.io/v1beta1, kind: KubeadmControlPlaneTemplate}
          jsonPatches:
            - op: add
              path: ${spec}/clusterConfiguration/networking
              value: {podSubnet: "10.1.0.0/16,10.2.0.0/16"}
            - op: add
              path: ${spec}/initConfiguration/nodeRegistration/kubeletExtraArgs
              valueFrom:
                template: |
                  node-ip: "0.0.0.0,::"
`;
    const at = "spec.patches[0].definitions[0].jsonPatches";
    assert.deepEqual(said(text), [
      `kubeadm-subnets ${at}[0].value.podSubnet "10.1.0.0/16,10.2.0.0/16"`,
      `kubelet-node-ip ${at}[1].valueFrom.template 0.0.0.0,::`,
    ]);
  });

  it("the fields of Cluster API's providers of k3s and RKE2", () => {
    const k3s = `apiVersion: controlplane.cluster.x-k8s.io/v1beta2
kind: KThreesControlPlane
metadata: {name: w}
spec:
  kthreesConfigSpec:
    serverConfig:
      clusterCidr: 10.42.0.0/16,fd12:3456:789a::/112
      serviceCidr: 10.43.0.0/16,fd12:3456:789b::/112
`;
    const server = "spec.kthreesConfigSpec.serverConfig";
    assert.deepEqual(said(k3s), [`plan-node-prefix ${server}.clusterCidr fd12:3456:789a::/112`]);
    const rke2 = `apiVersion: controlplane.cluster.x-k8s.io/v1beta1
kind: RKE2ControlPlane
metadata: {name: w}
spec:
  serverConfig: {advertiseAddress: "[fd12:3456:789d::5]"}
  agentConfig: {kubelet: {extraArgs: ["--node-ip=0.0.0.0,::"]}}
`;
    assert.deepEqual(said(rke2), [
      'ip-invalid spec.serverConfig.advertiseAddress "[fd12:3456:789d::5]"',
      "kubelet-node-ip spec.agentConfig.kubelet.extraArgs[0] 0.0.0.0,::",
    ]);
  });

  it("k0s in k0sctl and k0smotron, operations of Talos", () => {
    const k0s = (indent: string) => `${indent}apiVersion: k0s.k0sproject.io/v1beta1
${indent}kind: ClusterConfig
${indent}spec: {network: {podCIDR: 10.244.0.0/33}}
`;
    const k0sctl = "apiVersion: k0sctl.k0sproject.io/v1beta1\nkind: Cluster\nspec:\n  k0s:\n    config:\n";
    assert.deepEqual(said(k0sctl + k0s("      ")), ["cidr-invalid spec.k0s.config.spec.network.podCIDR 10.244.0.0/33"]);
    const k0smotron = "apiVersion: k0smotron.io/v1beta1\nkind: Cluster\nspec:\n  k0sConfig:\n";
    assert.deepEqual(said(k0smotron + k0s("    ")), ["cidr-invalid spec.k0sConfig.spec.network.podCIDR 10.244.0.0/33"]);
    const talos = `apiVersion: controlplane.cluster.x-k8s.io/v1alpha3
kind: TalosControlPlane
spec:
  controlPlaneConfig:
    controlplane:
      configPatches:
        - {op: add, path: /cluster/network/podSubnets, value: [10.1.0.0/33]}
`;
    const at = "spec.controlPlaneConfig.controlplane.configPatches[0].value[0]";
    assert.deepEqual(said(talos), [`cidr-invalid ${at} 10.1.0.0/33`]);
  });

  it("pools in the values of MetalLB's chart as it was", () => {
    const text = "configInline:\n  address-pools:\n    - addresses: [10.0.0.1-fd12:3456:789d::5]\n";
    const at = "configInline.address-pools[0].addresses[0]";
    assert.deepEqual(said(text), [`metallb-pool-range ${at} 10.0.0.1-fd12:3456:789d::5`]);
  });

  it("containers of a home's chart, by name", () => {
    const text = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: w}
spec:
  values:
    controllers:
      main:
        containers:
          app:
            image: {repository: docker.io/library/python, tag: "3.13"}
            command: [gunicorn, --bind, "0.0.0.0:8000", "app:app"]
            env:
              HOST: 0.0.0.0
              DB: {value: "http://fd12:3456:789a::9/"}
            probes: {liveness: {custom: true, spec: {httpGet: {host: "[::1]", port: 80}}}}
`;
    const at = "spec.values.controllers.main.containers.app";
    assert.deepEqual(
      said(text).filter(
        (line) => !line.startsWith("url-bare-address spec.values.controllers.main.containers.app.env.DB.value fd"),
      ),
      [
        `listen-ipv4 ${at}.command[2] 0.0.0.0`,
        `listen-ipv4 ${at}.env.HOST 0.0.0.0`,
        `probe-host ${at}.probes.liveness.spec.httpGet.host "[::1]"`,
      ],
    );
  });

  it("literals of a generator", () => {
    const text = `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
configMapGenerator:
  - name: w
    literals:
      - LISTEN=:::8080
      - "DB_URL=postgres://fd12:3456:789a::9:5432/x"
`;
    const list = "configMapGenerator[0].literals";
    assert.deepEqual(said(text), [
      `host-port-bare-address ${list}[0] :::8080`,
      `url-bare-address ${list}[1] fd12:3456:789a::9:5432`,
    ]);
  });

  it("a template of a ClusterClass, and what has no line to write beside: nothing", () => {
    const text = `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
patches:
  - target: {version: v1, kind: Service}
    patch: |-
      - op: add
        path: /spec/ipFamily
        value: IPv6
`;
    const found = findings(text).filter(({ rule }) => rule === "service-unknown-field");
    assert.equal(found.length, 1);
    assert.deepEqual(found[0]?.fixes, []);
  });
});

describe("an object as operations of a JSON patch is judged as if it stood alone", () => {
  const folder = new URL("../cases/", import.meta.url);
  let tried = 0;
  for (const name of readdirSync(folder).filter((name) => name.endsWith(".yaml"))) {
    const text = readFileSync(new URL(name, folder), "utf8");
    const operations = asOperations(text);
    if (operations === undefined) continue;
    tried++;
    it(name, () => {
      const alone = findings(text).filter(({ path }) => path !== "apiVersion" && path !== "kind");
      const patch = findings(operations);
      assert.deepEqual(patch.map(core(operations)).sort(), alone.map(core(text)).sort());
      for (const { fixes } of patch)
        for (const { edits } of fixes)
          assert.deepEqual(
            findings(applyEdits(operations, edits)).filter(({ rule }) => rule === "yaml-duplicate-key"),
            [],
          );
    });
  }
  it("there were cases at all", () => assert.ok(tried > 100, `${tried}`));
});

const core =
  (text: string) =>
  ({ rule, severity, message, start, end }: Finding) =>
    [rule, severity, message, text.slice(start, end).replace(/\n\s*/g, "\n")].join(" | ");

/** undefined for what is not one object of keys at the left. */
function asOperations(text: string): string | undefined {
  const [, apiVersion] = /^apiVersion: ([\w./-]+)$/m.exec(text) ?? [];
  const [, kind] = /^kind: (\w+)$/m.exec(text) ?? [];
  if (!apiVersion || !kind || /^(?:---|#|\t|- |\s*$)/m.test(text.trimEnd()) || text.includes("{{")) return undefined;
  if (/List$/.test(kind)) return undefined;
  const [group, version] = apiVersion.includes("/") ? apiVersion.split("/") : ["", apiVersion];
  const lines = text
    .trimEnd()
    .split("\n")
    .filter((line) => !/^(?:apiVersion|kind):/.test(line))
    .flatMap((line) => {
      const [, key, rest] = /^([\w-]+):(.*)$/.exec(line) ?? [];
      return key === undefined ? `    ${line}` : ["- op: add", `  path: /${key}`, `  value:${rest}`];
    });
  const target = `{${group ? `group: ${group}, ` : ""}version: ${version}, kind: ${kind}}`;
  const head = `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\npatches:\n  - target: ${target}\n    patch: |-\n`;
  return `${head}${lines.map((line) => `      ${line}`).join("\n")}\n`;
}
