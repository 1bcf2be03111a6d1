import { parseAddress } from "../../addresses/address.ts";
import type { Format, Line, Sign } from "../output.ts";

interface Link {
  readonly name: string;
  readonly flags: string;
  readonly mtu: number;
  readonly line: Line;
  readonly addresses: { readonly text: string; readonly scope: string; readonly flags: string; readonly line: Line }[];
}

/** `ip addr`, `ip -6 addr`, `ip a`: {@link https://man7.org/linux/man-pages/man8/ip-address.8.html} */
export const format: Format = {
  title: "ip addr",
  source: "https://man7.org/linux/man-pages/man8/ip-address.8.html",

  hear({ command = "", lines }) {
    const understood: number[] = [];
    const links: Link[] = [];
    for (const line of lines) {
      const head = /^\d+: ([^\s:@]+)(?:@\S+)?: <([A-Z0-9_,-]*)> mtu (\d+)/.exec(line.text);
      const address = /^\s+inet6? ([^\s/]+)(?:\/\d+)?(?: peer \S+| brd \S+)* scope (\w+)(.*)/.exec(line.text);
      if (head) {
        const [, name = "", flags = "", mtu] = head;
        links.push({ name, flags, mtu: Number(mtu), line, addresses: [] });
      } else if (address && links.length > 0) {
        const [, text = "", scope = "", flags = ""] = address;
        links.at(-1)?.addresses.push({ text, scope, flags, line });
      } else if (links.length === 0 || !/^\s+(?:link\/|valid_lft|alias|altname|RX|TX|\d)/.test(line.text)) continue;
      understood.push(line.number);
    }
    const onlyIPv4 = /\s-4\b/.test(command) || !links.some(({ addresses }) => addresses.some(isIPv6));
    return { understood, signs: links.flatMap((link) => [...addressSigns(link), ...linkSigns(link, onlyIPv4)]) };
  },
};

function addressSigns({ name, addresses }: Link): Sign[] {
  return addresses.filter(isIPv6).flatMap(({ text, flags, line }): Sign[] => {
    const at = { line: line.number, family: "IPv6" } as const;
    if (/\bdadfailed\b/.test(flags))
      return [
        {
          ...at,
          says: `another station answered for ${text} on ${name}: nothing may use it`,
          pointsTo: ["dad-failed"],
        },
      ];
    if (/\btentative\b/.test(flags))
      return [
        { ...at, says: `${text} on ${name} is tentative: nothing is sent from it yet`, pointsTo: ["dad-failed"] },
      ];
    return [];
  });
}

function linkSigns({ name, flags, mtu, line, addresses }: Link, onlyIPv4: boolean): Sign[] {
  const at = { line: line.number, family: "IPv6" } as const;
  if (!/(^|,)UP(,|$)/.test(flags)) return [];
  if (/(^|,)LOOPBACK(,|$)/.test(flags)) return [];
  const signs: Sign[] = [];
  if (mtu < 1280)
    signs.push({ ...at, says: `${name} has an MTU of ${mtu}, and IPv6 needs 1280`, pointsTo: ["mtu-below-1280"] });
  const hasIPv4 = addresses.some(({ text, scope }) => !text.includes(":") && scope === "global");
  if (!hasIPv4 || onlyIPv4) return signs;
  const own = addresses.filter(isIPv6);
  if (own.length === 0)
    signs.push({
      ...at,
      says: `${name} has an IPv4 address and no IPv6 address at all, not even a link-local one`,
      pointsTo: ["ipv6-disabled-on-interface", "mtu-below-1280"],
    });
  else if (own.every(({ scope }) => scope === "link"))
    signs.push({
      ...at,
      says: `${name} has an IPv4 address, and of IPv6 the link-local one alone`,
      pointsTo: ["cni-without-ipv6", "node-address-not-on-interface"],
    });
  return signs;
}

function isIPv6({ text }: { readonly text: string }): boolean {
  return parseAddress(text)?.family === "IPv6";
}
