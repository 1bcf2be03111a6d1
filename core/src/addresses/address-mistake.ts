import { parseAddress } from "./address.ts";

/**
 * Says why a text is no IP address, in a few words that follow "it": "has 9 groups, an IPv6 address has 8". Only for
 * text that {@link parseAddress} refuses.
 */
export function addressMistake(text: string): string {
  if (text.trim() === "") return "is empty";
  if (text !== text.trim()) return "has blanks around it";
  if (/^0x[0-9a-f.x]+$/i.test(text) || /^\d+$/.test(text)) return "is a number, write four decimal octets";
  const list = text.split(/[\s,]+/);
  if (list.length > 1 && list.every((part) => parseAddress(part))) return "is a list, where one address is wanted";
  if (/[^0-9a-fA-F:.]/.test(text)) return /^\S+:\d+$/.test(text) ? "is a host with a port" : "is a name or other text";
  return text.includes(":") ? ipv6Mistake(text) : ipv4Mistake(text);
}

function ipv6Mistake(text: string): string {
  if (/^\d+(?:\.\d+){3}:\d+$/.test(text)) return "has a port";
  if (text.includes(":::")) return 'has ":::"';
  if (text.split("::").length > 2) return 'has two "::"';
  const groups = text.split(":").filter((group) => group !== "");
  const long = groups.find((group) => !group.includes(".") && group.length > 4);
  if (long) return `has the group ${long}, longer than 4 hex digits`;
  const dotted = groups.find((group) => group.includes("."));
  if (dotted) return `has ${dotted} in it, which is no IPv4 address at its end`;
  const port = /^(.*):(\d{2,5})$/.exec(text);
  if (port && !text.includes("::") && parseAddress(port[1] ?? ""))
    return `ends with the port ${port[2]}, which it does not take`;
  if (!text.includes("::") && groups.length !== 8) return `has ${groups.length} groups, an IPv6 address has 8`;
  return groups.length > 7 ? 'has no group left for its "::"' : 'has a single ":" at an end';
}

function ipv4Mistake(text: string): string {
  const octets = text.split(".");
  const large = octets.find((octet) => /^\d+$/.test(octet) && Number(octet) > 255);
  if (octets.length === 4 && large) return `has the octet ${large}, above 255`;
  return octets.length === 1 ? "is no IP address" : `has ${octets.length} parts, an IPv4 address has 4 octets`;
}
