import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Family } from "../options.ts";
import { clusterCidr, type LabPlan, type NodePlan } from "../plan.ts";
import { ipBatch, must } from "../run.ts";
import { recordProcess } from "../state.ts";

/**
 * Makes a lab as noisy as a real cluster: strangers' packets for places behind the nodes that do not exist, in both families, pods
 * that ask for neighbours which are gone, and on every node something else that filters or translates. None of it is a fault:
 * it moves the counters that faults move.
 */
export async function startNoise(plan: LabPlan): Promise<void> {
  await Promise.all(plan.nodes.map((node) => makeNode(plan, node)));
  for (const line of plan.nodes.flatMap((node) => wayBehind(plan, node))) await ipBatch(line.netns, [line.route]);
  const behind = plan.nodes.flatMap((node) => plan.families.map((family) => nowhere[family](node.index).host));
  const own = plan.nodes.flatMap(({ addresses }) => plan.families.flatMap((family) => addresses[family] ?? []));
  send(plan, "noise-outside", plan.outside, 0.1, [...behind, ...own]);
  for (const pod of plan.pods.filter(({ app }) => app === "web"))
    send(
      plan,
      `noise-${pod.name}`,
      pod.netns,
      0.4,
      plan.families.map((family) => absent[family](pod.node)),
    );
}

/** A network that is routed to a node, and a host in it that nobody is. */
const nowhere: Readonly<Record<Family, (node: number) => { prefix: string; host: string }>> = {
  IPv6: (node) => ({ prefix: `2001:db8:d0c:${node}::/64`, host: `2001:db8:d0c:${node}::5` }),
  IPv4: (node) => ({ prefix: `203.0.113.${node * 4}/30`, host: `203.0.113.${node * 4 + 1}` }),
};

/** An address of the node's pod range that no pod has. */
const absent: Readonly<Record<Family, (node: number) => string>> = {
  IPv6: (node) => `fd00:10:244:${node.toString(16)}::dead`,
  IPv4: (node) => `10.244.${node}.250`,
};

function wayBehind(plan: LabPlan, node: NodePlan): { netns: string; route: string }[] {
  const device = plan.options.mode === "routed" ? "eth0" : "cni0";
  return plan.families.flatMap((family) => {
    const { prefix } = nowhere[family](node.index);
    return [
      { netns: plan.switch, route: `route add ${prefix} via ${node.addresses[family]}` },
      { netns: node.netns, route: `route add ${prefix} dev ${device}` },
    ];
  });
}

function send(plan: LabPlan, what: string, netns: string, pause: number, hosts: readonly string[]): void {
  const script = fileURLToPath(new URL("noise.pl", import.meta.url));
  const targets = hosts.flatMap((host) => [host, "9"]);
  const child = spawn("nsenter", [`--net=/run/netns/${netns}`, "perl", script, `${pause}`, ...targets], {
    detached: true,
    stdio: "ignore",
  });
  child.unref();
  recordProcess(plan.directory, what, child.pid ?? 0);
}

/** Docker stands on every other node, set up as it should be; on the rest, where there is flannel, it masquerades in nftables. */
async function makeNode(plan: LabPlan, node: NodePlan): Promise<void> {
  const inside = (argv: readonly string[], input: string) =>
    must(["nsenter", `--net=/run/netns/${node.netns}`, ...argv], { input });
  for (const family of plan.families)
    if (node.index % 2 === 1)
      await inside(
        [family === "IPv6" ? "ip6tables-restore" : "iptables-restore", "--noflush", "--wait"],
        docker(family),
      );
  if (node.index % 2 === 0 && plan.options.mode !== "routed")
    await inside(["nft", "-f", "-"], plan.families.map(flannel).join("\n"));
}

/** The rules Docker makes, and those that let pods pass its policy, as a person adds them: at the end, behind those of policies. */
function docker(family: Family): string {
  const pods = clusterCidr[family];
  // Bridged frames pass these rules too, and a pod that asks whether its address is free has none yet.
  const neighbours = family === "IPv6" ? "-A FORWARD -p ipv6-icmp -j ACCEPT\n" : "";
  return `*filter
:FORWARD DROP [0:0]
:DOCKER - [0:0]
:DOCKER-USER - [0:0]
:DOCKER-ISOLATION-STAGE-1 - [0:0]
-I FORWARD 1 -j DOCKER-USER
-I FORWARD 2 -j DOCKER-ISOLATION-STAGE-1
-I FORWARD 3 -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-I FORWARD 4 -o docker0 -j DOCKER
-I FORWARD 5 -i docker0 ! -o docker0 -j ACCEPT
-A FORWARD -s ${pods} -j ACCEPT
-A FORWARD -d ${pods} -j ACCEPT
${neighbours}-A DOCKER-USER -j RETURN
-A DOCKER-ISOLATION-STAGE-1 -j RETURN
COMMIT
`;
}

/** As flannel does it with EnableNFTables. */
function flannel(family: Family): string {
  const [table, ip] = family === "IPv6" ? ["flannel-ipv6", "ip6"] : ["flannel-ipv4", "ip"];
  const pods = clusterCidr[family];
  return `table ${ip} ${table} {
  chain postrtg {
    type nat hook postrouting priority srcnat; policy accept;
    ${ip} saddr ${pods} ${ip} daddr != ${pods} counter masquerade fully-random
  }
}`;
}
