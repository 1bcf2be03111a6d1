import { type Family, familyOf } from "#core/addresses/address.ts";
import type { KubeObject } from "#core/cluster/cluster.ts";
import { podIPs } from "#core/summary/families.ts";
import { markdown, paragraphs } from "#core/text/markdown.ts";
import { l10n } from "../l10n.ts";
import { arranged, badgeOf, ipv6First } from "./arrange.ts";
import { listRows } from "./list.ts";
import { podPoliciesRow } from "./policies.ts";
import { note, type Row, refTo } from "./row.ts";
import { types, type View } from "./view.ts";

/** The pods of a namespace with every address they have. */
export function podsRow(id: string, namespace: string, view: View): Row {
  const own = `${id}/pods`;
  // Listing starts when somebody looks: a cluster may have many thousand pods.
  const list = () => view.list(types.pods, { namespace });
  return note(own, l10n`Pods`, {
    icon: "package",
    description: view.count(types.pods, { namespace }),
    children: () =>
      listRows(own, list(), l10n`No pods in this namespace`, (pods) => {
        const expected = view.expects("pods");
        return arranged(
          own,
          pods.map((pod) => podRow(own, pod, view, expected)),
          view,
        );
      }),
  });
}

function podRow(id: string, pod: KubeObject, view: View, expected: readonly Family[]): Row {
  const own = `${id}/${pod.metadata.name}`;
  const addresses = ipv6First(podIPs(pod));
  const lacking = lackingOf(pod, addresses, expected);
  const host = pod.spec?.hostNetwork === true ? l10n`, in the node's network` : "";
  const phase = typeof pod.status?.phase === "string" ? pod.status.phase : "Unknown";
  const rows = [
    ...lacking.map((text) => note(`${own}/${text}`, text, { icon: "warning", tone: "warning", tooltip: text })),
    ...addresses.map((text) =>
      note(`${own}/${text}`, text, { description: familyOf(text) ?? "", icon: "symbol-number", menu: "address" }),
    ),
    note(`${own}/node`, l10n`on ${pod.spec?.nodeName ?? l10n`no node yet`}`, { icon: "server" }),
  ];
  return {
    id: own,
    label: pod.metadata.name,
    description: `${addresses.join(", ") || l10n`no address`}${host}`,
    icon: "package",
    ...(lacking.length === 0 && (phase === "Running" || phase === "Succeeded") ? {} : { tone: "warning" as const }),
    ...badgeOf(addresses),
    addresses,
    tooltip: paragraphs([markdown`**${pod.metadata.name}** ${l10n`is ${phase}`}`, ...lacking, ...addresses]),
    menu: "pod",
    object: refTo(types.pods, "Pod", pod),
    children: () => [...rows, podPoliciesRow(own, pod, view)],
  };
}

/** A running pod with a network of its own has what the cluster gives its pods. */
function lackingOf(
  { spec, status }: KubeObject,
  addresses: readonly string[],
  expected: readonly Family[],
): readonly string[] {
  if (spec?.hostNetwork === true || status?.phase !== "Running" || addresses.length === 0) return [];
  const lacks = expected.filter((family) => !addresses.some((text) => familyOf(text) === family));
  return lacks.map((family) => l10n`No ${family} address, which the cluster gives its pods.`);
}
