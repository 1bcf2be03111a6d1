import assert from "node:assert/strict";
import { test } from "node:test";
import type { KubeObject } from "#core/cluster/cluster.ts";
import { rangesOf } from "#core/ranges/ranges.ts";
import { holdersIn, isNearlyFull, rangesToJson, rangesToText } from "#core/report/ranges.ts";

const cidr = (name: string, cidrs: readonly string[], more: object = {}): KubeObject => ({
  kind: "ServiceCIDR",
  metadata: { name, ...more },
  spec: { cidrs },
});
const address = (name: string, service: string): KubeObject => ({
  kind: "IPAddress",
  metadata: { name },
  spec: { parentRef: { resource: "services", namespace: "shop", name: service } },
});
const row = (objects: readonly KubeObject[], owner: string) =>
  rangesOf(objects)
    .ranges.filter((one) => one.owner === owner)
    .map(({ range, total, used, free }) => `${range} ${used} of ${total}, ${free} free`);

test("a ServiceCIDR leaves out its first address, and of IPv4 the last: the last one that is free is the last that is given", () => {
  const taken = Array.from({ length: 15 }, (_, index) => address(`fd00:96::${(index + 1).toString(16)}`, `s${index}`));
  const objects = [cidr("small", ["10.96.0.0/28", "fd00:96::/124"]), ...taken];
  assert.deepEqual(row(objects, "ServiceCIDR small"), [
    "10.96.0.0/28 0 of 14, 14 free",
    "fd00:96::/124 15 of 15, 0 free",
  ]);
  assert.deepEqual(rangesOf(objects).ranges.map(isNearlyFull), [false, true]);
});

test("an address in two ServiceCIDRs counts in each, and one that lies in no other keeps a ServiceCIDR from going", () => {
  const going = { deletionTimestamp: "2026-11-30T10:00:00Z" };
  const objects = [
    cidr("a", ["10.96.0.0/24"]),
    cidr("b", ["10.96.0.0/23"], going),
    address("10.96.0.9", "one"),
    address("10.96.1.9", "two"),
  ];
  assert.deepEqual(row(objects, "ServiceCIDR b"), ["10.96.0.0/23 2 of 510, 508 free"]);
  const [, b] = rangesOf(objects).ranges;
  assert.deepEqual(b?.notes, ["does not go while Service shop/two have addresses of it alone"]);
});

test("nodes: pods on them, room for more of them, and a prefix too short for what the kubelet takes", () => {
  const node = (name: string, podCIDRs: readonly string[]): KubeObject => ({
    kind: "Node",
    metadata: { name },
    spec: { podCIDRs },
    status: { allocatable: { pods: "110" } },
  });
  const pod: KubeObject = {
    kind: "Pod",
    metadata: { name: "p", namespace: "shop" },
    spec: {},
    status: { phase: "Running", podIPs: [{ ip: "10.244.1.7" }, { ip: "fd00:244:0:1::7" }] },
  };
  const config: KubeObject = {
    kind: "ConfigMap",
    metadata: { name: "kubeadm-config" },
    data: { ClusterConfiguration: "networking:\n  podSubnet: 10.244.0.0/22,fd00:244::/62\n" },
  };
  const objects = [
    node("n1", ["10.244.1.0/26", "fd00:244:0:1::/64"]),
    node("n2", ["10.244.2.0/26", "fd00:244:0:2::/64"]),
    pod,
    config,
  ];
  assert.deepEqual(row(objects, "Node n1")[0], "10.244.1.0/26 1 of 61, 60 free");
  assert.deepEqual(rangesOf(objects).ranges[0]?.notes, ["the kubelet takes 110 pods, and there are addresses for 61"]);
  assert.deepEqual(row(objects, "podSubnet, /64 a node"), ["fd00:244::/62 2 of 4, 2 free"]);
  assert.deepEqual(holdersIn(rangesOf(objects), "fd00:244::/48"), [
    { address: "fd00:244:0:1::7", holder: "Pod shop/p" },
  ]);
});

test("Calico's pools tell how many of their blocks nodes have", () => {
  const objects: KubeObject[] = [
    { kind: "IPPool", metadata: { name: "six" }, spec: { cidr: "fd00:10::/120", blockSize: 122 } },
    { kind: "IPAMBlock", metadata: { name: "b" }, spec: { cidr: "fd00:10::/122" } },
  ];
  assert.deepEqual(rangesOf(objects).ranges[0]?.notes, ["1 of 4 blocks of /122 are with nodes"]);
});

test("numbers that nobody counts are powers of two, and JSON has them whole", () => {
  const ranges = rangesOf([cidr("large", ["2600:1::/64"])]);
  assert.match(
    rangesToText(ranges, () => undefined),
    /2600:1::\/64 +2\^64 +0 +2\^64 +0 %/,
  );
  assert.equal(JSON.parse(rangesToJson(ranges, [], 0)).ranges[0].total, "18446744073709551615");
});
