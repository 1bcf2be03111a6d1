import { parseAddress } from "../../addresses/address.ts";
import { parseResolvConf } from "../../linux/resolv-conf.ts";
import type { Format, Sign } from "../output.ts";

/** `/etc/resolv.conf`: {@link https://man7.org/linux/man-pages/man5/resolv.conf.5.html} */
export const format: Format = {
  title: "resolv.conf",
  source: "https://man7.org/linux/man-pages/man5/resolv.conf.5.html",

  hear({ lines }) {
    const own = lines.filter(({ text }) => /^(?:nameserver|search|domain|options|sortlist)\s+\S/.test(text));
    const { nameservers } = parseResolvConf(own.map(({ text }) => text).join("\n"));
    const at = own.find(({ text }) => text.startsWith("nameserver"))?.number ?? 0;
    const families = new Set(nameservers.slice(0, 3).map((server) => parseAddress(server.replace(/%.*/, ""))?.family));
    const signs: Sign[] = [];
    if (families.size === 1 && families.has("IPv4"))
      signs.push({
        line: at,
        family: "IPv6",
        says: "names are asked over IPv4 alone: a pod that has IPv6 alone reaches none of these servers",
        pointsTo: ["dns-server-family-unreachable"],
      });
    if (nameservers.length > 3)
      signs.push({
        line: at,
        family: "IPv6",
        says: `of ${nameservers.length} servers the first three are used`,
        pointsTo: [],
      });
    return { understood: own.map(({ number }) => number), signs };
  },
};
