/** Clauses about protocol and destination port that several kinds of policy share. */
import { type Clause, families, type PodEndpoint, type PolicyQuestion, type Protocol } from "./model.ts";
import { number } from "./read.ts";
import { type Truth, unknownTruth } from "./truth.ts";

export interface PortMatch {
  readonly path: string;
  /** Any of these; a protocol that is no TCP, UDP or SCTP never matches. */
  readonly protocols: readonly string[];
  /** A number, a container port's name, or undefined for every port. */
  readonly port: unknown;
  /** Last port of a range that begins at `port`. */
  readonly endPort?: unknown;
}

/** Matches the destination port; a name is looked up in the containers of the pod that is the destination. */
export function portClause({ path, protocols, port, endPort }: PortMatch): Clause {
  const first = number(port);
  const last = number(endPort) ?? first;
  const ports = port === undefined ? "every port" : first === last ? String(port) : `${first}-${last}`;
  return {
    path,
    text: `${protocols.join("/")} ${ports}`,
    families,
    ports: {
      protocols,
      ...(first === undefined ? {} : { first, last: last ?? first }),
      ...(first === undefined && typeof port === "string" ? { name: port } : {}),
    },
    matches(question) {
      if (!protocols.includes(question.protocol)) return false;
      if (port === undefined) return true;
      if (first === undefined && typeof port !== "string")
        return unknownTruth(`${path} is neither a port number nor a name`);
      if (question.port === undefined)
        return unknownTruth(`the port of the flow is not given, and ${path} limits ports`);
      if (first === undefined) return namedPortIs(String(port), question, question.port);
      return question.port >= first && question.port <= (last ?? first);
    },
  };
}

/** Every packet of these protocols, whatever its port. */
export function protocolClause(path: string, protocols: readonly string[], text = protocols.join("/")): Clause {
  return { path, text, families, ports: { protocols }, matches: ({ protocol }) => protocols.includes(protocol) };
}

/** ICMP for IPv4, ICMPv6 for IPv6; nothing else is a ping of that family. */
export function isIcmp(protocol: Protocol): boolean {
  return protocol === "ICMP" || protocol === "ICMPv6";
}

/** The pod a packet goes to, in the direction asked for; undefined if it goes to an address. */
function destinationPod({ direction, subject, peer }: PolicyQuestion): PodEndpoint | undefined {
  if (direction === "ingress") return subject;
  return peer.kind === "pod" ? peer : undefined;
}

function namedPortIs(name: string, question: PolicyQuestion, port: number): Truth {
  const pod = destinationPod(question);
  // A name means something only in a pod's containers; an address outside has none.
  if (!pod) return false;
  if (!pod.containerPorts)
    return unknownTruth(`the container ports are not known, and the policy names port "${name}"`);
  return pod.containerPorts.some(
    (candidate) =>
      candidate.name === name &&
      candidate.containerPort === port &&
      (candidate.protocol ?? "TCP") === question.protocol,
  );
}
