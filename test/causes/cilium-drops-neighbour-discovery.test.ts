import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ciliumMonitor } from "#test/agents/recorded.ts";
import { again, agentPod, cilium, dropsOf } from "./agents.ts";
import { judge, nobody } from "./case.ts";
import * as seen from "./observed.ts";
import { variants } from "./variants.ts";

const id = "cilium-drops-neighbour-discovery";
const dials = [
  { outcome: "host-unreachable", ms: 3060 },
  { outcome: "ok", family: "IPv4", ms: 9 },
] as const;
const given = {
  dials,
  seen: {
    pods: [cilium],
    routes: seen.routes(seen.staticDefault),
    dial: again,
    "agent-drops": dropsOf(ciliumMonitor.neighbours),
  },
};
const solicits = (from: string, to: string) =>
  dropsOf(
    `${ciliumMonitor.silent}xx drop (Policy denied) flow 0x0 to endpoint 643, ifindex 24, file bpf_lxc.c:2004, , identity 2->91964: ${from} -> ${to} NeighborSolicitation\n`,
    "fd00:10:244:1::ff",
  );

describe(id, () => {
  it("its monitor shows the solicitation for who is dialled", () => {
    const { status, because } = judge(id, given);
    assert.equal(status, "proven", because);
    assert.equal(
      because,
      "Cilium (kube-system/cilium-x7k2p) on node n1 dropped fe80::10e1:a7ff:fecc:3e32 -> ff02::1:ff00:11 NeighborSolicitation: Policy denied, and 1 more of neighbour discovery",
    );
  });

  variants(id, given, {
    "Cilium drops others' packets": [{ "agent-drops": dropsOf(ciliumMonitor.others) }, "excluded"],
    "Cilium drops nothing": [{ "agent-drops": dropsOf(ciliumMonitor.silent) }, "excluded"],
    "somebody asks whether the address is free": [{ "agent-drops": solicits("::", "ff02::1:ff00:11") }, "excluded"],
    "another pod asks for the gateway": [
      { "agent-drops": solicits("fd00:10:244:1::99", "ff02::1:ff00:ff") },
      "excluded",
    ],
    "this pod asks for its gateway": [
      {
        routes: seen.routes(
          seen.staticDefault.replace("fd0000100244000100000000000000ff", "fd00001002440001000000000000000b"),
        ),
        "agent-drops": solicits("fd00:10:244:1::11", "ff02::1:ff00:b"),
      },
      "proven",
    ],
    "its monitor cannot be listened to": [{ "agent-drops": nobody }, "unknown"],
    "a line of it is not understood": [{ "agent-drops": { drops: [], partly: true } }, "unknown"],
    "nobody dials meanwhile": [{ dial: nobody, "agent-drops": dropsOf(ciliumMonitor.silent) }, "unknown"],
    "the nodes have another plugin": [{ pods: [agentPod("calico-node-a", "calico-node")] }, "unknown"],
  });

  it("is only possible where nobody compared with IPv4, and not it where the dial is answered", () => {
    assert.equal(judge(id, { ...given, dials: [dials[0]] }).status, "possible");
    assert.equal(judge(id, { ...given, dials: [{ outcome: "ok" }] }).status, "excluded");
  });
});
