import assert from "node:assert/strict";
import { test } from "node:test";
import { parseDefaultRoutes4 } from "#core/linux/ipv4-route.ts";
import { cachedRoutes, parseProcStat } from "#core/linux/proc-stat.ts";

test("/proc/net/stat: a table's size is the same on every CPU's line, the rest adds up", () => {
  const text = "entries  allocs table_fulls\n00000059  0000013d 00000001\n00000059  000001ba 0000000a\n";
  assert.deepEqual(parseProcStat(text), { entries: 0x59, allocs: 0x13d + 0x1ba, table_fulls: 11 });
  for (const broken of ["", "entries\n", "entries drop\nxyz 1\n", "cat: /proc/net/stat/x: No such file\n1 2 3\n"])
    assert.deepEqual(parseProcStat(broken), {}, broken);
});

test("/proc/net/rt6_stats: the sixth of seven numbers", () => {
  assert.equal(cachedRoutes("0009 0006 001d 0007 0000 0fa1 0000\n"), 4001);
  assert.equal(cachedRoutes("0009 0006 001d\n"), undefined);
  assert.equal(cachedRoutes("Permission denied\n"), undefined);
});

test("/proc/net/route: default routes that are up and reject nothing", () => {
  const rows = [
    "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT",
    "v4if0\t00000000\t01ACFEA9\t0003\t0\t0\t0\t00000000\t0\t0\t0",
    "eth0\t00000000\t00000000\t0001\t0\t0\t0\t00000000\t0\t0\t0",
    "eth0\t0000F40A\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0",
    "*\t00000000\t00000000\t0201\t0\t0\t0\t00000000\t0\t0\t0",
    "garbage",
  ];
  assert.deepEqual(parseDefaultRoutes4(`${rows.join("\n")}\n`), [
    { device: "v4if0", gateway: "169.254.172.1" },
    { device: "eth0", gateway: undefined },
  ]);
});
