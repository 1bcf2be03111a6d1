import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { type Choice, choiceNames, filterOf, peerOf, portsIn } from "#core/capturing/filter.ts";
import { snaplenOf, tcpdumpOf, usualLimits, type Wish } from "#core/capturing/wish.ts";

test("a filter is made of choices, ports and addresses, each in our own words", () => {
  const filter = (only: Choice[], ports: number[] = [], peer?: string, without: number[] = []) => {
    const address = peer === undefined ? undefined : peerOf(peer);
    return filterOf({ only, ports, without, ...(address ? { peer: address } : {}) });
  };
  assert.equal(filter(["all"]), "");
  assert.equal(filter(["ipv6"]), "(ip6)");
  assert.equal(filter(["dns"], [8080]), "((port 53) or (tcp port 8080))");
  assert.equal(filter(["all"], [], undefined, [6443, 10250]), "not tcp port 6443 and not tcp port 10250");
  assert.equal(
    filter([], [], "10.0.0.1"),
    "((host 10.0.0.1) or (icmp and (icmp[0] = 3 or icmp[0] = 11) and ((icmp[20:4] = 0xa000001) or (icmp[24:4] = 0xa000001))))",
  );
  assert.match(
    filter(["too-big"], [], "2001:DB8::0:1"),
    / and \(\(ip6 host 2001:db8::1\) or \(icmp6 and ip6\[40\] >= 135 /,
  );
});

test("no text of others gets into a filter", () => {
  for (const text of ["fd00::1 or tcp", "10.0.0.1; id", "::", "010.0.0.1", "fe80::1%eth0", "web"])
    assert.equal(peerOf(text), undefined, text);
  assert.throws(() => filterOf({ only: [], ports: [80.5] }));
  assert.throws(() => filterOf({ only: [], ports: [70_000] }));
});

test("ports are numbers as somebody types them, and nothing else", () => {
  assert.deepEqual(portsIn(" 80, 443 80"), [80, 443]);
  for (const text of ["", " ", "0", "65536", "http", "80;id", "-1", "1e3", "80-90"])
    assert.equal(portsIn(text), undefined, text);
});

test("tcpdump takes every filter there is", { skip: !existsSync("/usr/bin/tcpdump") && "no tcpdump here" }, () => {
  const peers = [undefined, peerOf("2001:db8::1"), peerOf("10.0.0.1"), peerOf("::ffff:10.0.0.1")];
  for (const choice of choiceNames)
    for (const peer of peers) {
      const filter = filterOf({ only: [choice], ports: [80], without: [10250], ...(peer ? { peer } : {}) });
      for (const link of ["LINUX_SLL2", "EN10MB"]) {
        const { status, stderr } = spawnSync("/usr/bin/tcpdump", ["-y", link, "-d", filter], { encoding: "utf8" });
        // Without a right to look at an interface it says nothing of the filter.
        if (!/permission|No such device/.test(stderr)) assert.equal(status, 0, `${filter}: ${stderr}`);
      }
    }
});

test("headers are kept, and messages whole where nothing else is taken", () => {
  const wish = (only: Choice[], more: Partial<Wish> = {}): Wish => ({
    at: { kind: "pod", namespace: "default", pod: "web" },
    wanted: { only, ports: [] },
    interface: "any",
    limits: usualLimits,
    full: false,
    ...more,
  });
  assert.equal(snaplenOf(wish(["ipv6"])), 128);
  assert.equal(snaplenOf(wish(["ipv6"], { at: { kind: "node", node: "n1" } })), 192);
  assert.equal(snaplenOf(wish(["dns", "neighbors"])), 262);
  assert.equal(snaplenOf(wish(["dns", "all"])), 128);
  assert.equal(snaplenOf(wish(["dns"], { wanted: { only: ["dns"], ports: [80] } })), 128);
  assert.equal(snaplenOf(wish(["ipv6"], { full: true })), 262_144);
  assert.equal(
    tcpdumpOf(wish(["ipv6"])).join(" "),
    "tcpdump -p -n -U --immediate-mode -i any -s 128 -c 10000 -w - (ip6)",
  );
});
