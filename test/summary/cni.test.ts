import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { KubeObject } from "#core/cluster/cluster.ts";
import { summarize } from "#core/summary/summary.ts";
import { configMap, daemonSet, node, pod, seen } from "./inventory.ts";

const pool = (cidr: string, spec = {}): KubeObject => ({ metadata: { name: "p" }, spec: { cidr, ...spec } });
const dualConf = configMap("kube-flannel-cfg", {
  "net-conf.json": '{"Network": "10.244.0.0/16", "EnableIPv6": true, "IPv6Network": "fd00:10:244::/56"}',
});

const cases: [string, Parameters<typeof seen>[0], string | undefined, "on" | "off" | "unknown", RegExp][] = [
  [
    "Calico with an IPv6 pool",
    { daemonSets: [daemonSet("calico-node")], ipPools: [pool("10.0.0.0/16"), pool("fd00::/48")] },
    "Calico",
    "on",
    /IPPool p gives pods addresses of fd00::\/48/,
  ],
  [
    "Calico with a disabled IPv6 pool",
    { daemonSets: [daemonSet("calico-node")], ipPools: [pool("fd00::/48", { disabled: true })] },
    "Calico",
    "off",
    /disabled/,
  ],
  [
    "Calico without an IPv6 pool",
    { daemonSets: [daemonSet("calico-node")], ipPools: [pool("10.0.0.0/16")] },
    "Calico",
    "off",
    /None of its 1 IP pools/,
  ],
  [
    "Calico whose pools may not be seen",
    { daemonSets: [daemonSet("calico-node")] },
    "Calico",
    "unknown",
    /You may not list this/,
  ],
  [
    "Calico whose Felix leaves IPv6 alone",
    {
      daemonSets: [daemonSet("calico-node", { env: [{ name: "FELIX_IPV6SUPPORT", value: "false" }] })],
      ipPools: [pool("fd00::/48")],
    },
    "Calico",
    "off",
    /FELIX_IPV6SUPPORT/,
  ],
  [
    "Cilium with IPv6",
    { daemonSets: [daemonSet("cilium")], configMaps: [configMap("cilium-config", { "enable-ipv6": "true" })] },
    "Cilium",
    "on",
    /enable-ipv6: "true"/,
  ],
  [
    "Cilium without",
    { daemonSets: [daemonSet("cilium")], configMaps: [configMap("cilium-config", { "enable-ipv6": "false" })] },
    "Cilium",
    "off",
    /"false"/,
  ],
  [
    "Cilium whose ConfigMap may not be seen",
    { daemonSets: [daemonSet("cilium")] },
    "Cilium",
    "unknown",
    /not to be seen/,
  ],
  [
    "Flannel with IPv6",
    { daemonSets: [daemonSet("kube-flannel-ds")], configMaps: [dualConf] },
    "Flannel",
    "on",
    /fd00:10:244::\/56/,
  ],
  [
    "Flannel with keys in other case",
    {
      daemonSets: [daemonSet("kube-flannel-ds")],
      configMaps: [
        configMap("kube-flannel-cfg", { "net-conf.json": '{"enableIPv6": true, "ipv6Network": "fd00::/56"}' }),
      ],
    },
    "Flannel",
    "on",
    /IPv6Network fd00::\/56/,
  ],
  [
    "Flannel with broken JSON",
    {
      daemonSets: [daemonSet("kube-flannel-ds")],
      configMaps: [configMap("kube-flannel-cfg", { "net-conf.json": "{" })],
    },
    "Flannel",
    "off",
    /not valid JSON/,
  ],
  [
    "Flannel with a net-conf.json of null",
    {
      daemonSets: [daemonSet("kube-flannel-ds")],
      configMaps: [configMap("kube-flannel-cfg", { "net-conf.json": "null" })],
    },
    "Flannel",
    "off",
    /not valid JSON/,
  ],
  [
    "Canal as it is published",
    {
      daemonSets: [daemonSet("canal", { env: [{ name: "FELIX_IPV6SUPPORT", value: "false" }] })],
      configMaps: [configMap("canal-config", { "net-conf.json": '{"Network": "10.244.0.0/16"}' })],
    },
    "Canal",
    "off",
    /EnableIPv6/,
  ],
  [
    "kube-router with its flag",
    { daemonSets: [daemonSet("kube-router", { args: ["--enable-ipv6=true"] })] },
    "kube-router",
    "on",
    /--enable-ipv6=true/,
  ],
  [
    "kube-router without",
    { daemonSets: [daemonSet("kube-router", { args: ["--run-router=true"] })] },
    "kube-router",
    "off",
    /default is IPv4 only/,
  ],
  [
    "kindnet with both",
    { daemonSets: [daemonSet("kindnet", { env: [{ name: "POD_SUBNET", value: "10.244.0.0/16,fd00:10:244::/56" }] })] },
    "kindnet",
    "on",
    /IPv4 and IPv6/,
  ],
  [
    "Antrea on nodes with IPv4 podCIDRs",
    { daemonSets: [daemonSet("antrea-agent")], nodes: [node("n1", [], ["10.0.0.0/24"])] },
    "Antrea",
    "off",
    /podCIDRs of the nodes: IPv4/,
  ],
  [
    "AWS VPC CNI for IPv6",
    { daemonSets: [daemonSet("aws-node", { env: [{ name: "ENABLE_IPv6", value: "true" }] })] },
    "AWS VPC CNI",
    "on",
    /ENABLE_IPv6/,
  ],
  ["Weave Net", { daemonSets: [daemonSet("weave-net")] }, "Weave Net", "off", /no IPv6/],
  ["something else", { daemonSets: [daemonSet("kube-proxy")] }, undefined, "unknown", /kube-system\/kube-proxy/],
];

describe("the network plugin", () => {
  for (const [title, objects, name, ipv6, why] of cases) {
    it(title, () => {
      const { cni } = summarize(seen(objects));
      assert.equal(cni.name, name);
      assert.equal(cni.ipv6, ipv6);
      assert.match(cni.why.join(" "), why);
    });
  }

  it("is contradicted by what pods have", () => {
    const pods = [
      pod("a", ["10.0.0.1"]),
      pod("b", ["10.0.0.2", "fd00::2"]),
      pod("host", ["192.0.2.1"], { hostNetwork: true }),
    ];
    const { cni } = summarize(seen({ daemonSets: [daemonSet("weave-net")], pods }));
    assert.match(cni.why.join(" "), /1 of 2 pods with an own network in kube-system have an IPv6 address/);
  });
});
