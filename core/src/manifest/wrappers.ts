import type { Field } from "./field.ts";
import type { Head } from "./node.ts";
import type { Resource } from "./resource.ts";

/** Something that another object wraps up: the values of a chart in a HelmRelease, kubeadm's configuration in Cluster API. */
export interface Wrapped {
  /** A mapping, or a scalar whose text is YAML. */
  readonly field: Field;
  /** What it is where it does not say so itself. */
  readonly as?: Pick<Head, "apiVersion" | "kind">;
  /** Where it says a kind alone. */
  readonly apiVersion?: string;
}

const values: Pick<Head, "apiVersion" | "kind"> = { apiVersion: "", kind: "HelmValues" };

/**
 * What an object wraps up, in the order written. All of it is merged with something else (a chart's defaults, what kubeadm makes, the
 * object a patch is for), so that what it leaves out says nothing.
 */
export function wrappedIn(resource: Resource): readonly Wrapped[] {
  const opener = Object.hasOwn(openers, resource.kind) ? openers[resource.kind] : undefined;
  return opener?.groups.includes(resource.group) ? opener.open(resource).filter(isThere) : [];
}

/** The kinds that may stand in what these kinds wrap up without a word of theirs; `kind:` is found wherever it stands. */
export function mayHold(kind: string): readonly string[] {
  return Object.hasOwn(openers, kind) ? (openers[kind]?.holds ?? []) : [];
}

/** The objects that are opened, and the kinds that may stand in them. */
export function wrapperKinds(): readonly {
  readonly kind: string;
  readonly groups: readonly string[];
  readonly holds: readonly string[];
}[] {
  return Object.entries(openers).map(([kind, { groups, holds }]) => ({ kind, groups, holds }));
}

interface Opener {
  readonly groups: readonly string[];
  readonly holds: readonly string[];
  open(resource: Resource): readonly Perhaps[];
}

type Perhaps = Omit<Wrapped, "field"> & { readonly field: Field | undefined };

const kubeadm = "kubeadm.k8s.io/v1beta4";

/** What partsOf makes of values is of these kinds. */
const ofValues = ["HelmValues", "Service", "Installation"];

/** kubeadm's documents in Cluster API, by the field that holds them. {@link https://cluster-api.sigs.k8s.io/tasks/bootstrap/kubeadm-bootstrap/} */
const ofKubeadm = {
  clusterConfiguration: "ClusterConfiguration",
  initConfiguration: "InitConfiguration",
  joinConfiguration: "JoinConfiguration",
} as const;

function kubeadmAt(...steps: readonly string[]): Opener["open"] {
  return (resource) => [
    ...Object.entries(ofKubeadm).map(([key, kind]) => ({
      field: resource.get(...steps, key),
      as: { apiVersion: kubeadm, kind },
    })),
    ...writtenFiles(resource.get(...steps, "files")),
  ];
}

/** What is written to a machine before it joins: static Pods such as kube-vip's, audit policies, kubelet's patches. */
function writtenFiles(files: Field | undefined): readonly Perhaps[] {
  return (files?.items() ?? []).flatMap((file) => {
    const content = file.get("content");
    const isObject = /\.ya?ml$/.test(file.get("path")?.text ?? "") && /^kind:/m.test(content?.text ?? "");
    return isObject && !file.has("encoding") ? [{ field: content }] : [];
  });
}

const kubeadmKinds = { groups: ["bootstrap.cluster.x-k8s.io"], holds: Object.values(ofKubeadm) };
const controlPlane = { groups: ["controlplane.cluster.x-k8s.io"], holds: Object.values(ofKubeadm) };
const ofHelmController = {
  groups: ["helm.cattle.io"],
  holds: ofValues,
  open: (resource: Resource) => [{ field: resource.get("spec", "valuesContent"), as: values }],
};

const ofTalos = { groups: ["controlplane.cluster.x-k8s.io", "bootstrap.cluster.x-k8s.io"], holds: ["TalosConfig"] };

function talosAt(...steps: readonly string[]): Opener["open"] {
  return (resource) => [
    { field: resource.get(...steps, "data") },
    ...(resource.get(...steps, "strategicPatches")?.items() ?? []).map((field) => ({ field })),
  ];
}

const openers: Readonly<Record<string, Opener>> = {
  // https://fluxcd.io/flux/components/helm/helmreleases/#values
  HelmRelease: {
    groups: ["helm.toolkit.fluxcd.io"],
    holds: ofValues,
    open: (resource) => [
      { field: resource.get("spec", "values"), as: values },
      ...(resource.get("spec", "postRenderers")?.items() ?? []).flatMap((renderer) =>
        patchesIn(renderer.get("kustomize")),
      ),
    ],
  },
  // https://github.com/kubernetes-sigs/cluster-api-addon-provider-helm
  HelmChartProxy: {
    groups: ["addons.cluster.x-k8s.io"],
    holds: ofValues,
    open: (resource) => [{ field: resource.get("spec", "valuesTemplate"), as: values }],
  },
  // https://github.com/crossplane-contrib/provider-helm
  Release: {
    groups: ["helm.crossplane.io", "helm.m.crossplane.io"],
    holds: ofValues,
    open: (resource) => [{ field: resource.get("spec", "forProvider", "values"), as: values }],
  },
  // https://docs.k0sproject.io/stable/helm-charts/
  K0sCluster: {
    groups: ["k0s.k0sproject.io"],
    holds: ofValues,
    open: (resource) =>
      (resource.get("spec", "extensions", "helm", "charts")?.items() ?? []).map((chart) => ({
        field: chart.get("values"),
        as: values,
      })),
  },
  // https://www.talos.dev/latest/reference/configuration/v1alpha1/config/#Config.cluster.inlineManifests.
  TalosConfig: {
    groups: [""],
    holds: [],
    open: (resource) =>
      (resource.get("cluster", "inlineManifests")?.items() ?? []).map((item) => ({ field: item.get("contents") })),
  },
  // https://github.com/siderolabs/cluster-api-control-plane-provider-talos
  TalosControlPlane: { ...ofTalos, open: talosAt("spec", "controlPlaneConfig", "controlplane") },
  TalosConfigTemplate: { ...ofTalos, open: talosAt("spec", "template", "spec") },
  // https://docs.k3s.io/add-ons/helm
  HelmChart: ofHelmController,
  HelmChartConfig: ofHelmController,
  // https://argo-cd.readthedocs.io/en/stable/user-guide/helm/#values
  Application: { groups: ["argoproj.io"], holds: ofValues, open: (resource) => argo(resource.get("spec")) },
  ApplicationSet: {
    groups: ["argoproj.io"],
    holds: ofValues,
    open: (resource) => argo(resource.get("spec", "template", "spec")),
  },
  KubeadmConfig: { ...kubeadmKinds, open: kubeadmAt("spec") },
  KubeadmConfigTemplate: { ...kubeadmKinds, open: kubeadmAt("spec", "template", "spec") },
  KubeadmControlPlane: { ...controlPlane, open: kubeadmAt("spec", "kubeadmConfigSpec") },
  KubeadmControlPlaneTemplate: { ...controlPlane, open: kubeadmAt("spec", "template", "spec", "kubeadmConfigSpec") },
  // https://docs.k0smotron.io/stable/resource-reference/controlplane.cluster.x-k8s.io-v1beta1/
  K0sControlPlane: {
    groups: ["controlplane.cluster.x-k8s.io"],
    holds: ["K0sCluster"],
    open: (resource) => [{ field: resource.get("spec", "k0sConfigSpec", "k0s") }],
  },
  // https://kind.sigs.k8s.io/docs/user/configuration/#kubeadm-config-patches
  KindCluster: {
    groups: ["kind.x-k8s.io"],
    holds: Object.values(ofKubeadm),
    open: (resource) =>
      [resource.root, ...(resource.get("nodes")?.items() ?? [])]
        .flatMap((at) => at.get("kubeadmConfigPatches")?.items() ?? [])
        .map((field) => ({ field, apiVersion: kubeadm })),
  },
  // https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches/
  Kustomization: {
    // Flux has the same fields in its own object: https://fluxcd.io/flux/components/kustomize/kustomizations/#patches
    groups: ["kustomize.config.k8s.io", "", "kustomize.toolkit.fluxcd.io"],
    holds: [],
    open: (resource) => [...patchesIn(resource.root), ...patchesIn(resource.get("spec"))],
  },
};

function patchesIn(kustomize: Field | undefined): readonly Perhaps[] {
  return [
    ...(kustomize?.get("patches")?.items() ?? []).map((item) => ({ field: item.get("patch") })),
    ...(kustomize?.get("patchesStrategicMerge")?.items() ?? []).map((field) => ({ field })),
  ];
}

function argo(spec: Field | undefined): readonly Perhaps[] {
  const sources = [spec?.get("source"), ...(spec?.get("sources")?.items() ?? [])];
  return sources.flatMap((source) => [
    ...["values", "valuesObject"].map((key) => ({ field: source?.get("helm", key), as: values })),
    ...patchesIn(source?.get("kustomize")),
  ]);
}

function isThere(wrapped: Perhaps): wrapped is Wrapped {
  const { node } = wrapped.field ?? {};
  return node?.kind === "map" || (node?.kind === "scalar" && wrapped.field?.text?.includes(":") === true);
}
