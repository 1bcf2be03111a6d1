import assert from "node:assert/strict";
import { test } from "node:test";
import type { KubeObject } from "#core/cluster/cluster.ts";
import { compareNodes } from "#core/nodes/compare.ts";
import { nodesToText } from "#core/report/nodes.ts";

// biome-ignore lint/suspicious/noExplicitAny: parts of objects
type Any = any;

function nodes(count: number, more: (index: number) => Any = () => ({})): KubeObject[] {
  return Array.from({ length: count }, (_, index) => {
    const { labels, annotations, spec, status } = more(index);
    const mac = `aa:bb:cc:00:${(index >> 8).toString(16).padStart(2, "0")}:${(index & 255).toString(16).padStart(2, "0")}`;
    return {
      metadata: {
        name: `node-${index}`,
        labels: {
          "kubernetes.io/hostname": `node-${index}`,
          "topology.kubernetes.io/zone": `z${index % 3}`,
          "node.kubernetes.io/instance-type": index % 2 ? "small" : "large",
          "example.org/pool": `p${index % 4}`,
          "kubernetes.io/arch": "amd64",
          ...labels,
        },
        annotations: {
          "flannel.alpha.coreos.com/backend-data": `{"VNI":1,"VtepMAC":"${mac}"}`,
          "flannel.alpha.coreos.com/public-ip": `192.168.${index >> 8}.${index & 255}`,
          "projectcalico.org/IPv6Address": `2001:db8::${index.toString(16)}/64`,
          "volumes.kubernetes.io/controller-managed-attach-detach": `${index}`,
          ...annotations,
        },
      },
      spec: { podCIDRs: [`10.${index >> 8}.${index & 255}.0/24`, `fd00:0:${index.toString(16)}::/64`], ...spec },
      status: {
        addresses: [{ type: "InternalIP", address: `2001:db8::${index.toString(16)}` }],
        conditions: [{ type: "Ready", status: "True" }],
        allocatable: { cpu: index % 2 ? "4" : "16", memory: `${1000 + index}Ki` },
        nodeInfo: { kernelVersion: "6.12.0", kubeletVersion: "v1.36.0" },
        ...status,
      },
    };
  });
}

const lines = (all: readonly KubeObject[]) =>
  nodesToText(compareNodes(all))
    .split("\n")
    .filter((line) => line.startsWith("  "));

test("what each node, zone, pool and size has of its own is no difference", () => {
  assert.deepEqual(lines(nodes(1000)), []);
  assert.match(nodesToText(compareNodes(nodes(1000))), /no odd one out/);
  for (const count of [0, 1, 2, 3, 5, 40]) assert.deepEqual(lines(nodes(count)), [], `${count}`);
});

test("998 of 1,000 nodes have two podCIDRs, these 2 one", () => {
  const odd = nodes(1000, (index) => ([17, 204].includes(index) ? { spec: { podCIDRs: ["10.0.0.0/24"] } } : {}));
  assert.deepEqual(lines(odd), ["  podCIDRs: IPv4/24, IPv6/64 on 998 of 1,000 nodes; IPv4/24 on node-17, node-204"]);
});

for (const [name, of, expected] of [
  [
    "an InternalIP of another family",
    { status: { addresses: [{ type: "InternalIP", address: "192.0.2.1" }] } },
    /InternalIPs: IPv6 on 99.* IPv4 on node-7/,
  ],
  [
    "a podCIDR of another length",
    { spec: { podCIDRs: ["10.0.0.0/24", "fd00::/80"] } },
    /podCIDRs: .* IPv4\/24, IPv6\/80 on node-7/,
  ],
  [
    "families in another order",
    { spec: { podCIDRs: ["fd00::/64", "10.0.0.0/24"] } },
    /podCIDRs: .* IPv6\/64, IPv4\/24 on node-7/,
  ],
  [
    "a condition",
    {
      status: {
        conditions: [
          { type: "Ready", status: "True" },
          { type: "NetworkUnavailable", status: "True" },
        ],
      },
    },
    /condition NetworkUnavailable: none on 99 .* True on node-7/,
  ],
  [
    "a kernel",
    { status: { nodeInfo: { kernelVersion: "5.4.0", kubeletVersion: "v1.36.0" } } },
    /kernelVersion: 6\.12\.0 on 99 .* 5\.4\.0 on node-7/,
  ],
  [
    "what the network plugin has found",
    { annotations: { "projectcalico.org/IPv6Address": "2001:db8::7/128" } },
    /annotation projectcalico\.org\/IPv6Address: IPv6\/64 on 99 .* IPv6\/128 on node-7/,
  ],
  [
    "a network plugin's MTU",
    { annotations: { "flannel.alpha.coreos.com/backend-data": '{"VNI":9,"VtepMAC":"aa:bb:cc:dd:ee:ff"}' } },
    /backend-data: .* on node-7/,
  ],
  [
    "being cordoned",
    { spec: { podCIDRs: ["10.0.0.0/24", "fd00::/64"], unschedulable: true } },
    /cordoned: no on 99 .* yes on node-7/,
  ],
  [
    "a label that all others have",
    { labels: { "kubernetes.io/arch": "arm64" } },
    /label kubernetes\.io\/arch: amd64 on 99 .* arm64 on node-7/,
  ],
] as const)
  test(`the odd one out by ${name}`, () => {
    const [line = "", ...rest] = lines(nodes(100, (index) => (index === 7 ? of : {})));
    assert.match(line, expected);
    assert.deepEqual(rest, []);
  });

test("what owners give a few nodes on purpose is no difference, what a single one lacks is", () => {
  const tainted = (wanted: (index: number) => boolean) =>
    nodes(100, (index) =>
      wanted(index)
        ? { spec: { podCIDRs: ["10.0.0.0/24", "fd00::/64"], taints: [{ key: "cni", effect: "NoExecute" }] } }
        : {},
    );
  assert.deepEqual(lines(tainted((index) => index === 7)), []);
  assert.deepEqual(lines(tainted((index) => index < 30)), []);
  assert.deepEqual(lines(tainted((index) => index !== 7)), [
    "  taints: cni:NoExecute on 99 of 100 nodes; none on node-7",
  ]);
});

test("allocatable is held against nodes of the same size only", () => {
  const odd = nodes(100, (index) => (index === 8 ? { status: { allocatable: { cpu: "8" } } } : {}));
  assert.match(lines(odd).join("\n"), /allocatable cpu: 16 on 49 of 50 nodes of instance type large; 8 on node-8/);
});

test("control-plane nodes are compared with each other", () => {
  const plane = (index: number) =>
    index < 3
      ? {
          labels: { "node-role.kubernetes.io/control-plane": "" },
          spec: { podCIDRs: [], taints: [{ key: "control-plane", effect: "NoSchedule" }] },
        }
      : {};
  assert.deepEqual(lines(nodes(100, plane)), []);
});

test("versions that are being rolled out differ, and nobody is odd", () => {
  const text = nodesToText(
    compareNodes(
      nodes(100, (index) =>
        index < 40 ? { status: { nodeInfo: { kernelVersion: "6.12.0", kubeletVersion: "v1.35.1" } } } : {},
      ),
    ),
  );
  assert.match(text, /no odd one out/);
  assert.match(
    text,
    /not only on a few:\n {2}kubeletVersion: v1\.36\.0 on 60 of 100 nodes; v1\.35\.1 on node-0, .* and 35 more/,
  );
});

test("nothing is called a cause, and a name arrives as text", () => {
  const odd = nodes(100, (index) => (index === 7 ? { spec: { podCIDRs: ["\u001b[31m"] } } : {}));
  const text = nodesToText(compareNodes(odd));
  assert.match(text, /proves no cause/);
  assert.ok(!text.includes("\u001b"));
});
