import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nobody } from "./case.ts";
import { exampleOf } from "./example.ts";
import * as seen from "./observed.ts";
import { variants } from "./variants.ts";

const given = exampleOf("no-way-out-upstream");
const [dial] = given.dials ?? [];
const said = (text: string, ok = false) => ({ "dial node n1": { ok, text, ms: 1000, tool: "nc" } });

describe("no-way-out-upstream", () => {
  it("is proven by a router's word to the node itself, which has a route", () => {
    const { status, because } = judge("no-way-out-upstream", given);
    assert.equal(status, "proven", because);
    assert.match(because, /to 2001:db8:18::1 dev eth0, and gets "connect: Network is unreachable" itself: a router/);
  });

  it("is only possible where IPv4 gets no further", () => {
    const four = { outcome: "timeout", scope: "outside", family: "IPv4", ms: 3500 } as const;
    assert.equal(judge("no-way-out-upstream", { ...given, dials: dial ? [dial, four] : [] }).status, "possible");
    assert.equal(judge("no-way-out-upstream", { ...given, dials: dial ? [dial] : [] }).status, "proven");
  });

  it("is only possible where the pod is not told what the node is told", () => {
    const silent = dial ? [{ ...dial, outcome: "timeout", ms: 3500 } as const] : [];
    assert.equal(judge("no-way-out-upstream", { ...given, dials: silent }).status, "possible");
  });

  it("is not where another address outside is reached over IPv6", () => {
    const out = { outcome: "ok", scope: "outside", host: "2001:db8:ffff::7" } as const;
    assert.equal(judge("no-way-out-upstream", { ...given, dials: dial ? [dial, out] : [] }).status, "excluded");
  });

  it("is not where a neighbour was looked for in vain: who looks for one has a route", () => {
    const dead = dial ? [{ ...dial, outcome: "host-unreachable", ms: 3060 } as const] : [];
    assert.equal(judge("no-way-out-upstream", { ...given, dials: dead }).status, "excluded");
  });

  variants("no-way-out-upstream", given, {
    "nobody answers the node": [said(""), "possible"],
    "it is the node's own kernel that refuses: the default route is in another routing table": [
      { "dial node n1": { ok: false, text: "connect: Network is unreachable", ms: 0, tool: "nc" } },
      "possible",
    ],
    "the node gets out": [said("", true), "excluded"],
    "the node has no route": [{ "routes node n1": seen.routes() }, "excluded"],
    "the node has nothing to send from": [{ "addresses node n1": seen.linkLocalOnly }, "excluded"],
    "a rule of the node's own says the same": [
      {
        "ip6tables node n1": seen.rules(
          "*filter\n:FORWARD ACCEPT [0:0]\n[2:160] -A FORWARD -d 2001:db8:ffff::/48 -j REJECT --reject-with icmp6-no-route\nCOMMIT\n",
        ),
      },
      "excluded",
    ],
    "the node's rules could not be read": [{ "ip6tables node n1": nobody }, "possible"],
    "nothing on the node can dial": [{ "dial node n1": nobody }, "unknown"],
  });
});
