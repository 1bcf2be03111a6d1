import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nobody } from "./case.ts";
import * as seen from "./observed.ts";

const attempt = (ok: boolean, ms: number) => ({ ok, ms, tool: "bash", text: "" });
const answers = { small: attempt(true, 5), padded: [{ bytes: 1370, attempt: attempt(true, 5) }] };
const hangs = { ...answers, padded: [{ bytes: 1370, attempt: attempt(false, 2000) }] };
const dials = [{ outcome: "stalls", ms: 20 }] as const;
const size = (largest: number | undefined, next: number | undefined, more: object = {}) => ({
  largest,
  next,
  told: false,
  packets: 13,
  ...more,
});
const links = { "links node n1": { lo: 65536, eth0: 1500 }, "links pod default/a": { lo: 65536, eth0: 1500 } };
const here = {
  ...links,
  counters: seen.counters(),
  routes: seen.routes(seen.staticDefault, seen.toN1, seen.toN2),
  "big-request pod default/b": answers,
  ip6tables: seen.harmlessRules,
  "nft-fate": [{ translated: [] }, { translated: [] }],
};

describe("underlay-below-node-mtu", () => {
  const both = (more: object) =>
    (["underlay-below-node-mtu", "path-mtu-black-hole"] as const).map((id) =>
      judge(id, { dials, seen: { ...here, ...more } }),
    );
  const verdicts = (more: object) => both(more).map(({ status }) => status);

  it("large packets vanish between the nodes themselves, and nobody tells", () => {
    const [narrow] = both({ "path-mtu node n1": size(1400, 1401) });
    assert.match(
      narrow?.because ?? "",
      /over IPv6 packets of up to 1400 bytes pass between node n1 and node n2, though eth0 takes 1500, and nobody tells/,
    );
    assert.match(narrow?.fix ?? "", /give eth0 of the nodes an MTU of 1400/);
    assert.deepEqual(verdicts({ "path-mtu node n1": size(1400, 1401) }), ["proven", "excluded"]);
  });

  it("is not what a router drops, nor a silent server, nor told where nobody could look", () => {
    assert.deepEqual(verdicts({ "path-mtu node n1": size(1500, undefined) }), ["excluded", "proven"]);
    assert.deepEqual(verdicts({ "path-mtu node n1": size(1400, 1401, { told: true }) }), ["excluded", "proven"]);
    assert.deepEqual(verdicts({ "path-mtu node n1": nobody }), ["unknown", "possible"]);
    assert.deepEqual(
      verdicts({ "path-mtu node n1": size(undefined, 104) }),
      ["unknown", "possible"],
      "no echo answered",
    );
    const uneven = size(1400, 1401, { uneven: true });
    assert.deepEqual(verdicts({ "path-mtu node n1": uneven }), ["unknown", "possible"], "lost whatever the size");
    const silent = { "big-request pod default/b": hangs, "path-mtu node n1": size(1400, 1401) };
    assert.deepEqual(verdicts(silent), ["excluded", "excluded"]);
    const byLength = seen.rules("*filter\n[4:5600] -A FORWARD -p tcp -m length --length 1300:65535 -j DROP\nCOMMIT\n");
    const filtered = { "ip6tables node n2": byLength, "path-mtu node n1": size(1400, 1401) };
    assert.deepEqual(
      verdicts(filtered),
      ["possible", "excluded"],
      "echoes may be dropped by another rule than what hangs",
    );
    assert.equal(judge("underlay-below-node-mtu", { dials: [{ outcome: "ok" }], seen: here }).status, "excluded");
    const outside = [{ outcome: "stalls", scope: "outside", ms: 20 }] as const;
    assert.equal(judge("underlay-below-node-mtu", { dials: outside, seen: here }).status, "excluded");
  });

  it("asks for the family that the tunnel says, and for sizes that agree where it says none", () => {
    const by = (device: string) => ({
      "routes node n1": seen.routes(seen.staticDefault, seen.toN2.replace(/eth0\n$/, `${device}\n`)),
      "links node n1": { lo: 65536, eth0: 1500, [device]: 1450 },
      "default-routes4 node n1": [{ device: "eth0", gateway: "172.18.0.1" }],
      "path-mtu node n1": size(1400, 1401),
    });
    const verdict = (device: string, pod: number) =>
      judge("underlay-below-node-mtu", {
        dials,
        seen: { ...here, ...by(device), "path-mtu pod default/a": size(pod, pod + 1) },
      });
    assert.match(verdict("flannel.1", 1350).because, /over IPv4 packets of up to 1400/);
    assert.match(verdict("flannel-v6.1", 1330).because, /over IPv6 packets of up to 1400/);
    assert.equal(verdict("cilium_vxlan", 1330).status, "proven", "1400 less 70");
    const other = verdict("cilium_vxlan", 1300);
    assert.equal(other.status, "possible", "something else is narrower still");
    assert.match(other.missing ?? "", /travels between the nodes over IPv6/);
  });
});
