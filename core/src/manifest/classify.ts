import type { Field } from "./field.ts";

/**
 * The kind that rules choose by. Kubernetes objects keep their own; where two groups share a word, or a file has
 * none, it is one of these:
 *
 * - `CalicoNetworkPolicy`, `AntreaNetworkPolicy`: NetworkPolicy of projectcalico.org or crd.projectcalico.org, of crd.antrea.io
 * - `KindCluster`, `K0sCluster`: Cluster of kind.x-k8s.io, ClusterConfig of k0s.k0sproject.io
 * - `K3sConfig`: the config.yaml of k3s or RKE2 - `AddressPlan`: a document with a top-level `addressing:`
 * - `TalosConfig`: a machine configuration - `TalhelperConfig`: talconfig.yaml - `KubesprayVars`: its group_vars
 * - `MicroK8sLaunch`: the launch configuration of MicroK8s - `AnsibleInventory`: the hosts of Kubespray
 * - `RkeConfig`: cluster.yml of RKE1 - `InstallConfig`: OpenShift's install-config.yaml - `CloudConfig`: what cloud-init is given
 * - `FleetBundle`: fleet.yaml of Rancher - `Helmfile`
 * - `HelmUnitTests`: a suite of helm-unittest, whose values are nobody's
 * - `HelmValues`: a mapping without apiVersion and kind - `Kustomization`
 * - embedded files: `Corefile`, `FlannelNetConf`, `CNIConfig`, `NginxConf`, `HAProxyConf` ... see {@link embeddedKind}
 */
export function classify(root: Field, apiVersion: string, embeddedIn?: string): string {
  const kind = root.get("kind")?.text;
  if (kind === undefined || kind === "") return withoutKind(root, embeddedIn);
  return apiVersion === "" && kind === "Service" && isOctelium(root) ? "" : kindOf(kind, apiVersion);
}

/** Of an object that says both. */
export function kindOf(kind: string, apiVersion: string): string {
  const group = apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
  if (kind === "NetworkPolicy" && group.endsWith("projectcalico.org")) return "CalicoNetworkPolicy";
  if (kind === "NetworkPolicy" && group.endsWith("antrea.io")) return "AntreaNetworkPolicy";
  if (kind === "Cluster" && group === "kind.x-k8s.io") return "KindCluster";
  if ((kind === "ClusterConfig" || kind === "Cluster") && group.startsWith("k0s")) return "K0sCluster";
  return kind;
}

/** How the kinds that share a word with others are written in `kind:`. */
export const writtenAs: Readonly<Record<string, readonly string[]>> = {
  CalicoNetworkPolicy: ["NetworkPolicy"],
  AntreaNetworkPolicy: ["NetworkPolicy"],
  KindCluster: ["Cluster"],
  K0sCluster: ["ClusterConfig", "Cluster"],
};

/** What a document without `kind:` may be; "" is an object without its kind. */
export const kindless: readonly string[] = [
  "HelmValues",
  "K3sConfig",
  "TalosConfig",
  "TalhelperConfig",
  "KubesprayVars",
  "RkeConfig",
  "InstallConfig",
  "MicroK8sLaunch",
  "AnsibleInventory",
  "AddressPlan",
  "Kustomization",
  "CloudConfig",
  "FleetBundle",
  "Helmfile",
  "HelmUnitTests",
  "BlackboxConf",
  "",
];

const k3sKeys = [
  "cluster-cidr",
  "service-cidr",
  "node-ip",
  "flannel-backend",
  "flannel-ipv6-masq",
  "cluster-dns",
  "tls-san",
];

const kubesprayKeys = ["", "_ipv6"].flatMap((family) => [
  `kube_pods_subnet${family}`,
  `kube_service_addresses${family}`,
  `kube_network_node_prefix${family}`,
]);

function withoutKind(root: Field, embeddedIn: string | undefined): string {
  if (embeddedIn !== undefined) return embeddedIn;
  if (root.type !== "map") return "";
  if (root.has("baseDomain") && root.has("networking")) return "InstallConfig";
  if (root.has("apiVersion")) return "";
  if (root.get("addressing")?.type === "map") return "AddressPlan";
  if (k3sKeys.some((key) => root.has(key))) return "K3sConfig";
  if (root.get("machine")?.type === "map" || isTalos(root.get("cluster"))) return "TalosConfig";
  if (root.has("clusterPodNets") || root.has("clusterSvcNets")) return "TalhelperConfig";
  if (kubesprayKeys.some((key) => root.has(key))) return "KubesprayVars";
  if (["kube-api", "kube-controller"].some((part) => root.get("services", part)?.type === "map")) return "RkeConfig";
  if (root.get("extraCNIEnv")?.type === "map") return "MicroK8sLaunch";
  if (root.get("all", "hosts")?.type === "map") return "AnsibleInventory";
  if (root.get("write_files")?.type === "seq" || root.get("runcmd")?.type === "seq") return "CloudConfig";
  if (root.get("helm", "values")?.type === "map" && root.get("helm")?.has("chart")) return "FleetBundle";
  if (root.get("releases")?.type === "seq" && root.get("releases", 0, "chart")) return "Helmfile";
  if (root.get("modules")?.entries()[0]?.[1].has("prober")) return "BlackboxConf";
  if (root.has("resources") && (root.has("patches") || root.has("namePrefix"))) return "Kustomization";
  if (root.get("tests", 0, "asserts")?.type === "seq") return "HelmUnitTests";
  return "HelmValues";
}

/** A patch of Talos' machine configuration may hold the cluster's part alone. */
function isTalos(cluster: Field | undefined): boolean {
  const network = cluster?.get("network");
  return (
    network?.has("podSubnets") === true ||
    network?.has("serviceSubnets") === true ||
    cluster?.get("inlineManifests")?.type === "seq" ||
    cluster?.get("apiServer", "certSANs")?.type === "seq" ||
    cluster?.get("controlPlane", "endpoint") !== undefined
  );
}

/** Octelium's objects look like Kubernetes' own but for the apiVersion. {@link https://octelium.com/docs/octelium/latest/management/core/service/overview} */
function isOctelium(root: Field): boolean {
  const spec = root.get("spec");
  return spec !== undefined && !spec.has("ports") && ["mode", "config", "isPublic"].some((key) => spec.has(key));
}
