import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseNfConntrack } from "#core/linux/nf-conntrack.ts";
import { type Dial, judge, nobody, serviceObject } from "./case.ts";

const id = "service-endpoint-gone";
const service = serviceObject("web", { clusterIPs: ["fd00:10:96::80", "10.96.0.80"], ports: [{ port: 8080 }] });
const pod = "fd00:0010:0244:0001:0000:0000:0000:0011";
const vip = "fd00:0010:0096:0000:0000:0000:0000:0080";
const deleted = "fd00:0010:0244:0002:0000:0000:0000:0077";
const present = "fd00:0010:0244:0002:0000:0000:0000:0011";
const transit = (answers: string, replied = false) => ({
  devices: {},
  counters: {},
  tracked: parseNfConntrack(
    `ipv6 10 tcp 6 118 SYN_SENT src=${pod} dst=${vip} sport=1 dport=8080 ${replied ? "" : "[UNREPLIED] "}src=${answers} dst=${pod} sport=8080 dport=1 mark=0 use=1\n`,
  ),
});
const slice = (addressType: string, ...addresses: string[]) => ({
  metadata: { name: `web-${addressType}` },
  addressType,
  endpoints: addresses.map((address) => ({ addresses: [address] })),
});
const four = { outcome: "ok", family: "IPv4", scope: "service", ms: 9 } as const;
const lost = { outcome: "host-unreachable", scope: "service", ms: 3080 } as const;
const slices = [slice("IPv4", "10.244.2.11"), slice("IPv6", "fd00:10:244:2::11", "fd00:10:244:1::12")];

function judged(seen: object, dials: readonly Dial[] = [lost, four]) {
  const here = {
    "endpoint-slices": slices,
    dial: { ok: false, text: "no route to host", ms: 3080, tool: "nc" },
    "transit node n1": transit(deleted),
  };
  return judge(id, { services: [service], dials, seen: { ...here, ...seen } });
}

describe(id, () => {
  it("is proven where the node passed our connection on to an address that no EndpointSlice has", () => {
    const { status, because } = judged({});
    assert.equal(status, "proven", because);
    assert.equal(
      because,
      "node n1 passed the connection to fd00:10:96::80 on to fd00:10:244:2::77, which is no endpoint of Service default/web (fd00:10:244:2::11, fd00:10:244:1::12)",
    );
  });

  it("does not look at a node for a refusal, which came from where it was sent", () =>
    assert.equal(judged({}, [{ outcome: "refused", scope: "service", ms: 3 }, four]).status, "excluded"));

  const variants: Readonly<Record<string, readonly [object, string]>> = {
    "the address is an endpoint, and silent": [{ "transit node n1": transit(present) }, "excluded"],
    "the connection left untranslated": [{ "transit node n1": transit(vip) }, "excluded"],
    "the address has answered": [{ "transit node n1": transit(deleted, true) }, "unknown"],
    "the connection is not shown": [{ "transit node n1": { devices: {}, counters: {} } }, "unknown"],
    "nobody may look at the node": [{ "transit node n1": nobody }, "unknown"],
    "it has become an endpoint since, as in a rollout": [
      { "endpoint-slices web again": [slice("IPv6", "fd00:10:244:2::77")] },
      "possible",
    ],
    "nobody may list EndpointSlices any more": [{ "endpoint-slices web again": nobody }, "possible"],
    "nobody may list EndpointSlices": [{ "endpoint-slices": nobody }, "unknown"],
    "the Service has no IPv6 endpoint": [{ "endpoint-slices": [slice("IPv4", "10.244.2.11")] }, "possible"],
  };
  for (const [what, [seen, status]] of Object.entries(variants))
    it(`is ${status} where ${what}`, () => assert.equal(judged(seen).status, status));

  it("is excluded where the Service answers", () =>
    assert.equal(judged({}, [{ outcome: "ok", scope: "service" }, four]).status, "excluded"));
});
