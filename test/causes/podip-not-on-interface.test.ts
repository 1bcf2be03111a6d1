import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseIfInet6 } from "#core/linux/if-inet6.ts";
import { judge, nobody } from "./case.ts";
import * as seen from "./observed.ts";
import { variants } from "./variants.ts";

const silent = [{ outcome: "timeout", ms: 3500 }] as const;
const global = (hex: string, length: string, device: string) => `${hex} 02 ${length} 00 80 ${device}\n`;

describe("podip-not-on-interface", () => {
  const given = {
    dials: silent,
    seen: {
      "addresses pod default/a": seen.linkLocalOnly,
      "addresses pod default/b": seen.podAddresses,
      "interface-sysctls": seen.settings,
    },
  };

  it("the API lists it, the interface lost it", () => {
    const { status, because } = judge("podip-not-on-interface", given);
    assert.equal(status, "proven", because);
    assert.match(because, /pod default\/a has fd00:10:244:1::11; its interfaces have eth0 fe80::/);
  });

  const here = { "addresses pod default/b": parseIfInet6(global("fd000010024400020000000000000011", "40", "eth0")) };

  variants(
    "podip-not-on-interface",
    { ...given, seen: { ...given.seen, ...here } },
    {
      "it is there": [{ "addresses pod default/a": seen.podAddresses }, "excluded"],
      "IPv6 is off on the interface": [{ "interface-sysctls": { eth0: { disable_ipv6: 1 } } }, "excluded"],
      "nobody may look": [{ "addresses pod default/a": nobody }, "unknown"],
    },
  );
});
