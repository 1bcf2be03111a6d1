import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nobody } from "./case.ts";
import { exampleOf } from "./example.ts";
import * as seen from "./observed.ts";
import { variants } from "./variants.ts";

const given = exampleOf("ra-default-expired");
const heard = (total: number, moved = 0) => ({
  "link-advertisements": total,
  "counters node n1": { moved: { Icmp6InRouterAdvertisements: moved }, total: { Icmp6InRouterAdvertisements: total } },
});
const eth0 = (accept_ra: number, forwarding: number) => ({ "interface-sysctls": { eth0: { accept_ra, forwarding } } });

describe("ra-default-expired", () => {
  it("is possible where the node would take an advertisement, had some, and none comes any more", () => {
    const { status, because } = judge("ra-default-expired", given);
    assert.equal(status, "possible", because);
    assert.match(because, /accept_ra of eth0 is 2\), has heard 41 there, and has no default route any more/);
    for (const other of ["ra-default-lost", "accept-ra-refused", "node-without-default-route"] as const)
      assert.notEqual(judge(other, given).status, "proven", other);
  });

  variants("ra-default-expired", given, {
    "it never heard one": [heard(0), "excluded"],
    "it hears them still": [heard(41, 2), "possible"],
    "it takes none, as a router": [eth0(1, 1), "excluded"],
    "it refuses them": [eth0(0, 1), "excluded"],
    "the interface itself is no router's": [eth0(1, 0), "possible"],
    "it has a default route": [{ "routes node n1": seen.routes(seen.staticDefault) }, "excluded"],
    "nobody may look": [{ "routes node n1": nobody }, "unknown"],
  });
});
