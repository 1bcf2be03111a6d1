import { parsePrefix } from "../addresses/address.ts";
import type { Field, Range } from "../manifest/field.ts";
import type { Intended, ParitySettings } from "../parity/model.ts";
import type { Counterpart } from "../parity/places.ts";

/** What `parity` of a `.kube-ipv6.yaml` says: which ranges are each other's counterpart, and which differences are wanted. */
export function parseParity(field: Field | undefined, complain: (message: string, at: Range) => void): ParitySettings {
  for (const [key, value] of field?.entries() ?? [])
    if (key !== "counterparts" && key !== "intended")
      complain(`parity: "${key}" is not a setting; known are counterparts, intended`, value.key);
  const counterparts = (field?.get("counterparts")?.items() ?? []).flatMap((item) => counterpart(item, complain));
  const intended = (field?.get("intended")?.items() ?? []).flatMap((item) => intent(item, complain));
  return { counterparts, intended };
}

function counterpart(item: Field, complain: (message: string, at: Range) => void): Counterpart[] {
  const [IPv4, IPv6] = [item.get("IPv4")?.text, item.get("IPv6")?.text];
  if (isOf("IPv4", IPv4) && isOf("IPv6", IPv6)) return [{ IPv4, IPv6 }];
  complain(
    "parity.counterparts: an entry has a prefix of each family, IPv4: 203.0.113.0/24 and IPv6: 2001:db8::/48",
    item,
  );
  return [];
}

function isOf(family: "IPv4" | "IPv6", text: string | undefined): text is string {
  return text !== undefined && parsePrefix(text)?.address.family === family;
}

function intent(item: Field, complain: (message: string, at: Range) => void): Intended[] {
  const [policy, open, reason] = ["policy", "open", "reason"].map((key) => item.get(key)?.text);
  const family = open === "IPv4" || open === "IPv6" ? open : undefined;
  const known = item.get("open") === undefined || family !== undefined;
  if (policy !== undefined && reason !== undefined && reason.trim() !== "" && known)
    return [{ policy, reason, ...(family ? { open: family } : {}) }];
  complain(
    'parity.intended: an entry has a policy such as "NetworkPolicy shop/web", a reason, and IPv4 or IPv6 for open if it is about one of them',
    item,
  );
  return [];
}
