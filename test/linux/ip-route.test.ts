import assert from "node:assert/strict";
import { it } from "node:test";
import { parseAddress } from "#core/addresses/address.ts";
import { parseIpNeigh } from "#core/linux/ip-neigh.ts";
import { parseRouteGet, parseRouteTable, tableRouteTo } from "#core/linux/ip-route.ts";

it("reads where the kernel sends a packet, or how it rejects it, as iproute2 and busybox print it", () => {
  const get = (text: string) => parseRouteGet(text, "fd00:10:244:2::11");
  assert.deepEqual(
    get("fd00:10:244:2::11 from :: via fd00::1 dev eth0 table 100 src fd00::2 metric 1024 hoplimit 1 pref medium\n"),
    { gateway: "fd00::1", device: "eth0", table: "100", hopLimit: 1 },
  );
  assert.deepEqual(get("fd00:10:244:2::11 from :: via fe80::1 dev eth0 proto ra src fd00::2 metric 512\n"), {
    gateway: "fe80::1",
    device: "eth0",
    advertised: true,
  });
  for (const [words, rejects] of [
    ["Invalid argument", "blackhole"],
    ["No route to host", "unreachable"],
    ["Permission denied", "prohibit"],
    ["Network is unreachable", "no route"],
  ] as const)
    for (const before of ["", "ip: "])
      assert.deepEqual(get(`${before}RTNETLINK answers: ${words}\n`), { rejects }, words);
  for (const other of [
    "",
    "fd00::9 dev eth0\n",
    "RTNETLINK answers: Operation not permitted\n",
    "Cannot open netlink socket: Permission denied\n",
  ])
    assert.equal(get(other), undefined, other);
});

it("reads a table, and finds the longest prefix in it", () => {
  const table = parseRouteTable(
    "throw fd00:10::/32 dev lo metric 1024\nfd00:10:244:2::/64 via fd00::1 dev eth0 metric 1024\nunreachable default dev lo metric 1024\n",
  );
  const to = (text: string) => tableRouteTo(table ?? [], parseAddress(text) as never)?.kind;
  assert.deepEqual(
    [to("fd00:10:244:2::11"), to("fd00:10:244:3::11"), to("2001:db8::1")],
    ["unicast", "throw", "unreachable"],
  );
  assert.deepEqual(parseRouteTable("Error: ipv6: FIB table does not exist.\nDump terminated\n"), []);
  assert.equal(parseRouteTable("Usage: ip route { list | flush } SELECTOR\n"), undefined);
});

it("reads neighbours, and takes no other text for none", () => {
  assert.deepEqual(
    parseIpNeigh(
      "fe80::1 dev eth0 lladdr EE:ee:ee:ee:ee:ee router PERMANENT \nfd00::2 dev cni0 ref 1 used 0/0/0 probes 3 FAILED\n",
    ),
    [
      { address: "fe80::1", device: "eth0", hardware: "ee:ee:ee:ee:ee:ee", states: ["PERMANENT"] },
      { address: "fd00::2", device: "cni0", states: ["FAILED"] },
    ],
  );
  assert.deepEqual(parseIpNeigh(""), []);
  assert.equal(parseIpNeigh("ip: RTNETLINK answers: Operation not permitted\n"), undefined);
});
