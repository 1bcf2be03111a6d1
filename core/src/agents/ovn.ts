import { shortly } from "../probing/printed.ts";
import type { ProgramWant } from "../probing/want.ts";
import { type AgentPlugin, joined, mapped, ofC, parsed, someText } from "./agent-words.ts";

const connection: ProgramWant = {
  op: "program",
  names: ["ovn-appctl"],
  args: ["-t", "ovn-controller", "connection-status"],
  ...ofC,
  most: 2000,
};
const version: ProgramWant = { op: "program", names: ["ovn-controller"], args: ["--version"], ...ofC, most: 2000 };
const tunnel: ProgramWant = {
  op: "program",
  names: ["ovs-vsctl"],
  args: ["--no-wait", "--timeout=3", "get", "Open_vSwitch", ".", "external_ids"],
  ...ofC,
  most: someText,
};

/** What OVN-Kubernetes and Kube-OVN have in common: whether the node's OVN hears its database, and which address its tunnels have. */
export const ovnWants = [connection, tunnel, version] as const;

export const readOvn: AgentPlugin["read"] = (reading) =>
  joined([
    {
      of: "ovn-controller",
      answer: mapped(parsed(reading.program(connection), connection, connectionOf), (connected) => ({
        says: [
          connected ? "ovn-controller is connected to its database" : "ovn-controller is not connected to its database",
        ],
        troubles: connected ? [] : ["ovn-controller is not connected to its database"],
      })),
    },
    {
      of: "Open vSwitch",
      answer: mapped(parsed(reading.program(tunnel), tunnel, encapOf), (ip) => ({
        says: [`its tunnels are between ${ip} and others`],
      })),
    },
    {
      of: "version",
      answer: mapped(parsed(reading.program(version), version, versionOf), (one) => ({ version: one })),
    },
  ]);

/** "connected" or "not connected". See https://man7.org/linux/man-pages/man8/ovn-controller.8.html */
function connectionOf(text: string): boolean | undefined {
  const line = text.trim();
  return line === "connected" ? true : line === "not connected" ? false : undefined;
}

/** {hostname=n1, ovn-encap-ip="172.18.0.4", ovn-encap-type=geneve}; with two addresses a list in quotes. */
function encapOf(text: string): string | undefined {
  const ip = /ovn-encap-ip="?([0-9a-f.:,]{2,160})"?[,}]/.exec(text)?.[1];
  return ip === undefined ? undefined : shortly(ip.replace(/,$/, ""));
}

/** "ovn-controller 24.03.2" */
function versionOf(text: string): string | undefined {
  return /^ovn-controller (\d+\.\d+[\w.+-]*)/m.exec(text)?.[1];
}
