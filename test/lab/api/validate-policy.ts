import type { Any, ApiObject } from "../objects/object.ts";
import { parsePrefix } from "./addresses.ts";
import { bad, type FieldProblem, invalid, unsupported } from "./status.ts";

/** Checks a NetworkPolicy as the API server does and fills in policyTypes. Throws 422. */
export function admitPolicy(policy: ApiObject): ApiObject {
  const spec = { podSelector: {}, ...policy.spec };
  const problems: FieldProblem[] = [];
  spec.policyTypes ??= spec.egress?.length > 0 ? ["Ingress", "Egress"] : ["Ingress"];
  spec.policyTypes.forEach((type: string, index: number) => {
    if (type !== "Ingress" && type !== "Egress")
      problems.push(unsupported(`spec.policyTypes[${index}]`, type, ["Ingress", "Egress"]));
  });
  for (const [direction, peers] of [
    ["ingress", "from"],
    ["egress", "to"],
  ] as const)
    (spec[direction] ?? []).forEach((rule: Any, index: number) => {
      const at = `spec.${direction}[${index}]`;
      const ports: Any[] = rule.ports ?? [];
      problems.push(...ports.flatMap((port, each) => portProblems(`${at}.ports[${each}]`, port)));
      const named: Any[] = rule[peers] ?? [];
      problems.push(...named.flatMap((peer, each) => peerProblems(`${at}.${peers}[${each}]`, peer)));
    });
  if (problems.length > 0) throw invalid("NetworkPolicy", "networking.k8s.io", policy.metadata.name, problems);
  return { ...policy, spec };
}

function portProblems(at: string, port: Any): FieldProblem[] {
  const protocols = ["TCP", "UDP", "SCTP"];
  port.protocol ??= "TCP";
  if (!protocols.includes(port.protocol)) return [unsupported(`${at}.protocol`, port.protocol, protocols)];
  if (port.endPort !== undefined && port.endPort < port.port)
    return [bad(`${at}.endPort`, port.port, "must be greater than or equal to `port`")];
  return [];
}

function peerProblems(at: string, peer: Any): FieldProblem[] {
  if (!peer.ipBlock) return [];
  if (peer.podSelector || peer.namespaceSelector)
    return [
      { field: at, reason: "FieldValueForbidden", message: "Forbidden: may not specify both ipBlock and another peer" },
    ];
  const own = cidrProblem(`${at}.ipBlock.cidr`, peer.ipBlock.cidr);
  if (own) return [own];
  const outer = parsePrefix(peer.ipBlock.cidr);
  return (peer.ipBlock.except ?? []).flatMap((text: string, index: number) => {
    const field = `${at}.ipBlock.except[${index}]`;
    const problem = cidrProblem(field, text);
    if (problem) return [problem];
    const inner = parsePrefix(text);
    const within =
      outer &&
      inner &&
      inner.family === outer.family &&
      inner.length > outer.length &&
      sameStart(inner.base, outer.base, outer);
    return within ? [] : [bad(field, text, "must be a strict subset of `cidr`")];
  });
}

function sameStart(a: bigint, b: bigint, { family, length }: { family: string; length: number }): boolean {
  const host = BigInt((family === "IPv4" ? 32 : 128) - length);
  return a >> host === b >> host;
}

function cidrProblem(field: string, text: string): FieldProblem | undefined {
  if (/(^|\.)0\d/.test(text) && !text.includes(":"))
    return bad(field, text, "must not have leading 0s in IP or prefix length");
  const prefix = parsePrefix(text);
  if (!prefix) return bad(field, text, "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)");
  if (/^::ffff:\d+\.\d+/i.test(text)) return bad(field, text, "must not have an IPv4-mapped IPv6 address");
  return prefix.clean ? undefined : bad(field, text, "must not have bits set beyond the prefix length");
}
