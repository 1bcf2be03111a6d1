import { familyOf } from "#core/addresses/address.ts";
import type { KubeObject } from "#core/cluster/cluster.ts";
import { type NodeState, nodeStates } from "#core/summary/nodes.ts";
import { markdown, paragraphs } from "#core/text/markdown.ts";
import { l10n } from "../l10n.ts";
import { arranged, badgeOf, ipv6First } from "./arrange.ts";
import { countText, listRows } from "./list.ts";
import { note, type Row, refTo } from "./row.ts";
import { types, type View } from "./view.ts";

/** The nodes, the odd one out marked. */
export function nodesRow(id: string, view: View): Row {
  const list = view.list(types.nodes);
  const states = list.answer?.ok ? nodeStates(list.answer.value) : [];
  const odd = states.filter((state) => state.odd.length > 0).length;
  return {
    id: `${id}/nodes`,
    label: l10n`Nodes`,
    description: odd === 0 ? countText(list) : l10n`${countText(list)}, ${odd} unlike the others`,
    icon: "server",
    ...(odd === 0 ? {} : { tone: "warning" as const }),
    children: () =>
      listRows(`${id}/nodes`, list, l10n`This cluster has no nodes`, (nodes) =>
        arranged(
          `${id}/nodes`,
          nodes.map((node, index) => nodeRow(`${id}/nodes`, node, states[index])),
          view,
        ),
      ),
  };
}

function nodeRow(id: string, node: KubeObject, state: NodeState | undefined): Row {
  const { podCIDRs = [], odd = [] } = state ?? {};
  const internalIPs = ipv6First(state?.internalIPs ?? []);
  const own = `${id}/${node.metadata.name}`;
  const address = (what: string) => (text: string) =>
    note(`${own}/${what}/${text}`, text, {
      description: `${familyOf(text) ?? l10n`not an address`} ${what}`,
      icon: "symbol-number",
      menu: "address",
    });
  const warning = (text: string) => note(`${own}/${text}`, text, { icon: "warning", tone: "warning", tooltip: text });
  return {
    id: own,
    label: node.metadata.name,
    description: internalIPs.join(", ") || l10n`no InternalIP`,
    icon: odd.length > 0 ? "warning" : "server",
    ...(odd.length > 0 ? { tone: "warning" as const } : {}),
    tooltip: paragraphs([markdown`**${node.metadata.name}**`, ...odd]),
    ...badgeOf(internalIPs),
    addresses: internalIPs,
    menu: "node",
    object: refTo(types.nodes, "Node", node),
    children: () => [
      ...odd.map(warning),
      ...internalIPs.map(address("InternalIP")),
      ...podCIDRs.map(address("podCIDR")),
    ],
  };
}
