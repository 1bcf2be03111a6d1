import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseIfInet6 } from "#core/linux/if-inet6.ts";
import { parseIpNeigh } from "#core/linux/ip-neigh.ts";
import { judge, nobody } from "./case.ts";
import * as seen from "./observed.ts";
import { variants } from "./variants.ts";

const lost = [{ outcome: "host-unreachable", ms: 3080 }] as const;
const asked = seen.counters({ Icmp6OutNeighborSolicits: 3 });
const noRoute = { ok: false, ms: 3080, text: "No route to host" };
const answered = seen.counters({ Icmp6OutNeighborSolicits: 4, Icmp6InNeighborAdvertisements: 1 });
const told = seen.counters({ Icmp6OutNeighborSolicits: 3, Icmp6InDestUnreachs: 1 });
const quiet = seen.counters();
const dropped = {
  "counters pod default/a": answered,
  "dial pod default/a": { ok: false, ms: 3500, text: "", tool: "nc" },
};
const heard = (state: string) => parseIpNeigh(`fe80::beef dev eth0 lladdr 02:00:00:00:00:07 router ${state}\n`);
const link = (hex: string, device: string) => `${hex} 02 40 20 80 ${device}\n`;

describe("host-side-without-link-local", () => {
  const toPod = seen.toN2
    .replace(/^.{32} 40/, "fd000010024400010000000000000011 80")
    .replace("20010db8001800000000000000000102", "0".repeat(32))
    .replace("00000003", "00000001")
    .replace("eth0", "veth1");
  const linkLocal = {
    dials: lost,
    seen: {
      "routes pod default/a": seen.routes(seen.advertisedDefault),
      "counters pod default/a": asked,
      "dial pod default/a": noRoute,
      "routes node n1": seen.routes(toPod),
      "addresses node n1": parseIfInet6(link("fe80000000000000000000000000beef", "veth2")),
    },
  };

  it("although another pod's interface has the same address", () => {
    const { status, because } = judge("host-side-without-link-local", linkLocal);
    assert.equal(status, "proven", because);
    assert.match(because, /veth1 of node n1, its other end, has no link-local address/);
  });

  variants("host-side-without-link-local", linkLocal, {
    "the interface has it": [
      { "addresses node n1": parseIfInet6(link("fe80000000000000000000000000beef", "veth1")) },
      "excluded",
    ],
    "somebody is there who refuses, another neighbour was asked for in vain, and another router says so": [
      { "counters pod default/a": told, "dial pod default/a": { ok: false, ms: 3, text: "Connection refused" } },
      "excluded",
    ],
    "an entry is fixed, so that nobody is asked": [{ "counters pod default/a": quiet }, "possible"],
    "somebody answers": [
      { "counters pod default/a": answered, "dial pod default/a": { ok: false, ms: 3, text: "Connection refused" } },
      "excluded",
    ],
    "what is dialled of it is dropped, and the kernel has just heard from it": [
      { ...dropped, "neighbours pod default/a": heard("REACHABLE") },
      "excluded",
    ],
    "what is dialled of it is dropped, and the kernel heard from it once": [
      { ...dropped, "neighbours pod default/a": heard("STALE") },
      "possible",
    ],
    "what is dialled of it is dropped, and nobody shows the neighbours": [dropped, "possible"],
    "another neighbour answers meanwhile": [{ "counters pod default/a": answered }, "proven"],
    "another neighbour answers meanwhile, and nobody can dial it": [
      { "counters pod default/a": answered, "dial pod default/a": nobody },
      "possible",
    ],
    "the gateway is a global address": [{ "routes pod default/a": seen.routes(seen.staticDefault) }, "excluded"],
  });
});
