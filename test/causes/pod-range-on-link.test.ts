import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseIfInet6 } from "#core/linux/if-inet6.ts";
import { b, judge, nobody, podObject } from "./case.ts";
import * as seen from "./observed.ts";
import { variants } from "./variants.ts";

const lost = [{ outcome: "host-unreachable", ms: 3080 }] as const;
const asked = seen.counters({ Icmp6OutNeighborSolicits: 3 });
const gone = { ok: false, text: "nc: No route to host", ms: 3080, tool: "nc" };
const quiet = seen.counters();
const global = (hex: string, length: string, device: string) => `${hex} 02 ${length} 00 80 ${device}\n`;
const n1Bridge = global("fd0000100244000100000000000000bd", "30", "cni0");
const n2Bridge = global("fd000010024400020000000000000001", "40", "cni0");
const n1Own = global("20010db8001800000000000000000101", "40", "eth0");
const n2Own = global("20010db8001800000000000000000102", "40", "eth0");

describe("pod-range-on-link", () => {
  const onLink = seen.toN2
    .replace(/^.{32} 40/, "fd000010024400000000000000000000 30")
    .replace("20010db8001800000000000000000102", "0".repeat(32))
    .replace("00000003", "00000001")
    .replace("eth0", "cni0");
  const given = {
    dials: lost,
    seen: {
      "routes pod default/a": seen.routes(seen.staticDefault),
      "routes pod default/b": seen.routes(seen.staticDefault),
      "routes node n1": seen.routes(seen.staticDefault, onLink),
      "routes node n2": seen.routes(seen.staticDefault, seen.toN1),
      "addresses node n1": parseIfInet6(n1Bridge + n1Own),
      "addresses node n2": parseIfInet6(n2Bridge + n2Own),
      counters: asked,
      "dial node n1": gone,
      "policy-rules": [],
    },
  };

  it("names the node, the interface and the length", () => {
    const { status, because } = judge("pod-range-on-link", given);
    assert.equal(status, "proven", because);
    assert.match(
      because,
      /on node n1 cni0 has fd00:10:244:1::bd\/48.*fd00:10:244::\/48 takes fd00:10:244:2::11.*runs on node n2/,
    );
  });

  it("on the way back as well", () => {
    const back = onLink;
    const { status, because } = judge("pod-range-on-link", {
      dials: lost,
      seen: {
        "routes pod default/a": nobody,
        "routes pod default/b": nobody,
        "routes node n1": seen.routes(seen.staticDefault, seen.toN2),
        "routes node n2": seen.routes(back),
        "addresses node n2": parseIfInet6(n1Bridge),
        "addresses node n1": parseIfInet6(n1Bridge + n1Own),
        counters: asked,
        "dial node n2": gone,
        "policy-rules": [],
      },
    });
    assert.equal(status, "proven", because);
    assert.match(because, /on node n2 .*takes fd00:10:244:1::11/);
  });

  it("is not it where the address is that of a node, which is on the nodes' link", () => {
    const onNode = podObject("a", "n1", ["172.18.1.1", "2001:db8:18::101"], { hostNetwork: true });
    const { status, because } = judge("pod-range-on-link", {
      pods: [onNode, b],
      dials: lost,
      seen: {
        "routes pod default/b": seen.routes(seen.staticDefault),
        "routes node n1": seen.routes(seen.staticDefault, seen.toN2),
        "routes node n2": seen.routes(
          seen.staticDefault,
          seen.toN2
            .replace("fd000010024400020000000000000000", "20010db8001800000000000000000000")
            .replace("20010db8001800000000000000000102", "0".repeat(32))
            .replace("00000003", "00000001"),
        ),
        "addresses node n2": parseIfInet6(n2Own),
        counters: asked,
        "dial node n2": gone,
      },
    });
    assert.equal(status, "excluded", because);
  });

  variants("pod-range-on-link", given, {
    "the pod is on the link after all, and something else is wrong": [
      { "dial node n1": { ok: false, text: "", ms: 3500, tool: "nc" } },
      "possible",
    ],
    "the node cannot dial": [{ "dial node n1": nobody }, "possible"],
    "no solicitation was counted": [{ counters: quiet }, "possible"],
    "a longer route goes to the other node": [{ "routes node n1": seen.routes(onLink, seen.toN2) }, "excluded"],
    "no address has the prefix: a tunnel's route": [{ "addresses node n1": parseIfInet6(n2Own) }, "excluded"],
    "the other node has no address there by which to see whether the link is shared": [
      { "addresses node n2": parseIfInet6(n2Own) },
      "possible",
    ],
    "nobody may look": [{ "routes node n1": nobody }, "unknown"],
  });

  const inPod = {
    dials: [...lost, { outcome: "ok", family: "IPv4", ms: 9 }],
    seen: {
      ...given.seen,
      "routes pod default/a": seen.routes(seen.staticDefault, onLink.replace("cni0", "eth0")),
      "routes node n1": seen.routes(seen.staticDefault, seen.toN2),
      "addresses pod default/a": parseIfInet6(global("fd000010024400010000000000000011", "30", "eth0")),
      "dial pod default/a": gone,
    },
  } as const;
  it("in the pod itself", () => {
    const { status, because, fix } = judge("pod-range-on-link", inPod);
    assert.equal(status, "proven", because);
    assert.match(because, /in pod default\/a eth0 has fd00:10:244:1::11\/48.*takes fd00:10:244:2::11/);
    assert.match(fix ?? "", /and not \/48/);
  });
  variants("pod-range-on-link", inPod, {
    "somebody on the pod's link answers for the other pod": [
      { "dial pod default/a": { ok: false, text: "nc: Connection refused", ms: 3, tool: "nc" } },
      "possible",
    ],
    "the pod was answered while it dialled": [
      { counters: seen.counters({ Icmp6OutNeighborSolicits: 3, Icmp6InNeighborAdvertisements: 1 }) },
      "possible",
    ],
    "the pod has a longer route by its gateway": [
      {
        "routes pod default/a": seen.routes(
          seen.staticDefault,
          onLink.replace("cni0", "eth0"),
          seen.toN2.replace("20010db8001800000000000000000102", "fd0000100244000100000000000000ff"),
        ),
      },
      "excluded",
    ],
    "nobody looks into the pod": [{ "routes pod default/a": nobody }, "unknown"],
  });
});
