import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseIfInet6 } from "#core/linux/if-inet6.ts";
import { judge, nobody } from "./case.ts";
import * as seen from "./observed.ts";
import { variants } from "./variants.ts";

const lost = [{ outcome: "host-unreachable", ms: 3080 }] as const;
const asked = seen.counters({ Icmp6OutNeighborSolicits: 3 });
const noRoute = { ok: false, ms: 3080, text: "No route to host" };
const answered = seen.counters({ Icmp6OutNeighborSolicits: 4, Icmp6InNeighborAdvertisements: 1 });
const told = seen.counters({ Icmp6OutNeighborSolicits: 3, Icmp6InDestUnreachs: 1 });
const quiet = seen.counters();
const global = (hex: string, length: string, device: string) => `${hex} 02 ${length} 00 80 ${device}\n`;
const n1Bridge = global("fd0000100244000100000000000000bd", "30", "cni0");

describe("pod-gateway-missing", () => {
  const given = {
    dials: lost,
    seen: {
      "routes pod default/a": seen.routes(seen.staticDefault),
      "counters pod default/a": asked,
      "addresses node n1": parseIfInet6(n1Bridge),
      "dial pod default/a": noRoute,
    },
  };

  it("names the address", () => {
    const { status, because } = judge("pod-gateway-missing", given);
    assert.equal(status, "proven", because);
    assert.match(
      because,
      /goes to fd00:10:244:1::ff, which is on no interface of node n1; .* in vain: no route to host/,
    );
  });

  variants("pod-gateway-missing", given, {
    "the node has it": [
      { "addresses node n1": parseIfInet6(global("fd0000100244000100000000000000ff", "40", "cni0")) },
      "excluded",
    ],
    "somebody answers for it, such as an eBPF program": [
      { "counters pod default/a": answered, "dial pod default/a": { ok: false, ms: 3, text: "Connection refused" } },
      "excluded",
    ],
    "another neighbour answers meanwhile": [{ "counters pod default/a": answered }, "proven"],
    "another neighbour answers meanwhile, and nobody can dial it": [
      { "counters pod default/a": answered, "dial pod default/a": nobody },
      "possible",
    ],
    "somebody is there who refuses, another neighbour was asked for in vain, and another router says so": [
      { "counters pod default/a": told, "dial pod default/a": { ok: false, ms: 3, text: "Connection refused" } },
      "excluded",
    ],
    "another router says so as well, and nobody can dial it": [
      { "counters pod default/a": told, "dial pod default/a": nobody },
      "possible",
    ],
    "it was not asked for": [{ "counters pod default/a": quiet }, "possible"],
    "nobody may look at the node": [{ "addresses node n1": nobody }, "unknown"],
    "it is a link-local address": [{ "routes pod default/a": seen.routes(seen.advertisedDefault) }, "excluded"],
  });

  it("has no part in what is on the pod's own link", () => {
    const own = seen.toN2
      .replace(
        /^.{32} 40 (.*) 20010db8001800000000000000000102/,
        "fd000010024400010000000000000000 40 $1 ".concat("0".repeat(32)),
      )
      .replace("00000003", "00000001");
    const dials = [{ outcome: "host-unreachable", ms: 3080, scope: "same-node", host: "fd00:10:244:1::12" }] as const;
    const routes = { "routes pod default/a": seen.routes(seen.staticDefault, own) };
    assert.equal(judge("pod-gateway-missing", { dials, seen: { ...given.seen, ...routes } }).status, "excluded");
  });
});
