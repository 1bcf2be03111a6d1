import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Dial, judge, nobody } from "./case.ts";
import { stop } from "./filtered.ts";
import * as seen from "./observed.ts";

const passes = [{ translated: [] }, { translated: [] }];

describe("path-mtu-black-hole", () => {
  it("a large request hangs and over IPv4 it does not, or the node counts what it refuses", () => {
    const attempt = (ok: boolean, ms: number) => ({ ok, ms, tool: "bash", text: "" });
    const answers = { small: attempt(true, 5), padded: [{ bytes: 1370, attempt: attempt(true, 5) }] };
    const hangs = { ...answers, padded: [{ bytes: 1370, attempt: attempt(false, 2000) }] };
    const between = { largest: 1500, next: undefined, told: false, packets: 2 };
    const here = {
      links: { lo: 65536, eth0: 1500 },
      routes: seen.routes(seen.staticDefault, seen.toN1, seen.toN2),
      counters: seen.counters(),
      "path-mtu node n1": between,
      ip6tables: seen.harmlessRules,
      "nft-fate": passes,
    };
    const stalls = [
      { outcome: "stalls", ms: 20 },
      { outcome: "ok", family: "IPv4" },
    ] as const;
    const verdict = (more: object, dials: readonly Dial[] = stalls) =>
      judge("path-mtu-black-hole", { dials, seen: { ...here, ...more } });
    const [dial] = stalls;
    const within = { "big-request pod default/b": answers };
    assert.match(
      verdict(within, [dial]).because,
      /link or router further on; the pod answers the same sizes from within/,
    );
    assert.equal(verdict(within, [dial]).status, "proven", "whatever IPv4 does, which may take the same tunnel");
    const byLength = seen.rules(
      "*filter\n:FORWARD ACCEPT [0:0]\n[4:5600] -A FORWARD -p tcp -m length --length 1300:65535 -j DROP\nCOMMIT\n",
    );
    for (const rules of [
      { "ip6tables node n2": byLength },
      { "nft-fate node n1": [{ perhaps: { ...stop, verdict: "drop", rule: "meta length > 1300 drop" } }, passes[1]] },
      { ip6tables: nobody },
      { "nft-fate": nobody },
    ])
      assert.equal(verdict({ ...within, ...rules }).status, "possible", "a rule on sizes looks the same");
    const once = (later: object) => verdict({ ...within, "dial pod default/a": later }, [dial]).status;
    assert.equal(once({ ok: true, ms: 5, tool: "bash", text: "" }), "proven");
    assert.equal(once(attempt(false, 3500)), "possible", "the way changed between the small request and the large one");
    assert.equal(
      verdict({ "big-request pod default/b": hangs, "big-request": answers }).status,
      "excluded",
      "the server is silent",
    );
    const unseen = verdict({ ...within, "path-mtu node n1": nobody });
    assert.equal(unseen.status, "possible", "a switch between the nodes looks the same");
    assert.match(unseen.missing ?? "", /large packets pass between the nodes themselves/);
    const blind = { "big-request pod default/b": nobody };
    assert.equal(verdict({ ...blind, "big-request": answers }).status, "proven", "IPv4 is answered");
    assert.equal(
      verdict({ ...blind, "big-request": hangs }).status,
      "possible",
      "the server, or a path narrow for both",
    );
    assert.equal(verdict({ "big-request": nobody }).status, "possible");
    const refusing = { ...blind, "counters node n1": seen.counters({ Ip6InTooBigErrors: 2 }) };
    assert.match(verdict(refusing, [dial]).because, /node n1 refused 2 packets/);
    assert.equal(verdict(refusing, [dial]).status, "possible", "they may be anybody's");
    const outside = [{ ...dial, scope: "outside" }] as const;
    const pieces = (ok: boolean) => ({ "small-pieces": attempt(ok, ok ? 250 : 2000) });
    assert.equal(verdict(pieces(true), outside).status, "proven");
    assert.equal(verdict(pieces(false), outside).status, "excluded");
    assert.equal(verdict({}, outside).status, "possible");
    assert.equal(verdict({}, [{ outcome: "ok" }]).status, "excluded");
  });
});
