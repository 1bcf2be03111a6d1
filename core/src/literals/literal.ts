import { type Address, type Family, type Prefix, parseAddress, parsePrefix } from "../addresses/address.ts";
import { splitHostPort, swallowedPort } from "../addresses/host-port.ts";
import type { Edit } from "../manifest/edit.ts";
import type { Place } from "../manifest/field.ts";
import { likeAddress } from "../manifest/mentions.ts";
import type { Resource } from "../manifest/resource.ts";
import { isUnquotedKey } from "../manifest/traps.ts";
import { type AddressField, addressFields } from "./address-fields.ts";
import type { AddressPath } from "./address-path.ts";
import { isPlaceholder } from "./placeholder.ts";
import { givenIPFlags, writtenAddresses } from "./written-addresses.ts";

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
  /** The range it is an end of, the same for both ends. */
  readonly endOf?: AddressField;
  /** Puts another text in its place, what stands around it in the scalar kept. An empty part that stays empty goes with its comma. */
  replace(text: string): Edit | undefined;
}

/**
 * The literals of a resource that rules in general may judge. Left out are words such as "None", empty strings where they
 * mean unset, what is put in later (`${POD_CIDR}`, `<your-ip>`), what YAML takes for a key, and what cannot be read where
 * a rule of the field's own says so.
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

/** What the programs of a cluster are given for flags that take one address, if it is like one; an empty value is none. */
export function flagLiterals(resource: Resource): readonly Literal[] {
  return givenIPFlags(resource)
    .filter(({ text }) => likeAddress.test(text) && !isPlaceholder(text))
    .map((flag) => parsed(ipFlag, flag.text.trim(), flag, "ip", flag.replace));
}

const ipFlag = { kinds: [], path: "", holds: "ip", reader: "failed to parse IP" } as const;

/** The literals with a mistake, whatever stands for it; of the two ends of a range with the same one, only the first. */
export function mistaken(found: readonly Literal[], mistake: (literal: Literal) => unknown): readonly Literal[] {
  let before: { readonly endOf: AddressField | undefined; readonly kind: unknown } | undefined;
  return found.filter((literal) => {
    const { endOf } = literal;
    const kind = mistake(literal);
    const again = endOf !== undefined && endOf === before?.endOf && kind === before.kind;
    before = { endOf, kind };
    return Boolean(kind) && !again;
  });
}

/**
 * True if the object had this value in the same field or list before: an update may leave it there. Endpoints may stay as a whole.
 * {@link https://github.com/kubernetes/enhancements/tree/master/keps/sig-network/4858-ip-cidr-validation}
 */
export function hadBefore({ path, text }: Literal, old: Resource | undefined, is: Resource): boolean {
  if (!old) return false;
  const subsets = [old, is].map((one) => JSON.stringify(one.get("subsets")?.toJSON()));
  return subsets[0] === subsets[1] && literals(old).some((other) => other.path === path && other.text === text);
}

/**
 * Whether a range that nobody should use is rightly named: as an exception, in a rule that denies, or as what somebody else wrote, since
 * nobody edits what a cluster observes.
 */
export function isNamedRightly({ path, at }: Literal, resource: Resource): boolean {
  if (path.keptOut || path.observed) return true;
  const [, list, index] = /^spec\.(\w+)\[(\d+)\]/.exec(at.path) ?? [];
  const action = list === undefined ? undefined : resource.get("spec", list, Number(index), "action");
  return /^(?:Deny|Reject)$/.test(action?.text ?? "");
}

/** Fields that an update may not change. */
export function isFixed({ path }: AddressPath): boolean {
  return path === "spec.clusterIP" || path === "spec.clusterIPs[]";
}

function isReadable({ path, address, prefix }: Literal): boolean {
  return !path.ownRule || address !== undefined || prefix !== undefined;
}

function judged(resource: Resource): (field: AddressField) => boolean {
  return (found) => {
    const { path, text } = found;
    if (path.words?.includes(text) || (text === "" && !path.needed && !isEmptyEntry(found))) return false;
    if (path.sameAs && resource.get(...path.sameAs) !== undefined) return false;
    if (isPlaceholder(text) || isUnquotedKey(found.field)) return false;
    if (path.shaped) return shape.test(text);
    return !path.loose || parseAddress(text) !== undefined || parsePrefix(text) !== undefined;
  };
}

/** Groups between colons, at least two, or four numbers between dots; in brackets or with a length or not. */
const shape =
  /^\[?[\da-f]{0,5}(?::[\da-f]{0,5}){2,}(?:[\da-f]*(?:\.\d+){3})?\]?(?:\/\w*)?$|^\d+(?:\.\d+){3}(?:\/\w*)?$/i;

/** The first empty part of a list of prefixes, whose reader parses every part: there is a comma too many. */
function isEmptyEntry({ path, field, text, start }: AddressField): boolean {
  if (text !== "" || !field.text?.trim() || path.separator !== "," || path.holds !== "cidr") return false;
  // Who takes blanks away takes empty parts away as well; the API server does the one and not the other.
  if (path.blanks && path.code === undefined) return false;
  const before = field.text.slice(0, start).split(",").slice(0, -1);
  return !before.some((part) => part.trim() === "");
}

function emptyEntry({ path, field }: AddressField): Literal {
  const parts = (by: string) => (field.text ?? "").split(",").map((part) => part.trim() || by);
  const replace = (by: string) => field.replace(parts(by).filter(Boolean).join(","));
  return parsed(path, "", field, "cidr", replace);
}

function read(found: AddressField): Literal[] {
  const { path, text } = found;
  if (isEmptyEntry(found)) return [emptyEntry(found)];
  switch (path.holds) {
    case "ip-range": {
      const dash = text.indexOf("-");
      if (dash < 0) return [literal(found, 0, text.length, path.loose ? "ip-or-cidr" : "cidr")];
      const ends = [text.slice(0, dash), text.slice(dash + 1)] as const;
      const first = text.indexOf(ends[0].trim());
      const second = dash + 1 + ends[1].length - ends[1].trimStart().length;
      return [
        { ...literal(found, first, first + ends[0].trim().length, undefined), endOf: found },
        { ...literal(found, second, second + ends[1].trim().length, undefined), endOf: found },
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
