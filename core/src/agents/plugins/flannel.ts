import { familyOf } from "../../addresses/address.ts";
import type { ProgramWant } from "../../probing/want.ts";
import { type AgentPlugin, joined, mapped, ofGo, parsed, versionOf } from "../agent-words.ts";

const path = "/run/flannel/subnet.env";
const version: ProgramWant = {
  op: "program",
  names: ["/opt/bin/flanneld", "flanneld"],
  args: ["--version"],
  ...ofGo,
  most: 2000,
};

/** flannel: the ranges it was given for this node, as it writes them for its CNI plugin. */
export const plugin: AgentPlugin = {
  name: "flannel",
  container: /^kube-flannel$/,
  wants: [{ op: "file", path }, version],
  types: ["cat", path],
  read: (reading) => {
    const file = reading.file(path);
    const subnet = file.ok
      ? parsed({ ok: true, value: { text: file.value, cut: false } }, named, parseSubnetEnv)
      : file;
    return joined([
      {
        of: "version",
        answer: mapped(parsed(reading.program(version), version, versionOf), (one) => ({ version: one })),
      },
      {
        of: path,
        answer: mapped(subnet, ({ ipv6, ipMasq }) => ({
          servesIPv6: ipv6 !== undefined,
          says: [
            ipv6 ? `has ${ipv6} for the pods of this node` : "has no IPv6 range for this node",
            `IP masquerading is ${ipMasq ? "on" : "off"}`,
          ],
          troubles: ipv6 === undefined ? ["it has no IPv6 range for this node"] : [],
        })),
      },
    ]);
  },
};

const named: ProgramWant = { op: "program", names: [path], args: [], seconds: 0, kilobytes: 0, most: 0 };

/** Lines `FLANNEL_IPV6_SUBNET=fd00:10:244:1::1/64`; undefined where none is flannel's. See https://github.com/flannel-io/flannel/blob/master/Documentation/running.md */
function parseSubnetEnv(text: string): { readonly ipv6?: string; readonly ipMasq: boolean } | undefined {
  const value = (name: string) => new RegExp(`^FLANNEL_${name}=(\\S*)\\s*$`, "m").exec(text)?.[1];
  if (value("MTU") === undefined) return undefined;
  const range = value("IPV6_SUBNET");
  if (range !== undefined && range !== "" && familyOf(range.split("/")[0] ?? "") !== "IPv6") return undefined;
  return { ...(range ? { ipv6: range } : {}), ipMasq: value("IPMASQ") === "true" };
}
