import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it, test } from "node:test";
import { Prefilter } from "#core/lint/prefilter.ts";
import type { Finding } from "#core/lint/rule.ts";
import { defaults } from "#core/lint/settings.ts";
import { Workspace } from "#core/lint/workspace.ts";
import { applyEdits } from "#core/manifest/apply.ts";
import { rules } from "#core/rules/index.ts";

interface Said {
  readonly text: string;
  readonly findings: readonly Finding[];
}

/** Every document is merged with something else in a wrapper, as a patch is, so it is read as one when it stands alone, too. */
function said(text: string): Said {
  const read = (content: Parameters<Workspace["open"]>[1]) => {
    const workspace = new Workspace(rules, { ...defaults, patch: () => true });
    workspace.open("a.yaml", content);
    return workspace.check("a.yaml").flatMap(({ findings }) => findings);
  };
  const findings = read(text);
  const fromBytes = read(new Prefilter(rules).documents(Buffer.from(text), { name: "a.yaml", patch: true }) ?? "");
  assert.deepEqual(fromBytes, findings, "the command line sees what the editor sees");
  return { text, findings };
}

/** Without places and paths: rule, severity, words, what is underlined. */
function core({ text, findings }: Said, strip: (text: string) => string = (one) => one): readonly string[] {
  return findings
    .map(({ rule, severity, message, start, end }) =>
      [rule, severity, message, strip(text.slice(start, end))].join(" | "),
    )
    .sort();
}

const indented = (text: string, spaces: number) => text.replace(/^(?=.)/gm, " ".repeat(spaces));

/** Takes an indentation from every line but the first, which the range begins in. */
const outdented = (spaces: number) => (text: string) => text.replaceAll(`\n${" ".repeat(spaces)}`, "\n");

interface Wrapper {
  readonly name: string;
  readonly head: string;
  readonly spaces: number;
}

const flux = "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: w}\nspec:\n  values:\n";
const k3s = "apiVersion: helm.cattle.io/v1\nkind: HelmChartConfig\nmetadata: {name: w}\nspec:\n  valuesContent: |-\n";
const argo = "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: w}\nspec:\n  source:\n    helm:\n";
const capi =
  "apiVersion: controlplane.cluster.x-k8s.io/v1beta1\nkind: KubeadmControlPlane\nmetadata: {name: w}\nspec:\n";
const bootstrap =
  "apiVersion: bootstrap.cluster.x-k8s.io/v1beta1\nkind: KubeadmConfigTemplate\nspec:\n  template:\n    spec:\n";
const kind =
  "apiVersion: kind.x-k8s.io/v1alpha4\nkind: Cluster\nnodes:\n  - role: worker\n    kubeadmConfigPatches:\n      - |\n";
const kustomize = "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\npatches:\n  - patch: |-\n";
const config = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: w}\ndata:\n  manifest.yaml: |\n";

const release = flux.replace(
  "  values:\n",
  "  postRenderers:\n    - kustomize:\n        patches:\n          - patch: |-\n",
);
const fluxKustomization =
  "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: w}\nspec:\n  patches:\n    - patch: |-\n";
const argoPatch = argo.replace("    helm:\n", "    kustomize:\n      patches:\n        - patch: |-\n");
const proxy =
  "apiVersion: addons.cluster.x-k8s.io/v1alpha1\nkind: HelmChartProxy\nmetadata: {name: w}\nspec:\n  valuesTemplate: |-\n";
const crossplane =
  "apiVersion: helm.crossplane.io/v1beta1\nkind: Release\nmetadata: {name: w}\nspec:\n  forProvider:\n    values:\n";
const k0s =
  "apiVersion: k0s.k0sproject.io/v1beta1\nkind: ClusterConfig\nmetadata: {name: w}\nspec:\n  extensions:\n    helm:\n      charts:\n        - name: w\n          values: |-\n";
const talos = "machine: {type: controlplane}\ncluster:\n  inlineManifests:\n    - name: w\n      contents: |-\n";
const file = `${capi}  kubeadmConfigSpec:\n    files:\n      - path: /etc/kubernetes/manifests/a.yaml\n        content: |-\n`;

const fleet = "defaultNamespace: w\nhelm:\n  chart: w\n  values:\n";
const helmfile = "releases:\n  - name: w\n    chart: w\n    values:\n      - # of this release\n";
const inline =
  "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nhelmCharts:\n  - name: w\n    valuesInline:\n";
const rancher =
  "apiVersion: provisioning.cattle.io/v1\nkind: Cluster\nmetadata: {name: w}\nspec:\n  rkeConfig:\n    chartValues:\n      rke2-w:\n";
const secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: w}\nstringData:\n  values.yaml: |\n";

const ofValues: readonly Wrapper[] = [
  { name: "a bundle of Fleet", head: fleet, spaces: 4 },
  { name: "Helmfile", head: helmfile, spaces: 8 },
  { name: "valuesInline", head: inline, spaces: 6 },
  { name: "a cluster of Rancher", head: rancher, spaces: 8 },
  { name: "values.yaml in a Secret", head: secret, spaces: 4 },
  { name: "values.yaml in a ConfigMap", head: config.replace("manifest.yaml", "values.yaml"), spaces: 4 },
  { name: "HelmChartProxy", head: proxy, spaces: 4 },
  { name: "Release", head: crossplane, spaces: 6 },
  { name: "a chart of k0s", head: k0s, spaces: 12 },
  { name: "HelmRelease", head: flux, spaces: 4 },
  { name: "HelmChartConfig", head: k3s, spaces: 4 },
  { name: "Application valuesObject", head: `${argo}      valuesObject:\n`, spaces: 8 },
  { name: "Application values", head: `${argo}      values: |\n`, spaces: 8 },
];
const ofKubeadm = (key: string): readonly Wrapper[] => [
  { name: "KubeadmControlPlane", head: `${capi}  kubeadmConfigSpec:\n    ${key}:\n`, spaces: 6 },
  { name: "KubeadmConfigTemplate", head: `${bootstrap}      ${key}:\n`, spaces: 8 },
  { name: "kubeadmConfigPatches", head: kind, spaces: 8 },
  { name: "Kustomization", head: kustomize, spaces: 6 },
];
const ofObjects: readonly Wrapper[] = [
  { name: "Kustomization", head: kustomize, spaces: 6 },
  { name: "Kustomization of Flux", head: fluxKustomization, spaces: 8 },
  { name: "postRenderers", head: release, spaces: 14 },
  { name: "Application kustomize", head: argoPatch, spaces: 12 },
  { name: "inlineManifests", head: talos, spaces: 8 },
  { name: "a file of KubeadmControlPlane", head: file, spaces: 10 },
];

const init = "#cloud-config\nwrite_files:\n  - path: /etc/rancher/k3s/config.yaml\n    content: |\n";
const vm =
  "apiVersion: kubevirt.io/v1\nkind: VirtualMachine\nmetadata: {name: w}\nspec:\n  template:\n    spec:\n      volumes:\n        - name: w\n          cloudInitNoCloud:\n            userData: |\n";
const rke2 =
  "apiVersion: controlplane.cluster.x-k8s.io/v1beta1\nkind: RKE2ControlPlane\nmetadata: {name: w}\nspec:\n  files:\n    - path: /etc/rancher/rke2/config.yaml.d/50-w.yaml\n      content: |\n";
const ofK3s: readonly Wrapper[] = [
  { name: "cloud-init", head: init, spaces: 6 },
  { name: "cloud-init of a Secret", head: secret.replace("values.yaml", "userdata") + indented(init, 4), spaces: 10 },
  { name: "cloud-init of a ConfigMap", head: config.replace("manifest.yaml", "w") + indented(init, 4), spaces: 10 },
  { name: "cloud-init of a machine", head: vm + indented(init, 14), spaces: 20 },
  { name: "a file of RKE2ControlPlane", head: rke2, spaces: 8 },
  {
    name: "machineGlobalConfig",
    head: rancher.replace("    chartValues:\n      rke2-w:\n", "    machineGlobalConfig:\n"),
    spaces: 6,
  },
];
const k3sConfig = `cluster-cidr: 10.42.0.0/16,fd12:3456:789a::/112
service-cidr: 10.43.0.0/16,fd12:3456:789b::/48
node-ip: 10.20.4.5,[fd12:3456:789d::5]
`;

const values = `controller:
  service: # as the object is spelled
    ipFamilyPolicy: SingleStack
    ipFamilies: [IPv6, IPv4]
    loadBalancerSourceRanges: ["fd12:3456:789a::1/48"]
installation:
  calicoNetwork:
    ipPools:
      - cidr: fd12:3456:789a::/64
        encapsulation: IPIPCrossSubnet
ipv6NativeRoutingCIDR: 10.0.0.0/8
`;

function compare(bare: string, { head, spaces }: Wrapper): void {
  const alone = said(bare);
  const wrapped = said(head + indented(bare, spaces));
  assert.deepEqual(core(wrapped, outdented(spaces)), core(alone));
  // Objects that stand side by side are found in one order in both.
  const inOrder = (findings: readonly Finding[]) =>
    [...findings].sort((a, b) => a.start - b.start || (a.rule < b.rule ? -1 : 1));
  const inner = inOrder(wrapped.findings);
  for (const [index, { fixes, rule }] of inOrder(alone.findings).entries())
    for (const [nth, { edits }] of fixes.entries()) {
      const mended = inner[index]?.fixes[nth];
      assert.ok(mended, `${rule} has its fix in the wrapper, too`);
      assert.equal(
        applyEdits(wrapped.text, mended.edits).trimEnd(),
        head + indented(applyEdits(alone.text, edits), spaces).trimEnd(),
        rule,
      );
    }
}

describe("what is wrapped up is judged as if it stood alone: findings, places and fixes", () => {
  for (const wrapper of ofValues) it(`values of a chart in ${wrapper.name}`, () => compare(values, wrapper));

  for (const wrapper of ofK3s) it(`a configuration of k3s in ${wrapper.name}`, () => compare(k3sConfig, wrapper));

  let tried = 0;
  for (const [name, text] of cases()) {
    const own = /^kind: (\w+)$/m.exec(text)?.[1] ?? "";
    const key = own.slice(0, 1).toLowerCase() + own.slice(1);
    const isKubeadm = /^(?:Cluster|Init|Join)Configuration$/.test(own) && /^apiVersion: kubeadm/m.test(text);
    for (const wrapper of isKubeadm ? ofKubeadm(key) : ofObjects) {
      tried++;
      it(`${name} in ${wrapper.name}`, () => compare(text, wrapper));
    }
  }
  it("there were cases at all", () => assert.ok(tried > 200, `${tried}`));
});

/** The cases of one document, which is an object. */
function cases(): readonly (readonly [name: string, text: string])[] {
  const folder = new URL("../cases/", import.meta.url);
  return readdirSync(folder)
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => [name, readFileSync(new URL(name, folder), "utf8")] as const)
    .filter(([, text]) => /^kind: \w/m.test(text) && !/^---/m.test(text) && !text.includes("{{") && !/^\t/m.test(text));
}

test("a text in a text in a text: places and fixes lead back through all of them", () => {
  const inner = `${kustomize}${indented(`${k3s}${indented(values, 4)}`, 6)}`;
  compare(inner, { name: "ConfigMap", head: config, spaces: 4 });
  const { findings, text } = said(`${config}${indented(inner, 4)}`);
  assert.ok(findings.some(({ start, end }) => text.slice(start, end) === "IPIPCrossSubnet"));
});

test("a value that is off, a group that is another's, a text that is no YAML: nothing is opened", () => {
  const off = values.replace("installation:", "installation:\n  enabled: false");
  assert.ok(!core(said(flux + indented(off, 4))).some((line) => line.startsWith("tigera")));
  const another = core(said(flux.replace("helm.toolkit.fluxcd.io", "example.org") + indented(values, 4)));
  assert.ok(!another.some((line) => line.startsWith("field-family")), "an operator's object has no values of Cilium");
  assert.deepEqual(core(said(`${k3s}    a: [1\n    b: ::1\n`)), []);
});
