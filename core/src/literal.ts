import {
  type Address,
  type Family,
  type Prefix,
  parseAddress,
  parsePrefix,
  splitHostPort,
  swallowedPort,
} from "./address.ts";
import { type AddressField, type AddressPath, addressFields } from "./address-fields.ts";
import type { Edit } from "./manifest/edit.ts";
import type { Place } from "./manifest/field.ts";
import type { Resource } from "./manifest/resource.ts";
import { writtenAddresses } from "./written-addresses.ts";

/** One address or prefix as it is written in a manifest: what the rules on literals judge. */
export interface Literal {
  readonly path: AddressPath;
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
 * The literals of a resource that rules in general may judge. Left out are words such as "None", empty strings where they
 * mean unset, what is put in later (`${POD_CIDR}`, `<your-ip>`), and what cannot be read where a rule of the field's own
 * says so.
 */
export function literals(resource: Resource): readonly Literal[] {
  return resource.once(literals, () =>
    addressFields(resource).filter(judged(resource)).flatMap(read).filter(isReadable),
  );
}

/** These, and the addresses that flags and files hold: nobody compares their text, but what range they are of matters as much. */
export function everyLiteral(resource: Resource): readonly Literal[] {
  return resource.once(everyLiteral, () => {
    const more = writtenAddresses(resource).map(({ path, text, at, replace }) =>
      parsed(path, text, at, path.holds, replace),
    );
    return [...literals(resource), ...more.filter(isReadable)];
  });
}

function isReadable({ path, address, prefix }: Literal): boolean {
  return !path.ownRule || address !== undefined || prefix !== undefined;
}

function judged(resource: Resource): (field: AddressField) => boolean {
  return ({ path, text }) => {
    if (path.words?.includes(text) || (text === "" && !path.needed)) return false;
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
      // An address that swallows its port is for the field's own rule to report; what stands before the port is meant.
      const host = (parseAddress(text) && swallowedPort(text)?.host) ?? splitHostPort(text)?.host ?? text;
      const start = text.indexOf(host);
      return [literal(found, start, start + host.length, undefined)];
    }
    default:
      return [literal(found, 0, text.length, path.holds)];
  }
}

function literal({ path, field, text: whole, start }: AddressField, from: number, to: number, wants: Literal["wants"]) {
  const [begin, end] = [start + from, start + to];
  const all = field.text ?? "";
  const at = begin === 0 && end === all.length ? field : field.within(begin, end);
  const replace = (by: string) => field.replace(all.slice(0, begin) + by + all.slice(end));
  return parsed(path, whole.slice(from, to), at, wants, replace);
}

function parsed(
  path: AddressPath,
  text: string,
  at: Place,
  wants: Literal["wants"],
  replace: Literal["replace"],
): Literal {
  const address = wants === "cidr" ? undefined : parseAddress(text);
  const prefix = wants === "ip" ? undefined : parsePrefix(text);
  return { path, text, at, wants, address, prefix, family: (address ?? prefix?.address)?.family, replace };
}
