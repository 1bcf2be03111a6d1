import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nobody } from "./case.ts";
import * as seen from "./observed.ts";

const silent = [{ outcome: "timeout", ms: 2000 }] as const;
const noPolicies = { "network-policies": [], namespace: { metadata: { name: "default", labels: {} } } };
const silentNotIPv4 = [
  { outcome: "timeout", ms: 3500 },
  { outcome: "ok", family: "IPv4", ms: 9 },
] as const;
const way = {
  "network-policies": [],
  policies: [],
  "daemon-sets": [],
  namespace: { metadata: { name: "default", labels: {} } },
  "routes node n1": seen.routes(seen.staticDefault, seen.toN2),
};

describe("forward-policy-drops-ipv6", () => {
  it("the policy of FORWARD counts like a rule", () => {
    const again = { ok: false, text: "", ms: 3500, tool: "nc" };
    const policy = seen.rules("*filter\n:FORWARD DROP [9:720]\nCOMMIT\n");
    const proven = judge("forward-policy-drops-ipv6", { dials: silent, seen: { ...noPolicies, ip6tables: policy } });
    assert.match(proven.because, /FORWARD policy is DROP took 9 packets/);
    const idle = seen.rules("*filter\n:FORWARD DROP [0:0]\nCOMMIT\n");
    assert.equal(
      judge("forward-policy-drops-ipv6", { dials: silent, seen: { ...noPolicies, ip6tables: idle, dial: again } })
        .status,
      "excluded",
    );
  });

  it("rules nobody can read leave it possible", () => {
    const here = { ...noPolicies, ip6tables: nobody, counters: seen.counters({ Ip6OutForwDatagrams: 4 }) };
    const judged = judge("forward-policy-drops-ipv6", { dials: silent, seen: here });
    assert.equal(judged.status, "possible");
    assert.match(judged.because, /forwarded 4 packets/);
    const blind = { ...here, counters: nobody };
    assert.equal(judge("forward-policy-drops-ipv6", { dials: silent, seen: blind }).status, "unknown", "not even that");
  });

  it("looks for the older tables, which hold rules that ip6tables-save does not print", () => {
    const older = seen.rules("*filter\n:FORWARD ACCEPT [0:0]\n[3:240] -A FORWARD -p tcp -j DROP\nCOMMIT\n");
    const verdict = (legacy: unknown) =>
      judge("forward-policy-drops-ipv6", {
        dials: silent,
        seen: {
          ...way,
          ...again,
          counters: seen.counters(),
          ip6tables: { ...seen.harmlessRules, besideLegacy: true },
          "legacy-rules": legacy,
        },
      });
    assert.equal(verdict(seen.harmlessRules).status, "excluded");
    assert.equal(verdict(nobody).status, "unknown");
    const { status, because } = verdict(older);
    assert.equal(status, "possible");
    assert.match(because, /"-A FORWARD -p tcp -j DROP" of ip6tables-legacy has counted 3 packets/);
  });

  const drops = (more: string) =>
    seen.rules(`*filter\n:FORWARD ACCEPT [0:0]\n[3:240] -A FORWARD ${more}-j DROP\nCOMMIT\n`);
  const again = { dial: { ok: false, text: "", ms: 3500, tool: "nc" } };

  it("has no part in what the pod's node sends elsewhere than it was dialled", () => {
    const [connection] = seen.tracked.tracked;
    const sentTo = (source: string) => ({
      ...seen.tracked,
      tracked: [{ ...connection, reply: { ...connection?.reply, source } }],
    });
    const redirect =
      "*nat\n[2:160] -A PREROUTING -d fd00:10:244:2::11/128 -p tcp -j DNAT --to-destination [fd00:10:244:2::12]:8080\nCOMMIT\n";
    const verdict = (transit: unknown, rules = redirect) =>
      judge("forward-policy-drops-ipv6", {
        dials: silent,
        seen: {
          ...way,
          ...again,
          "ip6tables node n1": seen.rules(rules),
          "ip6tables node n2": drops("-d fd00:10:244:2::11/128 "),
          transit,
        },
      }).status;
    assert.equal(verdict(sentTo("fd00:10:244:2::12")), "excluded");
    assert.equal(verdict(sentTo("fd00:10:244:2::11")), "proven", "the rule is for others");
    assert.equal(verdict(nobody), "possible");
    assert.equal(verdict(nobody, redirect.replace("2::11/128", "2::99/128")), "proven");
  });

  it("has no part in what a bridge passes from port to port, unless rules see that", () => {
    const dials = [{ outcome: "timeout", ms: 3500, scope: "same-node", host: "fd00:10:244:1::12" }] as const;
    const onLink = seen.toN2
      .replace(/^.{32} 40/, "fd000010024400010000000000000000 40")
      .replace("20010db8001800000000000000000102", "0".repeat(32))
      .replace("00000003", "00000001");
    const verdict = (bridge: unknown) =>
      judge("forward-policy-drops-ipv6", {
        dials,
        seen: { ...way, ...again, ip6tables: drops(""), "routes pod default/a": seen.routes(onLink), bridge },
      }).status;
    assert.equal(verdict({ callsIp6tables: 1, hairpin: { veth1: 1 } }), "proven");
    assert.equal(verdict({ callsIp6tables: 0, hairpin: { veth1: 1 } }), "excluded");
    assert.equal(verdict(nobody), "possible");
  });

  it("is not proven by the pod's address where its node may have translated it", () => {
    const masquerade = seen.rules(
      "*nat\n:POSTROUTING ACCEPT [0:0]\n[2:160] -A POSTROUTING -o eth0 -j MASQUERADE\nCOMMIT\n",
    );
    const verdict = (text: string) =>
      judge("forward-policy-drops-ipv6", {
        dials: silentNotIPv4,
        seen: { ...way, ...again, "ip6tables node n1": masquerade, "ip6tables node n2": drops(text), transit: nobody },
      }).status;
    assert.equal(verdict("-s fd00:10:244:1::/64 "), "possible");
    assert.equal(verdict("-d fd00:10:244:2::/64 "), "proven", "whoever sends it");
  });

  it("writes its commands with the ranges of the cluster, and names Docker only where it is", () => {
    const drop = (more: string) => seen.rules(`*filter\n:FORWARD DROP [9:720]\n${more}COMMIT\n`);
    const fix = (more: string) =>
      judge("forward-policy-drops-ipv6", { dials: silentNotIPv4, seen: { ...way, ip6tables: drop(more) } }).fix ?? "";
    const plain = fix("");
    assert.match(plain, /ip6tables -I FORWARD -s fd00:10:244:1::\/64 -j ACCEPT; .* -d fd00:10:244:2::\/64 -j ACCEPT/);
    assert.doesNotMatch(plain, /Docker|10\.244|PODRANGE/);
    const docker = fix(":DOCKER-USER - [0:0]\n[0:0] -A DOCKER-USER -j RETURN\n");
    assert.match(docker, /-I DOCKER-USER -s fd00:10:244:1::\/64 .*Docker made these rules/);
  });
});
