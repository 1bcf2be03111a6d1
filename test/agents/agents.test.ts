import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { type AgentPluginId, agentAmong } from "#core/agents/agent-among.ts";
import type { AgentWords } from "#core/agents/agent-words.ts";
import { parseBirdSessions, parseGobgpNeighbors } from "#core/agents/bgp-sessions.ts";
import { parseCiliumDrops } from "#core/agents/cilium-drops.ts";
import { parseCiliumStatus } from "#core/agents/cilium-status.ts";
import { parseHubbleFlows } from "#core/agents/hubble-flows.ts";
import { agentPlugins } from "#core/agents/plugins/index.ts";
import { type Answer, answered, refused } from "#core/cluster/cluster.ts";
import { probe as agentWords } from "#core/probes/agent-words.ts";
import type { Printed, Reading } from "#core/probing/bundle.ts";
import * as recorded from "./recorded.ts";

/** A container in which programs print this, by their first name; a file stands by its path. */
function reading(says: Readonly<Record<string, string>>): Reading {
  const of = (name: string): Answer<string> =>
    says[name] === undefined ? refused("no-command", `the container has no ${name}`) : answered(says[name]);
  return {
    program: ({ names: [name] }: { names: readonly [string, ...string[]] }): Answer<Printed> => {
      const text = of(name);
      return text.ok ? answered({ text: text.value, cut: false }) : text;
    },
    file: of,
  } as unknown as Reading;
}

function says(plugin: AgentPluginId, programs: Readonly<Record<string, string>>): Answer<AgentWords> {
  return agentPlugins[plugin].read(reading(programs));
}
const line = (plugin: AgentPluginId, programs: Readonly<Record<string, string>>) => {
  const answer = says(plugin, programs);
  const args = {
    plugin,
    node: "n1",
    namespace: "kube-system",
    pod: "x",
    container: "c",
    together: "network agents",
  } as const;
  return answer.ok ? agentWords.line(answer.value, args) : `refused: ${answer.refusal.message}`;
};

describe("what an agent says of itself", () => {
  it("Cilium: that it hands out addresses, that it masquerades, and what fails in it", () => {
    assert.equal(
      line("cilium", { "cilium-dbg": recorded.ciliumStatus() }),
      "Cilium 1.17.1: hands out IPv6 addresses; masquerades IPv6 by BPF; kube-proxy replacement: True",
    );
    const ill = recorded.ciliumStatus({
      cilium: { msg: "1.18.0 (v1.18.0-abc)  Kubernetes service is not ready", state: "Failure" },
      masquerading: { enabled: true, enabledProtocols: { ipv4: true }, mode: "BPF" },
      ipam: { status: "4/254 allocated from 10.244.1.0/24, " },
      controllers: [{ name: "sync-lb", status: { "consecutive-failure-count": 7, "last-failure-msg": "map is full" } }],
    });
    assert.equal(
      line("cilium", { "cilium-dbg": `level=warning msg="one more line"\n${ill}` }),
      "Cilium 1.18.0: it is not well: Failure 1.18.0 (v1.18.0-abc)  Kubernetes service is not ready; it hands out no IPv6 addresses; a part of it fails again and again: sync-lb: map is full; does not masquerade IPv6; kube-proxy replacement: True",
    );
  });

  it("Cilium of a version that says less is not taken for one that says no", () => {
    const old = JSON.parse(recorded.ciliumStatus()) as Record<string, unknown>;
    const answer = says("cilium", {
      "cilium-dbg": JSON.stringify({ cilium: old.cilium, masquerading: { enabled: true, mode: "iptables" } }),
    });
    assert.ok(answer.ok);
    assert.equal(answer.value.servesIPv6, undefined);
    assert.equal(answer.value.masqueradesIPv6, undefined);
    const off = says("cilium", { "cilium-dbg": recorded.ciliumStatus({ masquerading: {} }) });
    assert.equal(off.ok && off.value.masqueradesIPv6, false);
  });

  it("Calico: which sessions of BIRD for IPv6 are up", () => {
    const both = recorded.birdProtocols(
      recorded.meshDown,
      "Mesh_172_18_1_2 BGP      master   up     20:04:05    Established",
    );
    assert.equal(
      line("calico", { birdcl6: both, "calico-node": "v3.31.2\n" }),
      "Calico 3.31.2: its BGP session with 2001:db8:18::102 is Active (Socket: No route to host); BIRD v0.3.3+birdv1.6.8 has 0 of 1 IPv6 sessions up",
    );
    const none = "Unable to connect to server control socket (/var/run/calico/bird6.ctl): No such file or directory\n";
    assert.equal(
      line("calico", { birdcl6: none, "calico-node": "v3.31.2\n" }),
      "Calico 3.31.2: not read: BIRD for IPv6: what birdcl6 says is not understood: Unable to connect to server control socket (/var/run/calico/bird6.ctl): No such file or directory",
    );
  });

  it("kube-router: which sessions of GoBGP over IPv6 are up", () => {
    const version = "Running kube-router version v2.5.0, built on 2025-02-15T20:09:44Z, go1.23.6\n";
    assert.equal(
      line("kubeRouter", { gobgp: recorded.gobgpNeighbors, "kube-router": version }),
      "kube-router 2.5.0: its BGP session with 2001:db8:18::102 is Active; GoBGP has 1 of 2 IPv6 sessions up",
    );
    assert.equal(parseGobgpNeighbors(recorded.gobgpNameless), undefined);
  });

  it("flannel: the range it wrote down for its node", () => {
    const path = "/run/flannel/subnet.env";
    const version = { "/opt/bin/flanneld": "v0.27.4\n" };
    assert.equal(
      line("flannel", { [path]: recorded.subnetEnv, ...version }),
      "flannel 0.27.4: has fd00:10:244:1::1/64 for the pods of this node; IP masquerading is on",
    );
    const without = recorded.subnetEnv.replace(/^FLANNEL_IPV6.*\n/gm, "");
    assert.match(
      line("flannel", { [path]: without, ...version }),
      /^flannel 0\.27\.4: it has no IPv6 range for this node/,
    );
    assert.match(line("flannel", { [path]: "# nothing yet\n", ...version }), /not read: .*subnet\.env/);
  });

  it("Antrea: its conditions, and its node's ranges", () => {
    assert.equal(
      line("antrea", { antctl: recorded.antreaInfo }),
      "Antrea 2.3.0: ControllerConnectionUp is False; 1 of 2 conditions are True; pods of this node get 192.168.1.0/24 and fd00:10:244:1::/64; Open vSwitch 3.1.0",
    );
  });

  it("OVN-Kubernetes and Kube-OVN: whether OVN hears its database, and by which address it tunnels", () => {
    const ovn = { "ovn-controller": recorded.ovnController, "ovs-vsctl": recorded.externalIds };
    for (const [id, name] of [
      ["ovnKubernetes", "OVN-Kubernetes"],
      ["kubeOvn", "Kube-OVN"],
    ] as const) {
      assert.equal(
        line(id, { ...ovn, "ovn-appctl": "connected\n" }),
        `${name} 24.03.2: ovn-controller is connected to its database; its tunnels are between 2001:db8:18::101 and others`,
      );
      assert.match(line(id, { ...ovn, "ovn-appctl": "not connected\n" }), /: ovn-controller is not connected/);
      assert.match(
        line(id, { "ovn-appctl": "ovn-appctl: cannot connect\n" }),
        /^refused: what ovn-appctl says is not understood/,
      );
    }
  });

  it("no agent, where a program is missing or prints what no version of it does", () => {
    for (const id of Object.keys(agentPlugins) as AgentPluginId[]) {
      assert.match(line(id, {}), /^refused: the container has no /);
      fc.assert(
        fc.property(
          fc.oneof(fc.string(), fc.json(), fc.constantFrom(...Object.values(recorded.ciliumMonitor))),
          (text) => {
            const every = new Proxy({}, { get: () => text }) as Record<string, string>;
            const answer = says(id, every);
            assert.equal(answer.ok, false, JSON.stringify(answer));
          },
        ),
      );
    }
  });

  it("and of what is cut off, or of another order, never that all is well", () => {
    const cutStatus = (at: number) => parseCiliumStatus(recorded.ciliumStatus().slice(0, at));
    fc.assert(fc.property(fc.nat(recorded.ciliumStatus().length - 1), (at) => assert.equal(cutStatus(at), undefined)));
    fc.assert(
      fc.property(fc.json(), (value) => {
        const status = parseCiliumStatus(
          recorded.ciliumStatus({
            masquerading: JSON.parse(value),
            ipam: JSON.parse(value),
            controllers: JSON.parse(value),
          }),
        );
        assert.notEqual(status?.masquerade?.ipv6, true);
        assert.notEqual(status?.ipv6, true);
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.nat(400), (noise, at) => {
        const text = recorded.birdProtocols(recorded.meshDown);
        const said = parseBirdSessions(text.slice(0, at) + noise + text.slice(at));
        assert.equal(said?.sessions.some(({ up }) => up) ?? false, false);
      }),
    );
  });
});

describe("what Cilium's monitor prints", () => {
  it("is read in the words of its versions", () => {
    const [drop] = parseCiliumDrops(recorded.ciliumMonitor.service).drops;
    assert.deepEqual(drop, {
      reason: "Stale or unroutable IP",
      source: "fd00:10:244:1::11",
      sourcePort: 41236,
      destination: "fd00:10:96::50",
      destinationPort: 80,
      what: "tcp SYN",
      identities: "5785->unknown",
    });
    const { listened, drops, odd } = parseCiliumDrops(recorded.ciliumMonitor.others);
    assert.deepEqual([listened, drops.length, odd], [true, 5, 0]);
    assert.deepEqual(
      drops.map(({ reason }) => reason),
      [
        "Invalid destination mac",
        "Unknown L3 target address",
        "Policy denied (L3)",
        "Invalid destination mac",
        "Policy denied",
      ],
    );
  });

  it("tells of no silence where it does not listen, and of an odd line as one", () => {
    assert.equal(parseCiliumDrops(recorded.ciliumMonitor.refused).listened, false);
    const odd = `${recorded.ciliumMonitor.silent}xx drop (Policy denied) flow 0x1 to endpoint 0, identity 1->2: fd00::1:80 => fd00::2 tcp\n`;
    assert.deepEqual(parseCiliumDrops(odd), { listened: true, drops: [], odd: 1 });
  });

  it("whatever it is, is never thrown at", () => {
    const words = fc.constantFrom(
      "xx drop (",
      ") flow 0x0",
      " to endpoint 1",
      ": ",
      " -> ",
      "[fd00::1]:80",
      "ff02::1:ff00:1",
      "NeighborSolicitation",
      "\n",
      "identity 1->2",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(words, fc.string()), { maxLength: 30 }), (parts) => {
        const { drops, odd } = parseCiliumDrops(parts.join(""));
        assert.ok(drops.length + odd >= 0);
      }),
    );
  });
});

describe("what Hubble remembers", () => {
  it("is a drop with the policy it names, and no flow where it is something else", () => {
    assert.deepEqual(parseHubbleFlows(recorded.hubbleDropped), [
      {
        reason: "POLICY_DENY",
        source: "fd00:10:244:1::11",
        destination: "fd00:10:244:2::11",
        policies: ["default/deny-world"],
      },
    ]);
    assert.deepEqual(parseHubbleFlows(""), []);
    assert.equal(parseHubbleFlows(recorded.hubbleRefused), undefined);
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.json(), fc.string())), fc.nat(500), (lines, at) => {
        const flows = parseHubbleFlows(`${lines.join("\n")}\n${recorded.hubbleDropped.slice(at)}`) ?? [];
        assert.ok(flows.length <= 1);
      }),
    );
  });
});

describe("the agent of a node", () => {
  const pod = (name: string, ...containers: string[]) => ({
    metadata: { name, namespace: "kube-system" },
    spec: { containers: containers.map((one) => ({ name: one })) },
    status: { phase: "Running" },
  });
  const idAmong = (...pods: ReturnType<typeof pod>[]) => agentAmong(pods)?.id;

  it("is known by its container, and not by what is named after it", () => {
    assert.equal(idAmong(pod("cilium-envoy-x7k2p", "cilium-envoy"), pod("cilium-x7k2p", "cilium-agent")), "cilium");
    assert.equal(idAmong(pod("cilium-operator-86f4d", "cilium-operator")), undefined);
    assert.equal(idAmong(pod("rke2-canal-8xk2l", "calico-node", "kube-flannel")), "flannel");
    assert.equal(idAmong(pod("ovnkube-node-2xk", "ovn-controller", "ovnkube-controller", "nbdb")), "ovnKubernetes");
    // Of its many containers one alone has the sockets of what is asked.
    const ovn = pod("ovnkube-node-2xk", "drop-icmp", "nbdb", "ovn-controller", "ovnkube-controller");
    assert.equal(agentAmong([ovn])?.container, "ovn-controller");
    assert.equal(idAmong({ ...pod("calico-node-a", "calico-node"), status: { phase: "Pending" } }), undefined);
  });
});
