import { embeddedKind, isCloudConfig } from "../embedded.ts";
import type { Field } from "../field.ts";
import { each, type Opener, ofValues, type Perhaps, values, type WrappedAs } from "./opener.ts";

const k3s: WrappedAs = { apiVersion: "", kind: "K3sConfig" };
const cloudConfig: WrappedAs = { apiVersion: "", kind: "CloudConfig" };

/** What may stand in such a file without its kind. */
export const ofFiles = ["K3sConfig", "CloudConfig", "CNIConfig", "NginxConf", "HAProxyConf"];

/**
 * What is written to a machine before it joins: static Pods such as kube-vip's, manifests, patches of the kubelet, the configuration of
 * k3s and RKE2.
 */
export function writtenFiles(files: Field | undefined): readonly Perhaps[] {
  return each(files, (file) => {
    const content = file.get("content");
    const path = file.get("path")?.text ?? "";
    if (file.has("encoding") || file.has("contentFrom")) return [];
    if (/\/rancher\/(?:k3s|rke2)\/config\.yaml(?:\.d\/.*)?$/.test(path)) return [{ field: content, as: k3s }];
    const name = path.slice(path.lastIndexOf("/") + 1);
    const program = named.test(name) ? embeddedKind(name, content?.text ?? "") : undefined;
    if (program !== undefined && program !== "Yaml") return [{ field: content, program }];
    return /\.ya?ml$/.test(path) && /^kind:/m.test(content?.text ?? "") ? [{ field: content }] : [];
  });
}

/** Files of programs whose names say it. */
const named = /\.(?:conflist|conf|cfg|cnf)$/;

/** Texts that say themselves that they are cloud-init's. */
function userData(...fields: readonly (Field | undefined)[]): readonly Perhaps[] {
  return fields.flatMap((field) => (isCloudConfig(field?.text ?? "") ? [{ field, as: cloudConfig }] : []));
}

/** What cloud-init is given, and what gives it. */
export const cloudInitOpeners: readonly Opener[] = [
  {
    // https://cloudinit.readthedocs.io/en/latest/reference/modules.html#write-files
    kind: "CloudConfig",
    groups: [""],
    holds: ofFiles,
    mentions: /write_files/,
    open: (resource) => writtenFiles(resource.get("write_files")),
  },
  {
    kind: "Secret",
    groups: [""],
    holds: [cloudConfig.kind, ...ofValues],
    mentions: /#cloud-config|values[\w.-]*\.ya?ml/,
    open: (resource) =>
      (resource.get("stringData")?.entries() ?? []).flatMap(([key, field]) =>
        // https://fluxcd.io/flux/components/helm/helmreleases/#values-references
        /^values[\w.-]*\.ya?ml$/.test(key) ? [{ field, as: values }] : userData(field),
      ),
  },
  {
    // https://kubevirt.io/user-guide/user_workloads/startup_scripts/
    kind: "VirtualMachine",
    groups: ["kubevirt.io"],
    holds: [cloudConfig.kind],
    mentions: /#cloud-config/,
    open: (resource) =>
      each(resource.get("spec", "template", "spec", "volumes"), (volume) =>
        userData(...["cloudInitNoCloud", "cloudInitConfigDrive"].map((key) => volume.get(key, "userData"))),
      ),
  },
];
