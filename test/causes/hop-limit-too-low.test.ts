import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nobody } from "./case.ts";
import * as seen from "./observed.ts";
import { variants } from "./variants.ts";

const ipv4 = { outcome: "ok", family: "IPv4", ms: 9 } as const;
const limits = (eth0: number) => ({ all: 64, eth0 });
const told = seen.counters({ Icmp6InTimeExcds: 2 });
const given = {
  dials: [{ outcome: "host-unreachable", ms: 1030 }, ipv4],
  seen: {
    routes: seen.routes(seen.staticDefault),
    "hop-limits pod default/a": limits(1),
    "hop-limits pod default/b": limits(64),
    "counters pod default/a": told,
    "counters pod default/b": seen.counters(),
    "route-get pod default/a": nobody,
  },
} as const;

describe("hop-limit-too-low", () => {
  it("is proven by what the pod is told while it dials", () => {
    const { status, because } = judge("hop-limit-too-low", given);
    assert.equal(status, "proven", because);
    assert.match(
      because,
      /the hop limit of pod default\/a is 1, .* 2 routers or more; pod default\/a was told 2 times/,
    );
  });

  variants("hop-limit-too-low", given, {
    "the route gives it another": [
      { "hop-limits pod default/a": limits(64), "route-get pod default/a": { device: "eth0", hopLimit: 1 } },
      "proven",
    ],
    "the route gives it enough": [{ "route-get pod default/a": { device: "eth0", hopLimit: 64 } }, "possible"],
    "it has enough, and was told so: packets go in a circle": [{ "hop-limits pod default/a": limits(64) }, "possible"],
    "nobody tells it": [{ "counters pod default/a": seen.counters() }, "excluded"],
    "nobody sees what it is told": [{ "counters pod default/a": nobody }, "unknown"],
    "its hop limit is not read": [{ "hop-limits pod default/a": nobody }, "unknown"],
  });

  const silent = { ...given, dials: [{ outcome: "timeout", ms: 1500 }, ipv4] } as const;
  variants("hop-limit-too-low", silent, {
    "it dialled in silence, and another dial is told": [
      { "dial pod default/a": { ok: false, text: "nc: No route to host", ms: 1040, tool: "nc" } },
      "proven",
    ],
    "it dialled in silence, and another dial is refused: a program that traces was told": [
      { "dial pod default/a": { ok: false, text: "nc: Connection refused", ms: 4, tool: "nc" } },
      "possible",
    ],
  });

  const answers = {
    dials: [{ outcome: "timeout", ms: 3500 }, ipv4],
    seen: {
      ...given.seen,
      "counters pod default/a": seen.counters(),
      "hop-limits pod default/a": limits(64),
      "hop-limits pod default/b": limits(1),
      "dial pod default/b": { ok: false, text: "nc: No route to host", ms: 1040, tool: "nc" },
    },
  } as const;
  it("is proven of the answers by a dial back", () => {
    const { status, because } = judge("hop-limit-too-low", answers);
    assert.equal(status, "proven", because);
    assert.match(because, /the hop limit of pod default\/b is 1/);
  });
  variants("hop-limit-too-low", answers, {
    "the dial back is refused: its route gives it enough": [
      { "dial pod default/b": { ok: false, text: "nc: Connection refused", ms: 4, tool: "nc" } },
      "possible",
    ],
    "nobody dials back": [{ "dial pod default/b": nobody }, "possible"],
    "it has enough": [{ "hop-limits pod default/b": limits(64) }, "excluded"],
  });
});
