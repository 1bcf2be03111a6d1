import type { BuiltObject } from "./built-object.ts";

/** Kubernetes' own kinds that stand in no namespace; a custom resource is given one whether it takes it or not. */
const clusterWide = [
  "APIService",
  "CSIDriver",
  "CSINode",
  "CertificateSigningRequest",
  "ClusterRole",
  "ClusterRoleBinding",
  "ComponentStatus",
  "CustomResourceDefinition",
  "FlowSchema",
  "IPAddress",
  "IngressClass",
  "MutatingWebhookConfiguration",
  "Namespace",
  "Node",
  "PersistentVolume",
  "PriorityClass",
  "PriorityLevelConfiguration",
  "RuntimeClass",
  "ServiceCIDR",
  "StorageClass",
  "ValidatingAdmissionPolicy",
  "ValidatingAdmissionPolicyBinding",
  "ValidatingWebhookConfiguration",
  "VolumeAttachment",
];

/** {@link https://github.com/kubernetes-sigs/kustomize/blob/master/kyaml/openapi/openapi.go}, IsNamespaceScoped */
export function isNamespaced({ kind, group }: BuiltObject): boolean {
  return !clusterWide.includes(kind) || (group !== "" && !group.endsWith(".k8s.io"));
}
