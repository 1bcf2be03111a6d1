import { type Address, type Family, type Prefix, parseAddress, parsePrefix, splitHostPort } from "./address.ts";
import { type AddressField, type AddressPath, addressFields } from "./address-fields.ts";
import type { Edit } from "./manifest/edit.ts";
import type { Field, Place } from "./manifest/field.ts";
import type { Resource } from "./manifest/resource.ts";

/** One address or prefix as it is written in a manifest: what the rules on literals judge. */
export interface Literal {
  readonly path: AddressPath;
  readonly field: Field;
  readonly text: string;
  readonly at: Place;
  /** What the reader wants; undefined where a rule of the field's own judges the syntax. */
  readonly wants: "ip" | "cidr" | "ip-or-cidr" | undefined;
  /** Set if it reads as an address. */
  readonly address: Address | undefined;
  /** Set if it reads as `address/length`. */
  readonly prefix: Prefix | undefined;
  readonly family: Family | undefined;
  /** Puts another text in its place, what stands around it in the scalar kept. */
  replace(text: string): Edit | undefined;
}

/**
 * The literals of a resource that rules in general may judge. Left out are fields with a rule of their own, words such
 * as "None", empty strings where they mean unset, and what is put in later (`${POD_CIDR}`, `<your-ip>`).
 */
export function literals(resource: Resource): readonly Literal[] {
  return resource.once(literals, () => addressFields(resource).filter(judged(resource)).flatMap(read));
}

function judged(resource: Resource): (field: AddressField) => boolean {
  return ({ path, text }) => {
    if (path.ownRule || path.words?.includes(text) || (text === "" && !path.needed)) return false;
    if (path.sameAs && resource.get(...path.sameAs) !== undefined) return false;
    if (/\$[{(\w]|<[^>]*>|^__/.test(text)) return false;
    return !path.loose || parseAddress(text) !== undefined || parsePrefix(text) !== undefined;
  };
}

function read(found: AddressField): Literal[] {
  const { path, text } = found;
  switch (path.holds) {
    case "ip-range": {
      const dash = text.indexOf("-");
      if (dash < 0) return [literal(found, 0, text.length, "cidr")];
      const ends = [text.slice(0, dash), text.slice(dash + 1)] as const;
      const first = text.indexOf(ends[0].trim());
      const second = dash + 1 + ends[1].length - ends[1].trimStart().length;
      return [
        literal(found, first, first + ends[0].trim().length, undefined),
        literal(found, second, second + ends[1].trim().length, undefined),
      ];
    }
    case "ip-port": {
      const host = splitHostPort(text)?.host ?? text;
      const start = text.indexOf(host);
      return [literal(found, start, start + host.length, undefined)];
    }
    default:
      return [literal(found, 0, text.length, path.holds)];
  }
}

function literal({ path, field, text: whole, start }: AddressField, from: number, to: number, wants: Literal["wants"]) {
  const text = whole.slice(from, to);
  const [begin, end] = [start + from, start + to];
  const address = wants === "cidr" ? undefined : parseAddress(text);
  const prefix = wants === "ip" ? undefined : parsePrefix(text);
  const all = field.text ?? "";
  return {
    path,
    field,
    text,
    at: begin === 0 && end === all.length ? field : field.within(begin, end),
    wants,
    address,
    prefix,
    family: (address ?? prefix?.address)?.family,
    replace: (by: string) => field.replace(all.slice(0, begin) + by + all.slice(end)),
  } satisfies Literal;
}
