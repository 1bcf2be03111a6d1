import type { PlacedField } from "../composed.ts";
import type { Field } from "../field.ts";
import type { Resource } from "../resource.ts";
import { each, type Opener, ofValues, type Perhaps, values } from "./opener.ts";
import { patchesIn } from "./patches.ts";

const ofHelmController = {
  groups: ["helm.cattle.io"],
  holds: ofValues,
  open: (resource: Resource) => [{ field: resource.get("spec", "valuesContent"), as: values }],
};

/** What holds the values of charts. */
export const chartOpeners: readonly Opener[] = [
  {
    // https://fluxcd.io/flux/components/helm/helmreleases/#values
    kind: "HelmRelease",
    groups: ["helm.toolkit.fluxcd.io"],
    holds: ofValues,
    open: (resource) => [
      { field: resource.get("spec", "values"), as: values },
      ...each(resource.get("spec", "postRenderers"), (renderer) => patchesIn(renderer.get("kustomize"))),
    ],
  },
  {
    // https://github.com/kubernetes-sigs/cluster-api-addon-provider-helm
    kind: "HelmChartProxy",
    groups: ["addons.cluster.x-k8s.io"],
    holds: ofValues,
    open: (resource) => [{ field: resource.get("spec", "valuesTemplate"), as: values }],
  },
  {
    // https://github.com/crossplane-contrib/provider-helm
    kind: "Release",
    groups: ["helm.crossplane.io", "helm.m.crossplane.io"],
    holds: ofValues,
    open: (resource) => [
      { field: resource.get("spec", "forProvider", "values"), as: values },
      set(resource.get("spec", "forProvider", "set")),
    ],
  },
  // https://docs.k3s.io/add-ons/helm
  { kind: "HelmChart", ...ofHelmController, open: (chart) => [...ofHelmController.open(chart), k3sSet(chart)] },
  { kind: "HelmChartConfig", ...ofHelmController },
  // https://argo-cd.readthedocs.io/en/stable/user-guide/helm/#values
  { kind: "Application", groups: ["argoproj.io"], holds: ofValues, open: (resource) => argo(resource.get("spec")) },
  {
    kind: "ApplicationSet",
    groups: ["argoproj.io"],
    holds: ofValues,
    open: (resource) => argo(resource.get("spec", "template", "spec")),
  },
  {
    // https://fleet.rancher.io/ref-fleet-yaml
    kind: "FleetBundle",
    groups: [""],
    holds: ofValues,
    open: (resource) => [{ field: resource.get("helm", "values"), as: values }],
  },
  {
    // https://rook.io/docs/rook/latest/Helm-Charts/ceph-cluster-chart/
    kind: "HelmValues",
    groups: [""],
    holds: ["CephCluster"],
    mentions: /cephClusterSpec/,
    open: (resource) => {
      const field = resource.get("cephClusterSpec");
      const as = { apiVersion: "ceph.rook.io/v1", kind: "CephCluster" };
      return field ? [{ field, as, placed: [{ to: ["spec"], field }] }] : [];
    },
  },
  {
    // https://github.com/prometheus-community/helm-charts/blob/main/charts/prometheus-blackbox-exporter/values.yaml
    kind: "HelmValues",
    groups: [""],
    holds: ["BlackboxConf"],
    mentions: /prober/,
    open: (resource) =>
      [resource.root, ...resource.root.entries().map(([, field]) => field)].flatMap((chart) => {
        const field = chart.get("config", "modules");
        const as = { apiVersion: "", kind: "BlackboxConf" };
        return field?.type === "map" ? [{ field, as, placed: [{ to: ["modules"], field }] }] : [];
      }),
  },
  {
    // https://helmfile.readthedocs.io/en/latest/#configuration
    kind: "Helmfile",
    groups: [""],
    holds: ofValues,
    open: (resource) =>
      each(resource.get("releases"), (release) => [
        ...each(release.get("values"), (field) => ({ field: field.type === "map" ? field : undefined, as: values })),
        set(release.get("set")),
      ]),
  },
];

function argo(spec: Field | undefined): readonly Perhaps[] {
  const sources = [spec?.get("source"), ...(spec?.get("sources")?.items() ?? [])];
  return sources.flatMap((source) => [
    ...["values", "valuesObject"].map((key) => ({ field: source?.get("helm", key), as: values })),
    set(source?.get("helm", "parameters")),
    ...patchesIn(source?.get("kustomize")),
  ]);
}

/** Names and values one by one, as `--set` takes them. {@link https://helm.sh/docs/intro/using_helm/#the-format-and-limitations-of---set} */
function set(list: Field | undefined): Perhaps {
  const placed = (list?.items() ?? []).flatMap((item): PlacedField[] => {
    const [to, field] = [keys(item.get("name")?.text ?? ""), item.get("value")];
    return to.length > 0 && field ? [{ to, field }] : [];
  });
  return { field: list, as: values, placed };
}

function k3sSet(chart: Resource): Perhaps {
  const list = chart.get("spec", "set");
  return {
    field: list,
    as: values,
    placed: (list?.entries() ?? []).map(([name, field]) => ({ to: keys(name), field })),
  };
}

/** `a.b\.c[0]` */
function keys(name: string): readonly (string | number)[] {
  return [...name.matchAll(/\[(\d+)\]|(?:[^.[\\]|\\.)+/g)].map(([whole, index]) =>
    index === undefined ? whole.replace(/\\(.)/g, "$1") : Number(index),
  );
}
