import { parseNft } from "../../linux/nft.ts";
import type { Format, Sign } from "../output.ts";

/** `nft -j list ruleset`: {@link https://man7.org/linux/man-pages/man5/libnftables-json.5.html} */
export const format: Format = {
  title: "nft -j list ruleset",
  source: "https://man7.org/linux/man-pages/man5/libnftables-json.5.html",

  hear({ lines }) {
    const [first] = lines;
    if (!first?.text.trimStart().startsWith("{")) return { understood: [], signs: [] };
    const rules = parseNft(lines.map(({ text }) => text).join("\n"));
    if (!rules) return { understood: [], signs: [] };
    const drops = rules.drops.filter(
      ({ how, hook, packets = 0 }) => packets > 0 || (how === "policy drop" && hook === "forward"),
    );
    return {
      understood: lines.map(({ number }) => number),
      signs: drops.map(
        ({ chain, how, packets }): Sign => ({
          line: first.number,
          family: "IPv6",
          says: `${chain}: ${how}${packets === undefined ? ", unless a rule before it accepts" : `, ${packets} packets so far, whosever they were`}`,
          pointsTo: [how === "reject" ? "firewall-rejects" : "nftables-drops"],
        }),
      ),
    };
  },
};
