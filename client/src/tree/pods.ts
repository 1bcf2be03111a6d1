import { familyOf } from "#core/addresses/address.ts";
import type { KubeObject } from "#core/cluster/cluster.ts";
import { podIPs } from "#core/summary/families.ts";
import { markdown, paragraphs } from "#core/text/markdown.ts";
import { listRows } from "./list.ts";
import { podPoliciesRow } from "./policies.ts";
import { note, type Row, refTo } from "./row.ts";
import { types, type View } from "./view.ts";

/** The pods of a namespace with every address they have. */
export function podsRow(id: string, namespace: string, view: View): Row {
  const own = `${id}/pods`;
  // Listing starts when somebody looks: a cluster may have many thousand pods.
  const list = () => view.list(types.pods, { namespace });
  return note(own, "Pods", {
    icon: "package",
    children: () =>
      listRows(own, list(), "No pods in this namespace", (pods) => pods.map((pod) => podRow(own, pod, view))),
  });
}

function podRow(id: string, pod: KubeObject, view: View): Row {
  const own = `${id}/${pod.metadata.name}`;
  const addresses = podIPs(pod);
  const host = pod.spec?.hostNetwork === true ? ", in the node's network" : "";
  const phase = typeof pod.status?.phase === "string" ? pod.status.phase : "Unknown";
  const rows = [
    ...addresses.map((text) =>
      note(`${own}/${text}`, text, { description: familyOf(text) ?? "", icon: "symbol-number" }),
    ),
    note(`${own}/node`, `on ${pod.spec?.nodeName ?? "no node yet"}`, { icon: "server" }),
  ];
  return {
    id: own,
    label: pod.metadata.name,
    description: `${addresses.join(", ") || "no address"}${host}`,
    icon: "package",
    ...(phase === "Running" || phase === "Succeeded" ? {} : { tone: "warning" as const }),
    tooltip: paragraphs([markdown`**${pod.metadata.name}** is ${phase}`, ...addresses]),
    menu: "pod",
    object: refTo(types.pods, "Pod", pod),
    children: () => [...rows, podPoliciesRow(own, pod, view)],
  };
}
