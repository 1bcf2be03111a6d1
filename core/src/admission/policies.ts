import { stringify } from "yaml";
import { calicoTwins } from "./calico-twins.ts";
import { ciliumTwins } from "./cilium-twins.ts";
import { coreTwins } from "./core-twins.ts";
import type { Twin, TwinTarget } from "./twin.ts";

export const twins: readonly Twin[] = [...coreTwins, ...calicoTwins, ...ciliumTwins];

export const admissionFormats = ["validatingadmissionpolicy", "kyverno"] as const;
export type AdmissionFormat = (typeof admissionFormats)[number];

/** `warn` lets everything pass and says so, `deny` refuses. */
export const admissionActions = ["warn", "deny"] as const;
export type AdmissionAction = (typeof admissionActions)[number];

/** What a format can say of them: what the API server refuses itself never comes to a ValidatingAdmissionPolicy. */
export function exportable(format: AdmissionFormat): readonly Twin[] {
  return twins.filter(({ server }) => format === "kyverno" || !server);
}

/** The policies as YAML documents, one for each rule. */
export function admissionPolicies(all: readonly Twin[], format: AdmissionFormat, action: AdmissionAction): string {
  const objects = all.flatMap((twin) => (format === "kyverno" ? [kyverno(twin, action)] : builtIn(twin, action)));
  return objects.map((object) => stringify(object, { lineWidth: 0 })).join("---\n");
}

const pageOf = (rule: string) => `https://github.com/kube-ipv6/kube-ipv6/blob/main/docs/rules/${rule}.md`;

/** {@link https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/} */
function builtIn({ rule, targets, checks }: Twin, action: AdmissionAction): object[] {
  const name = `kube-ipv6-${rule}`;
  const apiVersion = "admissionregistration.k8s.io/v1";
  return [
    {
      apiVersion,
      kind: "ValidatingAdmissionPolicy",
      metadata: { name, annotations: { "kube-ipv6/rule": pageOf(rule) } },
      spec: {
        // What cannot be evaluated is let through: the linter says it, and a cluster that takes nothing any more is worse.
        failurePolicy: "Ignore",
        matchConstraints: {
          resourceRules: targets.map(({ group, versions, resource }) => ({
            apiGroups: [group],
            apiVersions: versions,
            operations: ["CREATE", "UPDATE"],
            resources: [resource],
          })),
        },
        // What was there before the policy can still be labelled, annotated and removed.
        matchConditions: [{ name: "changed", expression: changed(targets) }],
        validations: checks.map(({ holds, says }) => ({
          expression: holds,
          message: `${says} (${rule})`,
          reason: "Invalid",
        })),
      },
    },
    {
      apiVersion,
      kind: "ValidatingAdmissionPolicyBinding",
      metadata: { name },
      spec: { policyName: name, validationActions: action === "deny" ? ["Deny"] : ["Warn", "Audit"] },
    },
  ];
}

function changed(targets: readonly TwinTarget[]): string {
  const part = targets.some(({ kind }) => kind === "ConfigMap") ? "data" : "spec";
  return `oldObject == null || !has(object.${part}) || !has(oldObject.${part}) || object.${part} != oldObject.${part}`;
}

/** {@link https://kyverno.io/docs/policy-types/cluster-policy/validate/#common-expression-language-cel} */
function kyverno({ rule, targets, checks }: Twin, action: AdmissionAction): object {
  const kinds = targets.flatMap(({ group, versions, kind }) =>
    versions.map((version) => [group, version, kind].filter((part) => part !== "").join("/")),
  );
  return {
    apiVersion: "kyverno.io/v1",
    kind: "ClusterPolicy",
    metadata: {
      name: `kube-ipv6-${rule}`,
      annotations: { "policies.kyverno.io/title": rule, "policies.kyverno.io/description": pageOf(rule) },
    },
    spec: {
      background: true,
      rules: [
        {
          name: rule,
          match: { any: [{ resources: { kinds, operations: ["CREATE", "UPDATE"] } }] },
          validate: {
            failureAction: action === "deny" ? "Enforce" : "Audit",
            cel: {
              expressions: checks.map(({ holds, says }) => ({ expression: holds, message: `${says} (${rule})` })),
            },
          },
        },
      ],
    },
  };
}
