/** Protocols and ports of Calico rules: {@link https://docs.tigera.io/calico/latest/reference/resources/networkpolicy#rule}. */
import { asText } from "../text/as-text.ts";
import { unknowable } from "./doubt.ts";
import { type Clause, families } from "./model.ts";
import { isMapping, type Json, list, mapping } from "./read.ts";
import { isIcmp, portClause, protocolClause } from "./traffic.ts";
import { not, unknownTruth } from "./truth.ts";

/** Destination ports, or the protocol alone; undefined if the rule limits neither. */
export function calicoTraffic(rule: Json, path: string): readonly Clause[] | undefined {
  const ports = list(mapping(rule.destination).ports);
  const protocols = rule.protocol === undefined ? undefined : protocolsOf(rule.protocol);
  if (ports.length > 0)
    return ports.map((port, index) =>
      portClause({
        path: `${path}.destination.ports[${index}]`,
        protocols: protocolsOrAll(rule),
        ...portRange(port),
      }),
    );
  if (!protocols) return undefined;
  const clause = protocolClause(`${path}.protocol`, protocols, asText(rule.protocol));
  const only =
    protocols[0] === "ICMP" ? (["IPv4"] as const) : protocols[0] === "ICMPv6" ? (["IPv6"] as const) : families;
  return [{ ...clause, families: only }];
}

function protocolsOrAll({ protocol }: Json): readonly string[] {
  return protocol === undefined ? ["TCP", "UDP", "SCTP"] : protocolsOf(protocol);
}

/** Names as Calico spells them, or IANA numbers. */
function protocolsOf(protocol: unknown): readonly string[] {
  const numbers: Readonly<Record<string, string>> = { 1: "ICMP", 6: "TCP", 17: "UDP", 58: "ICMPv6", 132: "SCTP" };
  return [numbers[asText(protocol)] ?? asText(protocol)];
}

/** A port is a number, a name, or a range "8000:9000". */
function portRange(port: unknown): { readonly port: unknown; readonly endPort?: unknown } {
  const range = typeof port === "string" ? /^(\d+):(\d+)$/.exec(port) : null;
  return range ? { port: Number(range[1]), endPort: Number(range[2]) } : { port: port ?? null };
}

/** What else a rule asks of a packet: all of it must hold. */
export function calicoTrafficConditions(rule: Json, path: string): readonly Clause[] {
  const source = mapping(rule.source);
  const limitsSource = list(source.ports).length > 0 || list(source.notPorts).length > 0;
  const fromPorts = "the source port of the flow is not given, and the rule limits it";
  const http = "the rule looks at HTTP requests, which a flow does not tell";
  return [
    ...(mapping(rule.icmp).type === undefined ? [] : [icmpCondition(`${path}.icmp`, mapping(rule.icmp))]),
    ...(isMapping(rule.notICMP) ? [negated(icmpCondition(`${path}.notICMP`, rule.notICMP))] : []),
    ...list(mapping(rule.destination).notPorts).map((port, index) =>
      negated(
        portClause({
          path: `${path}.destination.notPorts[${index}]`,
          protocols: protocolsOrAll(rule),
          ...portRange(port),
        }),
      ),
    ),
    ...(rule.notProtocol === undefined
      ? []
      : [negated(protocolClause(`${path}.notProtocol`, protocolsOf(rule.notProtocol)))]),
    ...(limitsSource ? [unknowable(`${path}.source.ports`, "from certain ports", fromPorts)] : []),
    ...(isMapping(rule.http) ? [unknowable(`${path}.http`, "certain HTTP requests", http)] : []),
  ];
}

function negated(clause: Clause): Clause {
  return { ...clause, text: `not ${clause.text}`, matches: (question) => not(clause.matches(question)) };
}

function icmpCondition(path: string, { type, code }: Json): Clause {
  return {
    path,
    text: `type ${asText(type)}`,
    families,
    matches({ protocol, family, icmpType = family === "IPv4" ? 8 : 128 }) {
      if (!isIcmp(protocol) || type !== icmpType) return false;
      return code === undefined || code === 0 || unknownTruth("the ICMP code is not given");
    },
  };
}
