import { indented, type Wrapper } from "./wrapped.ts";

export const flux = "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: w}\nspec:\n  values:\n";
export const k3s =
  "apiVersion: helm.cattle.io/v1\nkind: HelmChartConfig\nmetadata: {name: w}\nspec:\n  valuesContent: |-\n";
const argo = "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: w}\nspec:\n  source:\n    helm:\n";
const capi =
  "apiVersion: controlplane.cluster.x-k8s.io/v1beta1\nkind: KubeadmControlPlane\nmetadata: {name: w}\nspec:\n";
const bootstrap =
  "apiVersion: bootstrap.cluster.x-k8s.io/v1beta1\nkind: KubeadmConfigTemplate\nspec:\n  template:\n    spec:\n";
const kind =
  "apiVersion: kind.x-k8s.io/v1alpha4\nkind: Cluster\nnodes:\n  - role: worker\n    kubeadmConfigPatches:\n      - |\n";
export const kustomize = "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\npatches:\n  - patch: |-\n";
export const config = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: w}\ndata:\n  manifest.yaml: |\n";

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

export const ofValues: Wrapper[] = [
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
const chart = k3s.replace("HelmChartConfig", "HelmChart");
const set = argo
  .replace("Application", "ApplicationSet")
  .replace("spec:\n", "spec:\n  template:\n    spec:\n")
  .replace("  source:\n    helm:\n", "      source:\n        helm:\n          values: |\n");
const k0sCluster = k0s.replace("metadata: {name: w}\n", "");
const k0smotron = (kind: string, above: string) =>
  `apiVersion: controlplane.cluster.x-k8s.io/v1beta1\nkind: ${kind}\nmetadata: {name: w}\nspec:\n${above}`;
ofValues.push(
  { name: "HelmChart", head: chart, spaces: 4 },
  { name: "ApplicationSet", head: set, spaces: 12 },
  {
    name: "one of several sources",
    head: argo.replace("  source:\n    helm:", "  sources:\n    - helm:\n        values: |"),
    spaces: 10,
  },
  {
    name: "K0sControlPlane",
    head: k0smotron("K0sControlPlane", `  k0sConfigSpec:\n    k0s:\n${indented(k0sCluster, 6)}`),
    spaces: 18,
  },
  {
    name: "K0sControlPlaneTemplate",
    head: k0smotron(
      "K0sControlPlaneTemplate",
      `  template:\n    spec:\n      k0sConfigSpec:\n        k0s:\n${indented(k0sCluster, 10)}`,
    ),
    spaces: 22,
  },
  {
    name: "K0smotronControlPlane",
    head: k0smotron("K0smotronControlPlane", `  k0sConfig:\n${indented(k0sCluster, 4)}`),
    spaces: 16,
  },
);

const bootstrapFiles = `apiVersion: bootstrap.cluster.x-k8s.io/v1beta1\nkind: KubeadmConfig\nspec:\n`;
const template = capi
  .replace("KubeadmControlPlane", "KubeadmControlPlaneTemplate")
  .replace("spec:\n", "spec:\n  template:\n    spec:\n      kubeadmConfigSpec:\n");
export const ofKubeadm = (key: string): readonly Wrapper[] => [
  { name: "KubeadmControlPlane", head: `${capi}  kubeadmConfigSpec:\n    ${key}:\n`, spaces: 6 },
  { name: "KubeadmConfigTemplate", head: `${bootstrap}      ${key}:\n`, spaces: 8 },
  { name: "KubeadmConfig", head: `${bootstrapFiles}  ${key}:\n`, spaces: 4 },
  { name: "KubeadmControlPlaneTemplate", head: `${template}        ${key}:\n`, spaces: 10 },
  { name: "kubeadmConfigPatches", head: kind, spaces: 8 },
  {
    name: "kubeadmConfigPatches of all nodes",
    head: "apiVersion: kind.x-k8s.io/v1alpha4\nkind: Cluster\nkubeadmConfigPatches:\n  - |\n",
    spaces: 4,
  },
  { name: "Kustomization", head: kustomize, spaces: 6 },
];
export const ofObjects: readonly Wrapper[] = [
  { name: "Kustomization", head: kustomize, spaces: 6 },
  { name: "Kustomization of Flux", head: fluxKustomization, spaces: 8 },
  { name: "postRenderers", head: release, spaces: 14 },
  { name: "Application kustomize", head: argoPatch, spaces: 12 },
  { name: "inlineManifests", head: talos, spaces: 8 },
  { name: "a file of KubeadmControlPlane", head: file, spaces: 10 },
  {
    name: "a file of KubeadmConfig",
    head: `${bootstrapFiles}  files:\n    - path: /etc/kubernetes/manifests/a.yaml\n      content: |-\n`,
    spaces: 8,
  },
  {
    name: "patchesStrategicMerge",
    head: "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\npatchesStrategicMerge:\n  - |-\n",
    spaces: 4,
  },
  {
    name: "a file of cloud-init",
    head: "#cloud-config\nwrite_files:\n  - path: /var/lib/rancher/k3s/server/manifests/a.yaml\n    content: |\n",
    spaces: 6,
  },
];

const init = "#cloud-config\nwrite_files:\n  - path: /etc/rancher/k3s/config.yaml\n    content: |\n";
const vm =
  "apiVersion: kubevirt.io/v1\nkind: VirtualMachine\nmetadata: {name: w}\nspec:\n  template:\n    spec:\n      volumes:\n        - name: w\n          cloudInitNoCloud:\n            userData: |\n";
const rke2 =
  "apiVersion: controlplane.cluster.x-k8s.io/v1beta1\nkind: RKE2ControlPlane\nmetadata: {name: w}\nspec:\n  files:\n    - path: /etc/rancher/rke2/config.yaml.d/50-w.yaml\n      content: |\n";
export const ofK3s: Wrapper[] = [
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
for (const [name, group, above] of [
  ["RKE2ControlPlaneTemplate", "controlplane", "  template:\n    spec:\n"],
  ["RKE2ConfigTemplate", "bootstrap", "  template:\n    spec:\n"],
  ["KThreesControlPlane", "controlplane", "  kthreesConfigSpec:\n"],
  ["KThreesControlPlaneTemplate", "controlplane", "  template:\n    spec:\n      kthreesConfigSpec:\n"],
  ["KThreesConfigTemplate", "bootstrap", "  template:\n    spec:\n"],
] as const) {
  const head = `apiVersion: ${group}.cluster.x-k8s.io/v1beta1\nkind: ${name}\nmetadata: {name: w}\nspec:\n${above}`;
  const left = (/^( *)\S[^\n]*\n$/m.exec(above)?.[1]?.length ?? 0) + 2;
  const deepest = above.split("\n").at(-2)?.search(/\S/) ?? left;
  const content = indented("files:\n  - path: /etc/rancher/k3s/config.yaml\n    content: |\n", deepest + 2);
  ofK3s.push({ name: `a file of ${name}`, head: head + content, spaces: deepest + 8 });
}

export const ofTalos: readonly Wrapper[] = [
  {
    name: "TalosControlPlane",
    head: "apiVersion: controlplane.cluster.x-k8s.io/v1alpha3\nkind: TalosControlPlane\nmetadata: {name: w}\nspec:\n  controlPlaneConfig:\n    controlplane:\n      strategicPatches:\n        - |\n",
    spaces: 10,
  },
  {
    name: "TalosConfigTemplate",
    head: "apiVersion: bootstrap.cluster.x-k8s.io/v1alpha3\nkind: TalosConfigTemplate\nmetadata: {name: w}\nspec:\n  template:\n    spec:\n      strategicPatches:\n        - |\n",
    spaces: 10,
  },
  { name: "talconfig.yaml", head: "clusterName: w\nclusterPodNets: [10.244.0.0/16]\npatches:\n  - |-\n", spaces: 4 },
];
export const talosConfig = `machine:
  kubelet:
    clusterDNS: [fd12:3456:789a::zz]
cluster:
  network:
    podSubnets: [10.244.0.0/16, "fd12:3456:789a::1/56"]
    serviceSubnets: ["fd12:3456:789b::/112", 10.96.0.0/12]
`;

/** They hold values one by one, a program's own file, or nothing of another kind: tested where they stand. */
export const otherwise = [
  "Simple",
  "RabbitmqCluster",
  "PerconaXtraDBCluster",
  "PerconaServerMongoDB",
  "MariaDB",
  "ClickHouseInstallation",
  "EMQX",
  "OpenTelemetryCollector",
  // Its patches are those of a Kustomization.
  "FluxInstance",
  "MongoDBCommunity",
  "MongoDB",
  // Each in test/manifest/scripts.test.ts.
  "ShellScript",
  "AnsibleIni",
  "AnsibleInventory",
  "KubesprayVars",
  "ClusterClass",
  "HelmValues",
  "Yaml",
];
/** What files without a kind are told by here. */
export const tokens: Readonly<Record<string, string>> = {
  TalosConfig: "inlineManifests:",
  FleetBundle: "defaultNamespace:",
  Helmfile: "releases:",
  CloudConfig: "#cloud-config",
  TalhelperConfig: "clusterPodNets:",
};
