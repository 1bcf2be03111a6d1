import assert from "node:assert/strict";
import { test } from "node:test";
import { type Fault, faults } from "./faults.ts";
import type { Lab } from "./lab.ts";
import { perform } from "./perform.ts";
import { fetchFrom, labSkip, labTest, until } from "./support.ts";

const skip = await labSkip();

/** What a command in a namespace prints while a fault is there, as a person would look for it. */
const signals: Record<string, { in: string; run: string[]; shows: RegExp }> = {
  "forwarding-off": { in: "n1", run: ["cat", "/proc/net/snmp6"], shows: /^Ip6InAddrErrors\s+[1-9]/m },
  "pod-without-default-route": { in: "n1-p1", run: ["ip", "-6", "route", "show", "default"], shows: /^$/ },
  "ipv6-disabled-on-interface": { in: "n1-p1", run: ["ip", "-6", "addr", "show", "dev", "eth0"], shows: /^$/ },
  "forward-policy-drops-ipv6": {
    in: "n1",
    run: ["ip6tables-save", "-c", "-t", "filter"],
    shows: /^\[[1-9]\d*:\d+\] -A FORWARD -j DROP/m,
  },
  "route-to-peer-missing": { in: "n1", run: ["ip", "-6", "route", "show", "fd00:10:244:2::/64"], shows: /^$/ },
  "listener-ipv4-only": { in: "n2-p1", run: ["cat", "/proc/net/tcp6"], shows: /^(?!.*:1F90 \S+ 0A ).*$/s },
  "service-single-stack": { in: "n1", run: ["ip6tables-save", "-t", "nat"], shows: /^(?!.*fd00:10:96::80).*$/s },
  "no-aaaa": {
    in: "n1-p1",
    run: ["busybox", "nslookup", "-type=a", "web.default.svc.cluster.local"],
    shows: /Address: 10\.96\.0\.80/,
  },
  "network-policy-ipv4-only": {
    in: "n2",
    run: ["ip6tables-save", "-c", "-t", "filter"],
    shows: /^\[[1-9]\d*:\d+\] -A KUBE-POD-I-\S+ .*-j DROP/m,
  },
  "underlay-below-node-mtu": { in: "gw", run: ["ip", "link", "show", "n2"], shows: /mtu 1400/ },
  "dad-failed": {
    in: "n1-p1",
    run: ["ip", "-6", "addr", "show", "dev", "eth0"],
    shows: /fd00:10:244:1::11\/64 scope global .*dadfailed/,
  },
  "ra-default-lost": { in: "n1", run: ["ip", "-6", "route", "show", "default"], shows: /^$/ },
};

labTest(
  "every fault breaks what it says over IPv6, leaves IPv4 alone, shows its signal and heals",
  { nodes: 2, ra: true },
  skip,
  async (lab) => {
    for (const fault of faults) await injectAndHeal(lab, fault);
  },
);

async function injectAndHeal(lab: Lab, fault: Fault): Promise<void> {
  await until(`${fault.id}: IPv6 before the fault`, () => works(lab, fault));
  await perform(lab, fault.inject);
  await until(`${fault.id}: IPv6 to break`, async () => !(await works(lab, fault)));
  assert.ok((await fetchFrom(lab, "n1-p1", "http://10.244.2.11:8080/")) > 0, `${fault.id}: IPv4 still passes`);
  const signal = signals[fault.id];
  assert.ok(signal, `${fault.id} has a signal`);
  const look = async () => signal.shows.test((await lab.exec(signal.in, signal.run)).stdout);
  await until(`${fault.id}: ${signal.run.join(" ")} to show ${signal.shows}`, look, 5);
  if (fault.id === "ra-default-lost") await advertisementsKeepComing(lab);
  await perform(lab, fault.heal);
  await until(`${fault.id}: IPv6 after healing`, () => works(lab, fault));
}

async function works(lab: Lab, { breaks }: Fault): Promise<boolean> {
  const { from, to, port, how } = breaks;
  if (how === "resolve") {
    const { stdout } = await lab.exec(from, ["busybox", "nslookup", "-type=aaaa", to]);
    return /Address: fd00:10:96::80/.test(stdout);
  }
  const path = how === "transfer" ? "big" : "";
  const bytes = await fetchFrom(lab, from, `http://[${to}]:${port}/${path}`);
  return how === "transfer" ? bytes === 200_000 : bytes > 0;
}

async function advertisementsKeepComing(lab: Lab): Promise<void> {
  const count = async () =>
    Number(
      /^Icmp6InRouterAdvertisements\s+(\d+)/m.exec((await lab.exec("n1", ["cat", "/proc/net/snmp6"])).stdout)?.[1],
    );
  const before = await count();
  await until("a router advertisement to come", async () => (await count()) > before, 5);
  assert.equal((await lab.exec("n1", ["ip", "-6", "route", "show", "default"])).stdout, "");
}

test("faults have names of their own", () => {
  assert.equal(new Set(faults.map(({ id }) => id)).size, 12);
});
