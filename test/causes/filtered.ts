import * as seen from "./observed.ts";

const noPolicies = {
  "network-policies": [],
  policies: [],
  "daemon-sets": [],
  namespace: { metadata: { name: "default", labels: {} } },
};
export const stop = { hook: "forward", table: "inet hostfw", chain: "fw", rule: "ip6 saddr fd00::/8 drop" };
export const passes = { translated: [] };
export const fate = (verdict: "drop" | "reject", more: object = {}) => ({
  stopped: { ...stop, verdict, ...more },
  translated: [],
});
const dialAgain = { ok: false, text: "", ms: 3500, tool: "nc" };
export const way = {
  ...noPolicies,
  ip6tables: seen.harmlessRules,
  "routes node n1": seen.routes(seen.staticDefault, seen.toN2),
  "routes node n2": seen.routes(seen.staticDefault, seen.toN1),
  dial: dialAgain,
  "nft-fate": [passes, passes],
};
export const drops = (chain: string, table = "filter", target = "DROP") =>
  seen.rules(
    `*${table}\n:PREROUTING ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\n:${chain} - [0:0]\n[3:240] -A ${table === "raw" ? "PREROUTING" : "FORWARD"} -j ${chain}\n[3:240] -A ${chain} -d fd00:10:244:2::11/128 -j ${target}\nCOMMIT\n`,
  );
