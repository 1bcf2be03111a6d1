/** `toPorts` and `icmps` of a Cilium rule: {@link https://docs.cilium.io/en/stable/security/policy/layer4/}. */

import type { Family } from "../addresses/address.ts";
import { asText } from "../text/as-text.ts";
import type { Clause } from "./model.ts";
import { type Json, list, mapping, number, own, string } from "./read.ts";
import { portClause } from "./traffic.ts";
import { unknownTruth } from "./truth.ts";

/**
 * Undefined if the rule does not limit traffic; then ICMP is let through as well, which a rule with ports never does. Rules of layer 7
 * (`rules.http`) let the connection through and judge what is said on it, so they are not asked here.
 */
export function ciliumTraffic(rule: Json, path: string): readonly Clause[] | undefined {
  const ports = list(rule.toPorts).flatMap((entry, index) => portsOf(mapping(entry), `${path}.toPorts[${index}]`));
  const icmps = list(rule.icmps).flatMap((entry, index) =>
    list(mapping(entry).fields).map((field, at) => icmpClause(mapping(field), `${path}.icmps[${index}].fields[${at}]`)),
  );
  return ports.length + icmps.length > 0 ? [...ports, ...icmps] : undefined;
}

function portsOf(entry: Json, path: string): readonly Clause[] {
  const ports = list(entry.ports);
  if (ports.length === 0) return [portClause({ path, protocols: any, port: undefined })];
  return ports.map((value, index) => {
    const { port, endPort, protocol } = mapping(value);
    const name = string(protocol)?.toUpperCase() ?? "ANY";
    return portClause({
      path: `${path}.ports[${index}].port`,
      protocols: name === "ANY" ? any : [name],
      // Port 0 stands for every port.
      port: number(port) === 0 ? undefined : port,
      ...(number(endPort) ? { endPort } : {}),
    });
  });
}

const any = ["TCP", "UDP", "SCTP"];

function icmpClause({ family = "IPv4", type }: Json, path: string): Clause {
  const of: Family = family === "IPv6" ? "IPv6" : "IPv4";
  const wanted = number(type) ?? own(typesByName[of], asText(type));
  const protocol = of === "IPv6" ? "ICMPv6" : "ICMP";
  return {
    path: `${path}.type`,
    text: `${protocol} ${asText(type)}`,
    families: [of],
    matches(question) {
      if (question.protocol !== protocol || question.family !== of) return false;
      if (wanted === undefined)
        return unknownTruth(`${path}.type "${asText(type)}" is no ICMP type of ${of} that is known here`);
      return wanted === (question.icmpType ?? (of === "IPv6" ? 128 : 8));
    },
  };
}

/** Names that Cilium takes for numbers, RFC 792 and RFC 4443. */
const typesByName: Readonly<Record<Family, Readonly<Record<string, number>>>> = {
  IPv4: {
    EchoReply: 0,
    DestinationUnreachable: 3,
    Redirect: 5,
    Echo: 8,
    EchoRequest: 8,
    TimeExceeded: 11,
    ParameterProblem: 12,
  },
  IPv6: {
    DestinationUnreachable: 1,
    PacketTooBig: 2,
    TimeExceeded: 3,
    ParameterProblem: 4,
    EchoRequest: 128,
    EchoReply: 129,
    RouterSolicitation: 133,
    RouterAdvertisement: 134,
    NeighborSolicitation: 135,
    NeighborAdvertisement: 136,
  },
};
