import type { ProgramWant } from "../../probing/want.ts";
import { type AgentPlugin, joined, mapped, ofGo, parsed } from "../agent-words.ts";
import { type CiliumStatus, ciliumNames, parseCiliumStatus } from "../cilium-status.ts";

const status: ProgramWant = {
  op: "program",
  names: ciliumNames,
  args: ["status", "-o", "json"],
  ...ofGo,
  most: 400_000,
};

/** Cilium: what its agent says of IPv6, of masquerading and of itself. */
export const plugin: AgentPlugin = {
  name: "Cilium",
  container: /^cilium-agent$/,
  wants: [status],
  types: ["cilium-dbg", "status", "-o", "json"],
  read: (reading) =>
    joined([{ of: "status", answer: mapped(parsed(reading.program(status), status, parseCiliumStatus), wordsOf) }]),
};

function wordsOf(said: CiliumStatus) {
  const { version, ok, message, ipv6, masquerade, kubeProxyReplacement, failing } = said;
  return {
    ...(version ? { version } : {}),
    ...(ipv6 === undefined ? {} : { servesIPv6: ipv6 }),
    ...(masquerade ? { masqueradesIPv6: masquerade.ipv6 } : {}),
    says: [
      ...(ipv6 === undefined ? [] : [ipv6 ? "hands out IPv6 addresses" : "hands out no IPv6 addresses"]),
      ...(masquerade
        ? [
            masquerade.ipv6
              ? `masquerades IPv6${masquerade.mode ? ` by ${masquerade.mode}` : ""}`
              : "does not masquerade IPv6",
          ]
        : []),
      ...(kubeProxyReplacement ? [`kube-proxy replacement: ${kubeProxyReplacement}`] : []),
    ],
    troubles: [
      ...(ok ? [] : [`it is not well: ${message}`]),
      ...(ipv6 === false ? ["it hands out no IPv6 addresses"] : []),
      ...failing.map((one) => `a part of it fails again and again: ${one}`),
    ],
  };
}
