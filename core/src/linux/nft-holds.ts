import { contains, parseAddress, parsePrefix } from "../addresses/address.ts";
import { asText } from "../text/as-text.ts";
import { fieldsOf } from "../text/fields.ts";

/** Undefined: it depends on what is not known of the packet. */
export type Maybe = boolean | undefined;

export type Elements = (name: string) => readonly unknown[];

/** Whether a set, a map's key, a range, a prefix or a plain value holds the value. */
export function holds(value: string | number, right: unknown, elements: Elements): Maybe {
  if (typeof right === "string" && right.startsWith("@")) return any(elements(right.slice(1)), value, elements);
  if (Array.isArray(right)) return any(right, value, elements);
  const object = fieldsOf(right);
  if (!object) return same(value, right);
  if (Array.isArray(object.set)) return any(object.set, value, elements);
  if (object.elem !== undefined) return holds(value, fieldsOf(object.elem)?.val, elements);
  const prefix = fieldsOf(object.prefix);
  if (prefix) return inPrefix(value, `${prefix.addr}/${prefix.len}`);
  return Array.isArray(object.range) ? inRange(value, object.range) : undefined;
}

function same(value: string | number, right: unknown): Maybe {
  if (typeof right === "string" && right.endsWith("*") && typeof value === "string")
    return value.startsWith(right.slice(0, -1));
  const [a, b] = [value, right].map((one) => (typeof one === "string" ? parseAddress(one)?.value : undefined));
  if (a !== undefined && b !== undefined) return a === b;
  if (typeof right === "number" && protocols[right] === value) return true;
  return numbers[asText(right)] === undefined ? asText(value) === asText(right) : numbers[asText(right)] === value;
}

/** nft prints the number of a protocol where there is no /etc/protocols, as in kube-proxy's image. */
const protocols: Readonly<Record<number, string>> = { 6: "tcp", 17: "udp", 58: "ipv6-icmp" };

/** Names that nft prints for numbers where it knows them. */
const numbers: Readonly<Record<string, number>> = {
  http: 80,
  https: 443,
  domain: 53,
  ssh: 22,
  "nd-router-solicit": 133,
  "nd-router-advert": 134,
  "nd-neighbor-solicit": 135,
  "nd-neighbor-advert": 136,
  "nd-redirect": 137,
};

function any(all: readonly unknown[], value: string | number, elements: Elements): Maybe {
  const found = all.map((one) => holds(value, Array.isArray(one) ? one[0] : one, elements));
  if (found.includes(true)) return true;
  return found.includes(undefined) ? undefined : false;
}

function inPrefix(value: string | number, text: string): Maybe {
  const [address, prefix] = [parseAddress(asText(value)), parsePrefix(text)];
  return address && prefix ? contains(prefix, address) : undefined;
}

function inRange(value: string | number, [first, last]: readonly unknown[]): Maybe {
  const [at, from, to] = [value, first, last].map((one) =>
    typeof one === "number" ? BigInt(one) : parseAddress(asText(one))?.value,
  );
  return at === undefined || from === undefined || to === undefined ? undefined : from <= at && at <= to;
}
