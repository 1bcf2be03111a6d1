import type { Field } from "../field.ts";
import { patched } from "../json-patch.ts";
import type { Resource } from "../resource.ts";
import { k3sOpeners } from "./k3s.ts";
import { kubeadmOpeners } from "./kubeadm.ts";
import { each, type Opener, ofValues, type Perhaps, values } from "./opener.ts";

const talosConfig = { apiVersion: "", kind: "TalosConfig" };
const ofTalos = { groups: ["controlplane.cluster.x-k8s.io", "bootstrap.cluster.x-k8s.io"], holds: ["TalosConfig"] };

function talosAt(...steps: readonly string[]): Opener["open"] {
  return (resource) => [
    ofTalosText(resource.get(...steps, "data")),
    ...each(resource.get(...steps, "strategicPatches"), ofTalosText),
    {
      field: resource.get(...steps, "configPatches"),
      as: talosConfig,
      placed: patched(resource.get(...steps, "configPatches")),
    },
  ];
}

/** A configuration, or one of the documents beside it, which say their kind. */
function ofTalosText(field: Field | undefined): Perhaps {
  return /^kind:/m.test(field?.text ?? "") ? { field } : { field, as: talosConfig };
}

const ofK0s = ["K0sCluster", ...ofValues];
const k0sAt =
  (...steps: readonly string[]): Opener["open"] =>
  (resource: Resource) => [{ field: resource.get(...steps) }];

/** What builds a cluster. */
export const clusterOpeners: readonly Opener[] = [
  ...kubeadmOpeners,
  ...k3sOpeners,
  {
    // https://docs.k0sproject.io/stable/helm-charts/
    kind: "K0sCluster",
    groups: ["k0s.k0sproject.io"],
    holds: ofValues,
    open: (resource) =>
      each(resource.get("spec", "extensions", "helm", "charts"), (chart) => ({
        field: chart.get("values"),
        as: values,
      })),
  },
  {
    // https://github.com/k0sproject/k0sctl#k0s-fields
    kind: "K0sCluster",
    groups: ["k0sctl.k0sproject.io"],
    holds: ofK0s,
    open: (resource) => {
      const field = resource.get("spec", "k0s", "config");
      // It is completed where it does not say what it is.
      return [
        field?.has("kind") ? { field } : { field, as: { apiVersion: "k0s.k0sproject.io/v1beta1", kind: "K0sCluster" } },
      ];
    },
  },
  // https://docs.k0smotron.io/stable/resource-reference/controlplane.cluster.x-k8s.io-v1beta1/
  {
    kind: "K0sControlPlane",
    groups: ["controlplane.cluster.x-k8s.io"],
    holds: ofK0s,
    open: k0sAt("spec", "k0sConfigSpec", "k0s"),
  },
  {
    kind: "K0sControlPlaneTemplate",
    groups: ["controlplane.cluster.x-k8s.io"],
    holds: ofK0s,
    open: k0sAt("spec", "template", "spec", "k0sConfigSpec", "k0s"),
  },
  {
    kind: "K0smotronControlPlane",
    groups: ["controlplane.cluster.x-k8s.io"],
    holds: ofK0s,
    open: k0sAt("spec", "k0sConfig"),
  },
  { kind: "K0sCluster", groups: ["k0smotron.io"], holds: ofK0s, open: k0sAt("spec", "k0sConfig") },
  {
    // https://www.talos.dev/latest/reference/configuration/v1alpha1/config/#Config.cluster.inlineManifests.
    kind: "TalosConfig",
    groups: [""],
    holds: [],
    open: (resource) => [
      ...each(resource.get("cluster", "inlineManifests"), (item) => ({ field: item.get("contents") })),
      ...each(resource.get("machine", "pods"), (field) => ({ field })),
    ],
  },
  {
    // https://budimanjojo.github.io/talhelper/latest/guides/#configuring-patches
    kind: "TalhelperConfig",
    groups: [""],
    holds: ["TalosConfig"],
    open: (resource) =>
      [resource.root, resource.get("controlPlane"), resource.get("worker")].flatMap((at) =>
        each(at?.get("patches"), (field) => ({ ...ofTalosText(field), patches: talosConfig })),
      ),
  },
  // https://github.com/siderolabs/cluster-api-control-plane-provider-talos
  { kind: "TalosControlPlane", ...ofTalos, open: talosAt("spec", "controlPlaneConfig", "controlplane") },
  { kind: "TalosConfigTemplate", ...ofTalos, open: talosAt("spec", "template", "spec") },
];
