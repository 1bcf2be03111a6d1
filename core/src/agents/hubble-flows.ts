import { fieldsOf } from "../text/fields.ts";
import { jsonObject, stringOf } from "./agent-words.ts";

/** A flow that Hubble saw being dropped, and the policies that it names as what denied it. */
export interface DroppedFlow {
  /** "POLICY_DENIED", "POLICY_DENY" (by a rule that denies), ... */
  readonly reason: string;
  readonly source: string;
  readonly destination: string;
  /** "default/deny-world", of one without a namespace its name alone. */
  readonly policies: readonly string[];
}

/**
 * Reads lines of `hubble observe -o json`; undefined where none of them is a flow, and it says anything at all. That a version names no policy, or the
 * denial is for want of one that allows, looks the same: no name.
 *
 * @see https://github.com/cilium/cilium/blob/main/api/v1/flow/flow.proto
 */
export function parseHubbleFlows(text: string): readonly DroppedFlow[] | undefined {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const flows = lines.flatMap((line) => {
    const object = line.trimStart().startsWith("{") ? jsonObject(line) : undefined;
    return (object && flowOf(fieldsOf(object.flow) ?? object)) ?? [];
  });
  return flows.length === 0 && lines.length > 0 ? undefined : flows;
}

function flowOf(flow: Readonly<Record<string, unknown>>): DroppedFlow | undefined {
  const ip = fieldsOf(flow.IP);
  const [source, destination] = [stringOf(ip?.source), stringOf(ip?.destination)];
  if (flow.verdict !== "DROPPED" || !source || !destination) return undefined;
  const denied = [flow.egress_denied_by, flow.ingress_denied_by].flatMap((list) => (Array.isArray(list) ? list : []));
  const policies = denied.flatMap((one) => {
    const { name, namespace } = fieldsOf(one) ?? {};
    const known = stringOf(name);
    return known === undefined ? [] : [stringOf(namespace) ? `${stringOf(namespace)}/${known}` : known];
  });
  return { reason: stringOf(flow.drop_reason_desc) ?? "", source, destination, policies: [...new Set(policies)] };
}
