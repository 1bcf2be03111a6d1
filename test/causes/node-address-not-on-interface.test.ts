import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseIfInet6 } from "#core/linux/if-inet6.ts";
import { judge, n1, nobody, nodeObject } from "./case.ts";
import * as seen from "./observed.ts";
import { variants } from "./variants.ts";

const silent = [{ outcome: "timeout", ms: 3500 }] as const;
const global = (hex: string, length: string, device: string) => `${hex} 02 ${length} 00 80 ${device}\n`;
const n2Own = global("20010db8001800000000000000000102", "40", "eth0");

describe("node-address-not-on-interface", () => {
  const node = {
    dials: [{ outcome: "timeout", scope: "node", ms: 3500 }],
    seen: { "addresses node n1": seen.nodeAddresses, "addresses node n2": parseIfInet6(n2Own) },
  } as const;

  it("is not where the node has it, in other letters than its provider writes", () => {
    const nodes = [n1, nodeObject("n2", ["172.18.1.2", "2001:DB8:18:0::102"], ["fd00:10:244:2::/64"])];
    assert.equal(judge("node-address-not-on-interface", { ...node, nodes }).status, "excluded");
  });

  it("only a hint while nothing dials the address", () => {
    const moved = {
      ...node,
      dials: silent,
      nodes: [n1, nodeObject("n2", ["172.18.1.2", "2001:db8:18::777"], ["fd00:10:244:2::/64"])],
    };
    const { status, because } = judge("node-address-not-on-interface", moved);
    assert.equal(status, "possible", because);
    assert.match(
      because,
      /node n2 lists 2001:db8:18::777, which is on none of its interfaces; it has eth0 2001:db8:18::102/,
    );
  });

  variants("node-address-not-on-interface", node, {
    "every address is there": [{}, "excluded"],
    "the interfaces could not be read": [{ "addresses node n2": nobody }, "unknown"],
  });

  it("proven where the other node sends there what is for its pods", () => {
    const { status, because } = judge("node-address-not-on-interface", {
      dials: [...silent, { outcome: "ok", family: "IPv4", ms: 9 }],
      seen: {
        "interface-sysctls": seen.settings,
        "addresses node n1": seen.nodeAddresses,
        "addresses node n2": seen.linkLocalOnly,
        "routes node n1": seen.routes(seen.staticDefault, seen.toN2),
      },
    });
    assert.equal(status, "proven", because);
    assert.match(because, /node n2 lists 2001:db8:18::102, which is on none of its interfaces.*node n1 sends there/);
  });
});
