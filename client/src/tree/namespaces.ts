import { l10n } from "../l10n.ts";
import { countText, listRows } from "./list.ts";
import { podsRow } from "./pods.ts";
import { policiesRow } from "./policies.ts";
import { note, type Row } from "./row.ts";
import { servicesRow } from "./services.ts";
import { types, type View } from "./view.ts";

/** The namespaces; only that of the context where they may not be listed. */
export function namespacesRow(id: string, view: View): Row {
  const list = view.list(types.namespaces);
  const own = `${id}/namespaces`;
  const refused = list.answer !== undefined && !list.answer.ok;
  return {
    id: own,
    label: l10n`Namespaces`,
    description: countText(list),
    icon: "symbol-namespace",
    expanded: true,
    children: () => [
      ...listRows(own, list, l10n`This cluster has no namespaces`, (namespaces) =>
        namespaces.map(({ metadata }) => namespaceRow(own, metadata.name, view)),
      ),
      ...(refused ? [namespaceRow(own, view.namespace, view, l10n`the one of this context`)] : []),
    ],
  };
}

function namespaceRow(id: string, name: string, view: View, description = ""): Row {
  const own = `${id}/${name}`;
  const children = () => [podsRow(own, name, view), servicesRow(own, name, view), policiesRow(own, name, view)];
  return note(own, name, { icon: "symbol-namespace", description, menu: "namespace", children });
}
