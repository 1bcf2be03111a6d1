import type { PlacedField } from "../composed.ts";
import type { Field } from "../field.ts";
import { patched, pointed } from "../json-patch.ts";
import { each, type Opener, type Perhaps, values } from "./opener.ts";
import { ofFiles, writtenFiles } from "./written-files.ts";

const kubeadm = "kubeadm.k8s.io/v1beta4";

/** kubeadm's documents in Cluster API, by the field that holds them. {@link https://cluster-api.sigs.k8s.io/tasks/bootstrap/kubeadm-bootstrap/} */
const ofKubeadm = {
  clusterConfiguration: "ClusterConfiguration",
  initConfiguration: "InitConfiguration",
  joinConfiguration: "JoinConfiguration",
} as const;

const kinds = Object.values(ofKubeadm);
const holds = [...kinds, ...ofFiles];

function kubeadmAt(...steps: readonly string[]): Opener["open"] {
  return (resource) => [
    ...Object.entries(ofKubeadm).map(([key, kind]) => ({
      field: resource.get(...steps, key),
      as: { apiVersion: kubeadm, kind },
    })),
    ...writtenFiles(resource.get(...steps, "files")),
  ];
}

const bootstrap = { groups: ["bootstrap.cluster.x-k8s.io"], holds };
const controlPlane = { groups: ["controlplane.cluster.x-k8s.io"], holds };

export const kubeadmOpeners: readonly Opener[] = [
  { kind: "KubeadmConfig", ...bootstrap, open: kubeadmAt("spec") },
  { kind: "KubeadmConfigTemplate", ...bootstrap, open: kubeadmAt("spec", "template", "spec") },
  { kind: "KubeadmControlPlane", ...controlPlane, open: kubeadmAt("spec", "kubeadmConfigSpec") },
  {
    kind: "KubeadmControlPlaneTemplate",
    ...controlPlane,
    open: kubeadmAt("spec", "template", "spec", "kubeadmConfigSpec"),
  },
  {
    // https://cluster-api.sigs.k8s.io/tasks/experimental-features/cluster-class/write-clusterclass#clusterclass-with-patches
    kind: "ClusterClass",
    groups: ["cluster.x-k8s.io"],
    holds: [],
    open: (resource) =>
      each(resource.get("spec", "patches"), (patch) =>
        each(patch.get("definitions"), (definition) => ofDefinition(definition)),
      ),
  },
  {
    // What a variable is for stands in another object; its name mostly says it.
    kind: "Cluster",
    groups: ["cluster.x-k8s.io"],
    holds: ["HelmValues"],
    open: (resource) => {
      const lists = [resource.get("spec", "topology"), ...overrides(resource.get("spec", "topology", "workers"))];
      return lists.map((at) => {
        const list = at?.get("variables") ?? at?.get("variables", "overrides");
        return { field: list, as: values, placed: named(list) };
      });
    },
  },
  {
    // https://kind.sigs.k8s.io/docs/user/configuration/#kubeadm-config-patches
    kind: "KindCluster",
    groups: ["kind.x-k8s.io"],
    holds: kinds,
    open: (resource) => [
      ...[resource.root, ...(resource.get("nodes")?.items() ?? [])].flatMap((at) =>
        each(at.get("kubeadmConfigPatches"), (field) => ({ field, apiVersion: kubeadm })),
      ),
      ...each(resource.get("kubeadmConfigPatchesJSON6902"), (item) => ({
        field: item.get("patch"),
        patches: { apiVersion: kubeadm, kind: item.get("kind")?.text ?? "" },
      })),
    ],
  },
];

function ofDefinition(definition: Field): readonly Perhaps[] {
  const operations = definition.get("jsonPatches");
  const [apiVersion = "", kind = ""] = ["apiVersion", "kind"].map((key) => definition.get("selector", key)?.text);
  const as = { apiVersion, kind };
  return [
    { field: operations, as, placed: patched(operations) },
    // Made of a text, each is of that text and so stands alone.
    ...each(operations, (operation) => {
      const to = pointed(operation.get("path")?.text ?? "");
      const field = operation.get("valueFrom", "template");
      return to && field && !field.text?.includes("{{") ? [{ field, as, below: to }] : [];
    }),
  ];
}

function overrides(workers: Field | undefined): readonly Field[] {
  return ["machineDeployments", "machinePools"].flatMap((key) => workers?.get(key)?.items() ?? []);
}

function named(list: Field | undefined): readonly PlacedField[] {
  return (list?.items() ?? []).flatMap((item) => {
    const [name, field] = [item.get("name")?.text, item.get("value")];
    return name !== undefined && field ? [{ to: [name], field }] : [];
  });
}
