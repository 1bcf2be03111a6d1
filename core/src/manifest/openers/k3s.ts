import type { PlacedField } from "../composed.ts";
import type { Field } from "../field.ts";
import { each, type Opener, ofValues, type Perhaps, values, type WrappedAs } from "./opener.ts";
import { ofFiles, writtenFiles } from "./written-files.ts";

const config: WrappedAs = { apiVersion: "", kind: "K3sConfig" };

/**
 * What Cluster API's providers call what k3s and RKE2 read.
 * {@link https://github.com/rancher/cluster-api-provider-rke2/blob/main/controlplane/api/v1beta2/rke2controlplane_types.go}
 * {@link https://github.com/k3s-io/cluster-api-k3s/blob/main/bootstrap/api/v1beta2/kthreesconfig_types.go}
 */
const names: Readonly<Record<string, string>> = {
  clusterCidr: "cluster-cidr",
  serviceCidr: "service-cidr",
  clusterDNS: "cluster-dns",
  bindAddress: "bind-address",
  advertiseAddress: "advertise-address",
  tlsSan: "tls-san",
  cni: "cni",
  kubeControllerManagerArgs: "kube-controller-manager-arg",
  kubeAPIServerArg: "kube-apiserver-arg",
  kubeletArgs: "kubelet-arg",
};

/** The same below a key of its own, as RKE2's provider has it. */
const nested = {
  kubeControllerManager: "kube-controller-manager-arg",
  kubeAPIServer: "kube-apiserver-arg",
  kubelet: "kubelet-arg",
} as const;

function serverAt(...steps: readonly string[]): Opener["open"] {
  return (resource) => {
    const at = resource.get(...steps);
    const placed = ["serverConfig", "agentConfig"].flatMap((key): readonly PlacedField[] => [
      ...(at?.get(key)?.entries() ?? []).flatMap(([name, field]) =>
        Object.hasOwn(names, name) ? [{ to: [names[name] ?? name], field }] : [],
      ),
      ...Object.entries(nested).flatMap(([name, to]) => {
        const field = at?.get(key, name, "extraArgs");
        return field ? [{ to: [to], field }] : [];
      }),
    ]);
    return [{ field: at, as: config, placed }, ...writtenFiles(at?.get("files"))];
  };
}

const holds = ["K3sConfig", ...ofFiles];
const controlPlane = { groups: ["controlplane.cluster.x-k8s.io"], holds };
const bootstrap = { groups: ["bootstrap.cluster.x-k8s.io"], holds };

export const k3sOpeners: readonly Opener[] = [
  {
    // https://k3d.io/stable/usage/configfile/: each argument is one of k3s
    kind: "Simple",
    groups: ["k3d.io"],
    holds: ["K3sConfig"],
    open: (resource) => {
      const list = resource.get("options", "k3s", "extraArgs");
      const placed = (list?.items() ?? []).flatMap((item): readonly PlacedField[] => {
        const field = item.get("arg");
        const [head, name] = /^--([\w-]+)=/.exec(field?.text ?? "") ?? [];
        return field && head && name ? [{ to: [name], field, from: head.length }] : [];
      });
      return [{ field: list, as: config, placed }];
    },
  },
  { kind: "RKE2ControlPlane", ...controlPlane, open: serverAt("spec") },
  { kind: "RKE2ControlPlaneTemplate", ...controlPlane, open: serverAt("spec", "template", "spec") },
  { kind: "RKE2ConfigTemplate", ...bootstrap, open: serverAt("spec", "template", "spec") },
  { kind: "KThreesControlPlane", ...controlPlane, open: serverAt("spec", "kthreesConfigSpec") },
  {
    kind: "KThreesControlPlaneTemplate",
    ...controlPlane,
    open: serverAt("spec", "template", "spec", "kthreesConfigSpec"),
  },
  { kind: "KThreesConfigTemplate", ...bootstrap, open: serverAt("spec", "template", "spec") },
  {
    // https://ranchermanager.docs.rancher.com/reference-guides/cluster-configuration/rancher-server-configuration/rke2-cluster-configuration
    kind: "Cluster",
    groups: ["provisioning.cattle.io"],
    holds: ["K3sConfig", ...ofValues],
    open: (resource) => {
      const rke = resource.get("spec", "rkeConfig");
      return [
        { field: rke?.get("machineGlobalConfig"), as: config },
        ...each(rke?.get("machineSelectorConfig"), (item): Perhaps => ({ field: item.get("config"), as: config })),
        ...(rke?.get("chartValues")?.entries() ?? []).map(([, field]: readonly [string, Field]) => ({
          field,
          as: values,
        })),
      ];
    },
  },
];
