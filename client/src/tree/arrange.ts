import { familyOf } from "#core/addresses/address.ts";
import { l10n } from "../l10n.ts";
import { type Badge, note, type Row } from "./row.ts";
import type { View } from "./view.ts";

/** More rows than these are put into groups. */
const most = 150;
const groupSize = 100;

/** What of a list is seen: all, or only what is odd; long lists in groups that can be opened one by one. */
export function arranged(id: string, rows: readonly Row[], { onlyOdd }: Pick<View, "onlyOdd">): readonly Row[] {
  const shown = onlyOdd ? rows.filter(isOdd) : rows;
  if (onlyOdd && shown.length < rows.length) {
    const hidden = note(`${id}/hidden`, hiddenText(rows.length - shown.length), { icon: "filter" });
    return [...grouped(id, shown), hidden];
  }
  return grouped(id, shown);
}

function hiddenText(count: number): string {
  return count === 1 ? l10n`1 that is not odd is hidden` : l10n`${count} that are not odd are hidden`;
}

function isOdd({ tone, odd }: Row): boolean {
  return odd === true || tone === "warning" || tone === "error";
}

function grouped(id: string, rows: readonly Row[]): readonly Row[] {
  if (rows.length <= most) return rows;
  return Array.from({ length: Math.ceil(rows.length / groupSize) }, (_, index): Row => {
    const group = rows.slice(index * groupSize, (index + 1) * groupSize);
    const [first, last] = [group[0]?.label ?? "", group.at(-1)?.label ?? ""];
    const odd = group.filter(isOdd).length;
    return note(`${id}/group-${index}`, `${first} \u2026 ${last}`, {
      icon: "list-tree",
      description: `${group.length}${odd === 0 ? "" : l10n`, ${odd} odd`}`,
      ...(odd === 0 ? {} : { tone: "warning" }),
      children: () => group,
    });
  });
}

/** IPv6 first: a narrow view cuts off what comes last. */
export function ipv6First(addresses: readonly string[]): readonly string[] {
  const six = addresses.filter((text) => familyOf(text) === "IPv6");
  return [...six, ...addresses.filter((text) => !six.includes(text))];
}

export function badgeOf(addresses: readonly string[]): { readonly badge?: Badge } {
  const families = new Set(addresses.map(familyOf));
  const text = `${families.has("IPv4") ? "4" : ""}${families.has("IPv6") ? "6" : ""}`;
  return text === "4" || text === "6" || text === "46" ? { badge: text } : {};
}
