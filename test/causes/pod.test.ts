import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { absent, b, gone, judge, nobody } from "./case.ts";
import * as seen from "./observed.ts";

const unreachable = [{ outcome: "network-unreachable", ms: 0 }] as const;

describe("what is wrong in the pod", () => {
  it("kernel-without-ipv6: the file that lists addresses does not exist", () => {
    const here = { addresses: absent, listeners: [] };
    const dials = [{ outcome: "no-family" }] as const;
    const proven = judge("kernel-without-ipv6", { dials, seen: here });
    assert.equal(proven.status, "proven");
    assert.deepEqual(proven.explains, ["IPv6 other-node"]);
    assert.equal(judge("kernel-without-ipv6", { seen: { addresses: [] } }).status, "excluded");
    assert.equal(judge("kernel-without-ipv6", { dials, seen: { ...here, listeners: gone } }).status, "possible");
    const other = [{ outcome: "timeout" }] as const;
    assert.equal(judge("kernel-without-ipv6", { dials: other, seen: here }).status, "possible", "nothing died of it");
    assert.equal(
      judge("kernel-without-ipv6", { dials, seen: { addresses: gone } }).status,
      "unknown",
      "a pod that is gone",
    );
    const forbidden = judge("kernel-without-ipv6", { seen: { addresses: nobody } });
    assert.equal(forbidden.status, "unknown", "not being allowed to look proves nothing");
    assert.match(forbidden.because, /exec is forbidden/);
  });

  it("ipv6-disabled-on-interface: the interface's own setting, not that of `all`", () => {
    const off = { ...seen.settings, eth0: { disable_ipv6: 1 } };
    const given = { dials: unreachable, seen: { "interface-sysctls": off, addresses: [] } };
    assert.equal(judge("ipv6-disabled-on-interface", given).status, "proven");
    const all = { ...seen.settings, all: { disable_ipv6: 1 } };
    assert.equal(judge("ipv6-disabled-on-interface", { seen: { "interface-sysctls": all } }).status, "excluded");
  });

  it("mtu-below-1280 is told from it by the interface that has no settings at all", () => {
    const { eth0: _, ...withoutEth0 } = seen.settings;
    const given = { dials: unreachable, seen: { links: { lo: 65536, eth0: 1270 }, "interface-sysctls": withoutEth0 } };
    assert.equal(judge("mtu-below-1280", given).status, "proven");
    assert.equal(judge("ipv6-disabled-on-interface", given).status, "excluded");
    const wide = { links: { lo: 65536, eth0: 1430 }, "interface-sysctls": seen.settings };
    assert.equal(judge("mtu-below-1280", { dials: unreachable, seen: wide }).status, "excluded");
  });

  it("pod-without-default-route: an address, and only the kernel's null entry for ::/0", () => {
    const given = { dials: unreachable, seen: { addresses: seen.podAddresses, routes: seen.routes() } };
    assert.equal(judge("pod-without-default-route", given).status, "proven");
    const disabled = { ...given, seen: { addresses: seen.linkLocalOnly, routes: seen.routes() } };
    assert.equal(
      judge("pod-without-default-route", disabled).status,
      "excluded",
      "without an address it is another cause",
    );
    const fine = { ...given, seen: { addresses: seen.podAddresses, routes: seen.routes(seen.staticDefault) } };
    assert.equal(judge("pod-without-default-route", fine).status, "excluded");
  });

  it("pod-without-default-route is only possible while nothing fails", () => {
    const seenHere = { addresses: seen.podAddresses, routes: seen.routes() };
    assert.equal(judge("pod-without-default-route", { dials: [{ outcome: "ok" }], seen: seenHere }).status, "possible");
  });

  it("the destination is looked into only if dialling it fails", () => {
    const silent = [{ outcome: "timeout", ms: 2000 }] as const;
    const seenHere = {
      "addresses pod default/a": seen.podAddresses,
      "addresses pod default/b": seen.podAddresses,
      "routes pod default/a": seen.routes(seen.staticDefault),
      "routes pod default/b": seen.routes(),
    };
    const broken = judge("pod-without-default-route", { dials: silent, seen: seenHere });
    assert.match(broken.because, /pod default\/b has/);
    assert.equal(judge("pod-without-default-route", { dials: [{ outcome: "ok" }], seen: seenHere }).status, "excluded");
  });

  it("dad-failed: the flag dadfailed, not a check that still runs", () => {
    const given = { dials: [{ outcome: "host-unreachable", ms: 1000 }], seen: { addresses: seen.duplicate } } as const;
    assert.equal(judge("dad-failed", given).status, "proven");
    const running = seen.duplicate.map((address) => ({ ...address, dadFailed: false }));
    assert.equal(judge("dad-failed", { ...given, seen: { addresses: running } }).status, "excluded");
  });

  it("listener-ipv4-only: refused at once, and the port is bound to IPv4", () => {
    const listeners = [{ family: "IPv4", address: "0.0.0.0", port: 8080 }];
    const refused = [{ outcome: "refused", ms: 10 }] as const;
    assert.equal(judge("listener-ipv4-only", { dials: refused, seen: { listeners } }).status, "proven");
    const both = [{ family: "IPv6", address: "::", port: 8080 }];
    assert.equal(judge("listener-ipv4-only", { dials: refused, seen: { listeners: both } }).status, "excluded");
    assert.equal(judge("listener-ipv4-only", { dials: refused, seen: { listeners: [] } }).status, "excluded");
    const rejected = [{ outcome: "refused", ms: 1000 }] as const;
    assert.equal(judge("listener-ipv4-only", { dials: rejected }).status, "excluded", "a REJECT comes a second later");
  });

  it("listener-ipv4-only: bound to loopback alone nobody is reached either", () => {
    const listeners = [{ family: "IPv6", address: "::1", port: 8080 }];
    assert.equal(
      judge("listener-ipv4-only", { dials: [{ outcome: "refused" }], seen: { listeners } }).status,
      "proven",
    );
  });

  it("dns-server-family-unreachable: an IPv6-only pod with an IPv4 nameserver", () => {
    const six = { ...b, status: { phase: "Running", podIPs: [{ ip: "fd00:10:244:1::11" }] } };
    const four = { resolver: { nameservers: ["10.96.0.10"], search: [], options: [] } };
    const refuses = (text: string, ms = 0) => ({ ...four, dial: { ok: false, ms, tool: "bash", text } });
    const verdict = (more: Record<string, unknown>) =>
      judge("dns-server-family-unreachable", { pods: [six], seen: more }).status;
    assert.equal(verdict(refuses("Network is unreachable")), "proven");
    assert.equal(verdict(four), "possible", "nobody tried");
    assert.equal(verdict(refuses("", 2000)), "possible", "it is sent, whatever becomes of it");
    assert.equal(
      verdict({ ...four, dial: { ok: true, ms: 1, tool: "bash", text: "" } }),
      "excluded",
      "a second interface",
    );
    assert.equal(
      judge("dns-server-family-unreachable", { seen: four }).status,
      "excluded",
      "a dual-stack pod reaches it",
    );
  });

  it("listener-ipv4-only: a busy container takes as long for IPv4, and every deaf pod is named", () => {
    const listeners = [{ family: "IPv4", address: "0.0.0.0", port: 8080 }];
    const slow = [
      { outcome: "refused", ms: 900 },
      { outcome: "ok", family: "IPv4", ms: 880 },
    ] as const;
    assert.equal(judge("listener-ipv4-only", { dials: slow, seen: { listeners } }).status, "proven");
    const both = [
      { outcome: "refused", ms: 5 },
      { outcome: "refused", family: "IPv4", ms: 5 },
    ] as const;
    assert.equal(
      judge("listener-ipv4-only", { dials: both, seen: { listeners } }).status,
      "possible",
      "IPv4 is refused too",
    );
  });

  it("pod-mtu-above-tunnel: proven by a request that hangs, possible without", () => {
    const mtus = {
      "links pod default/a": { lo: 65536, eth0: 1500 },
      "links node n1": { eth0: 1500, "vxlan-v6.calico": 1430 },
    };
    const attempt = (ok: boolean, ms: number) => ({ ok, ms, tool: "bash", text: "" });
    const verdict = (answer: object) =>
      judge("pod-mtu-above-tunnel", {
        dials: [{ outcome: "stalls" }],
        seen: { ...mtus, "big-request pod default/b": answer },
      }).status;
    const request = (ok: boolean) => ({
      small: attempt(true, 5),
      padded: [{ bytes: 4000, attempt: attempt(ok, ok ? 6 : 2000) }],
    });
    assert.equal(verdict(request(true)), "proven");
    assert.equal(verdict(request(false)), "excluded", "the server is silent on large requests");
    assert.equal(verdict(nobody), "possible");
    assert.equal(judge("pod-mtu-above-tunnel", { dials: [{ outcome: "ok" }], seen: mtus }).status, "possible");
    const right = { ...mtus, "links pod default/a": { lo: 65536, eth0: 1430 } };
    assert.equal(judge("pod-mtu-above-tunnel", { dials: [{ outcome: "stalls" }], seen: right }).status, "excluded");
  });
});
