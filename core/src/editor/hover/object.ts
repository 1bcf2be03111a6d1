import type { KubeObject } from "../../cluster/cluster.ts";
import { companyOf, policyKinds } from "../../facts/policies.ts";
import { familiesTable, refusedOnEvery } from "../../kinds/service-families.ts";
import type { Field } from "../../manifest/field.ts";
import type { Resource } from "../../manifest/resource.ts";
import { isPolicy } from "../../policy/compile.ts";
import { policyHover } from "../../policy/explain.ts";
import type { PodEndpoint } from "../../policy/model.ts";
import { summarizePolicies } from "../../policy/summarize.ts";
import { codeSpan, escapedMarkdown } from "../../text/markdown.ts";

/** What an object as a whole does per family, said where it names itself and at the keys that decide it. */
export function aboutObject(
  { resource, field, onKey }: { readonly resource: Resource; readonly field: Field; readonly onKey: boolean },
  {
    policies,
    pods,
    reported = false,
  }: { readonly policies: readonly KubeObject[]; readonly pods: readonly PodEndpoint[]; readonly reported?: boolean },
): string | undefined {
  const at = field.steps.join(".");
  // What is refused, and by whom, stands in the finding above the hover.
  if (reported && resource.kind === "Service" && refusedOnEvery(resource) !== undefined) return undefined;
  if (resource.kind === "Service")
    return at === "kind" || at === "spec.ipFamilyPolicy" ? families(resource, at) : undefined;
  const asks = at === "kind" || (onKey && deciding.has(at));
  return asks && policyKinds.includes(resource.kind) && !resource.partial
    ? policy(resource, policies, pods)
    : undefined;
}

const deciding = new Set([
  "spec.podSelector",
  "spec.endpointSelector",
  "spec.nodeSelector",
  "spec.selector",
  "spec.subject",
  "spec.policyTypes",
  "spec.types",
  "spec.ingress",
  "spec.egress",
  "spec.ingressDeny",
  "spec.egressDeny",
]);

function families(service: Resource, at: string): string | undefined {
  const table = familiesTable(service);
  // Of the field itself the same page is the source.
  if (at !== "kind") return table;
  return table && `${table}\n\n([source](https://kubernetes.io/docs/concepts/services-networking/dual-stack/))`;
}

function policy(resource: Resource, policies: readonly KubeObject[], pods: readonly PodEndpoint[]): string | undefined {
  const own = resource.toJSON() as KubeObject;
  if (!isPolicy(own)) return undefined;
  const { objects, others, differs } = companyOf(own, policies, pods);
  const together =
    others.length === 0
      ? []
      : [
          `Together with ${others.map(codeSpan).join(", ")}, which select the same pods:`,
          summarizePolicies(objects)
            .lines.map((line) => `- ${escapedMarkdown(line)}`)
            .join("\n"),
        ];
  const more = differs ? ["Some of its pods are selected by more policies of these files."] : [];
  return [policyHover(own), ...together, ...more].join("\n\n");
}
