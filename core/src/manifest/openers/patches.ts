import type { Field } from "../field.ts";
import { each, type Opener, ofValues, type Perhaps, values, type WrappedAs } from "./opener.ts";

/** What holds parts of other objects. */
export const patchOpeners: readonly Opener[] = [
  {
    // https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches/
    kind: "Kustomization",
    // Flux has the same fields in its own object: https://fluxcd.io/flux/components/kustomize/kustomizations/#patches
    groups: ["kustomize.config.k8s.io", "", "kustomize.toolkit.fluxcd.io"],
    holds: [...ofValues, "ConfigMap"],
    mentions: /patch|valuesInline|configMapGenerator/,
    open: (resource) => [
      literalsOf(resource.get("configMapGenerator")),
      ...patchesIn(resource.root),
      ...patchesIn(resource.get("spec")),
      ...each(resource.get("helmCharts"), (chart) => ({ field: chart.get("valuesInline"), as: values })),
    ],
  },
  {
    // https://fluxoperator.dev/docs/crd/fluxinstance/#kustomize-patches
    kind: "FluxInstance",
    groups: ["fluxcd.controlplane.io"],
    holds: [],
    mentions: /patches/,
    open: (resource) => patchesIn(resource.get("spec", "kustomize")),
  },
];

/** {@link https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/configmapgenerator/} */
function literalsOf(generators: Field | undefined): Perhaps {
  const placed = (generators?.items() ?? []).flatMap((generator, index) =>
    (generator.get("literals")?.items() ?? []).flatMap((field) => {
      const [, key = ""] = /^([\w.-]+)=/.exec(field.text ?? "") ?? [];
      return key ? [{ to: ["data", `${key}${index || ""}`], field, from: key.length + 1 }] : [];
    }),
  );
  return { field: generators, as: { apiVersion: "v1", kind: "ConfigMap" }, placed };
}

/** In `patches` and `patchesJson6902` a text may be an object or a list of operations. */
export function patchesIn(kustomize: Field | undefined): readonly Perhaps[] {
  return [
    ...["patches", "patchesJson6902"].flatMap((key) =>
      each(kustomize?.get(key), (item) => ({ field: item.get("patch"), ...forTarget(item.get("target")) })),
    ),
    ...each(kustomize?.get("patchesStrategicMerge"), (field) => ({ field })),
  ];
}

function forTarget(target: Field | undefined): { readonly patches?: WrappedAs } {
  const [kind, group, version] = ["kind", "group", "version"].map((key) => target?.get(key)?.text);
  // Kustomize takes these for regular expressions.
  if (kind === undefined || !/^\w+$/.test(kind)) return {};
  return { patches: { kind, apiVersion: group ? `${group}/${version ?? "v1"}` : (version ?? "v1") } };
}
