import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nobody } from "./case.ts";
import * as seen from "./observed.ts";
import { variants } from "./variants.ts";

const filter = (...rules: string[]) =>
  seen.rules(
    `*filter\n:INPUT ACCEPT [9:700]\n:OUTPUT ACCEPT [9:700]\n${rules.map((one) => `${one}\n`).join("")}COMMIT\n`,
  );
const drop = "[3:240] -A INPUT -p tcp -m tcp --dport 8080 -j DROP";
const given = {
  dials: [
    { outcome: "timeout", ms: 3500 },
    { outcome: "ok", family: "IPv4", ms: 9 },
  ],
  seen: {
    "dial pod default/a": { ok: false, text: "", ms: 2000, tool: "nc" },
    "inside-filter pod default/b": { rules: filter(drop), undelivered: 3 },
  },
} as const;
const masquerade = seen.rules("*nat\n[3:240] -A POSTROUTING -s fd00:10:244::/48 -j MASQUERADE\nCOMMIT\n");
const inside = (...rules: string[]) => ({ "inside-filter pod default/b": { rules: filter(...rules), undelivered: 0 } });

describe("pod-firewall-drops", () => {
  it("names the rule inside of the pod", () => {
    const { status, because } = judge("pod-firewall-drops", given);
    assert.equal(status, "proven", because);
    assert.match(because, /inside of pod default\/b what is dialled is dropped: .*--dport 8080 -j DROP took 3 packets/);
  });

  variants("pod-firewall-drops", given, {
    "the answer is dropped": [inside("[3:240] -A OUTPUT -p tcp -m tcp --sport 8080 -j DROP"), "proven"],
    "an earlier rule accepts it": [inside("[3:240] -A INPUT -p tcp -m tcp --dport 8080 -j ACCEPT", drop), "excluded"],
    "the rule is for another port": [inside(drop.replace("8080", "22")), "excluded"],
    "nothing met the rule meanwhile": [inside(drop.replace("3:240", "0:0")), "excluded"],
    "its node puts its own address in the place of the pod's, which is not seen": [
      { ...inside(drop.replace("-p", "-s fd00:10:244:1::/64 -p")), "ip6tables node n1": masquerade },
      "possible",
    ],
    "its node puts its own address in the place of the pod's, which the rule is not for": [
      {
        ...inside(drop.replace("-p", "-s fd00:10:244:1::/64 -p")),
        "ip6tables node n1": masquerade,
        "transit node n1": seen.translated,
      },
      "excluded",
    ],
    "it depends on what is not known of the packet": [
      inside(drop.replace("-j DROP", "-m mark --mark 0x1 -j DROP")),
      "unknown",
    ],
    "the dial came through meanwhile": [{ "dial pod default/a": { ok: true, text: "", ms: 4, tool: "nc" } }, "unknown"],
    "nobody reads the rules, and packets were not delivered": [
      { "inside-filter pod default/b": { undelivered: 3 } },
      "possible",
    ],
    "ip6tables shows none, and packets were not delivered: another program's rules": [
      { "inside-filter pod default/b": { rules: filter(), undelivered: 3 } },
      "possible",
    ],
    "nobody reads the rules, and all was delivered": [
      { "inside-filter pod default/b": { undelivered: 0 } },
      "excluded",
    ],
    "nobody looks into the pod": [{ "inside-filter pod default/b": nobody }, "unknown"],
  });
});
