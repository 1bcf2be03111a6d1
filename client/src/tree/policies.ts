import type { KubeObject } from "#core/cluster.ts";
import { summarize } from "#core/policy.ts";
import { listRows } from "./list.ts";
import { note, type Row, refTo } from "./row.ts";
import { types, type View } from "./view.ts";

/** The NetworkPolicies of a namespace, and what each allows per family. */
export function policiesRow(id: string, namespace: string, view: View): Row {
  const own = `${id}/policies`;
  const list = () => view.list(types.networkPolicies, { namespace });
  return note(own, "NetworkPolicies", {
    icon: "shield",
    children: () =>
      listRows(own, list(), "No NetworkPolicies limit this namespace", (policies) =>
        policies.map((policy) => policyRow(own, policy)),
      ),
  });
}

function policyRow(id: string, policy: KubeObject): Row {
  const own = `${id}/${policy.metadata.name}`;
  // A list leaves these out of its items, and a policy is recognised by them.
  const { lines, asymmetric } = summarize([{ apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", ...policy }]);
  return {
    id: own,
    label: policy.metadata.name,
    description: asymmetric ? "IPv4 and IPv6 differ" : "",
    icon: asymmetric ? "warning" : "shield",
    ...(asymmetric ? { tone: "warning" as const } : {}),
    tooltip: [`**${policy.metadata.name}** taken alone`, ...lines].join("\n\n"),
    menu: "object",
    object: refTo(types.networkPolicies, "NetworkPolicy", policy),
    children: () => lines.map((line) => note(`${own}/${line}`, line, { icon: "info", tooltip: line })),
  };
}
