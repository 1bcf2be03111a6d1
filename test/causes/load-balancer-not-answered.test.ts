import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseNfConntrack } from "#core/linux/nf-conntrack.ts";
import { judge, nobody, serviceObject } from "./case.ts";
import * as seen from "./observed.ts";

const service = serviceObject("web", { clusterIPs: ["fd00:10:96::80", "10.96.0.80"], ports: [{ port: 8080 }] });
const pod = "fd00:0010:0244:0001:0000:0000:0000:0011";
const tracked = (destination: string, answers: string) =>
  parseNfConntrack(
    `ipv6 10 tcp 6 118 SYN_SENT src=${pod} dst=${destination} sport=1 dport=8080 [UNREPLIED] src=${answers} dst=${pod} sport=8080 dport=1 mark=0 use=1\n`,
  );
const backend = "fd00:0010:0244:0002:0000:0000:0000:0011";
const dialled = { ok: false, text: "No route to host", ms: 3080, tool: "bash" };

describe("load-balancer-not-answered", () => {
  const onLink = seen.toN2
    .replace(/^.{32} 40/, "20010db8ffff00000000000000000000 40")
    .replace("20010db8001800000000000000000102", "0".repeat(32))
    .replace("00000003", "00000001");
  const host = "2001:0db8:ffff:0000:0000:0000:0000:0001";
  const owner = {
    ...service,
    status: { loadBalancer: { ingress: [{ ip: "172.18.9.9" }, { ip: "2001:db8:ffff::1" }] } },
  };
  const given = {
    dials: [{ outcome: "timeout", scope: "outside", ms: 3500 }],
    seen: {
      "routes node n1": seen.routes(seen.staticDefault, onLink),
      services: [owner],
      dial: dialled,
      "transit node n1": { devices: {}, counters: { Icmp6OutNeighborSolicits: 3 }, tracked: tracked(host, host) },
    },
  } as const;

  it("the node asks for it, and nobody has it", () => {
    const { status, because } = judge("load-balancer-not-answered", given);
    assert.equal(status, "proven", because);
    assert.match(because, /Service default\/web lists 2001:db8:ffff::1 .* on link at eth0 of node n1; .* 3 times/);
  });

  const expected: Readonly<Record<string, readonly [object, string]>> = {
    "no Service has the address": [{ services: [service] }, "excluded"],
    "it is behind a router": [{ "routes node n1": seen.routes(seen.staticDefault) }, "excluded"],
    "the node translates it itself": [
      { "transit node n1": { devices: {}, counters: {}, tracked: tracked(host, backend) } },
      "excluded",
    ],
    "it was not asked for": [
      { "transit node n1": { devices: {}, counters: {}, tracked: tracked(host, host) } },
      "possible",
    ],
    "others asked for neighbours, and this one was silent": [
      { dial: { ok: false, text: "", ms: 3500, tool: "bash" } },
      "possible",
    ],
    "the Services may not be read": [{ services: nobody }, "unknown"],
  };

  for (const [what, [here, status]] of Object.entries(expected))
    it(`${status} where ${what}`, () => {
      const judged = judge("load-balancer-not-answered", { ...given, seen: { ...given.seen, ...here } });
      assert.equal(judged.status, status, judged.because);
    });
});
