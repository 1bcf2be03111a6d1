import { shortly } from "../../probing/printed.ts";
import type { ProgramWant } from "../../probing/want.ts";
import { fieldsOf } from "../../text/fields.ts";
import { type AgentPlugin, joined, jsonObject, mapped, ofGo, parsed, someText, stringOf } from "../agent-words.ts";

const info: ProgramWant = {
  op: "program",
  names: ["antctl"],
  args: ["get", "agentinfo", "-o", "json"],
  ...ofGo,
  most: someText,
};

/** Antrea: the conditions of its agent, and the ranges it has for pods. */
export const plugin: AgentPlugin = {
  name: "Antrea",
  container: /^antrea-agent$/,
  wants: [info],
  types: ["antctl", "get", "agentinfo", "-o", "json"],
  read: (reading) =>
    joined([{ of: "agentinfo", answer: mapped(parsed(reading.program(info), info, parseAgentInfo), (one) => one) }]),
};

/**
 * One object, or a list of one; a condition that is not True is a trouble.
 *
 * @see https://github.com/antrea-io/antrea/blob/main/docs/antctl.md
 */
function parseAgentInfo(text: string) {
  const said = jsonObject(text) ?? jsonObject(text.trim().replace(/^\[/, "").replace(/\]$/, ""));
  const conditions = said?.agentConditions;
  if (!said || !Array.isArray(conditions) || conditions.length === 0) return undefined;
  const bad = conditions.flatMap((one) => {
    const { type, status, message } = fieldsOf(one) ?? {};
    return status === "True" ? [] : [shortly(`${stringOf(type)} is ${stringOf(status)} ${stringOf(message) ?? ""}`)];
  });
  const subnets = said.nodeSubnets ?? said.nodeSubnet;
  const ranges = Array.isArray(subnets) ? subnets.filter((one) => typeof one === "string") : undefined;
  const serves = ranges?.some((one) => one.includes(":"));
  const version = stringOf(said.version)?.replace(/^v/, "");
  const ovs = stringOf(fieldsOf(said.ovsInfo)?.version);
  return {
    ...(version ? { version: shortly(version) } : {}),
    ...(serves === undefined ? {} : { servesIPv6: serves }),
    says: [
      `${conditions.length - bad.length} of ${conditions.length} conditions are True`,
      ...(ranges ? [`pods of this node get ${shortly(ranges.join(" and ")) || "no range"}`] : []),
      ...(ovs ? [`Open vSwitch ${shortly(ovs)}`] : []),
    ],
    troubles: [...bad, ...(serves === false ? ["it has no IPv6 range for this node"] : [])],
  };
}
