import { contains, parseAddress, parsePrefix } from "../addresses/address.ts";
import type { Ip6tablesRule } from "./ip6tables-save.ts";

/** A packet as rules see it; what is undefined is not known. */
export interface Packet {
  readonly source: string;
  readonly destination: string;
  readonly protocol: "tcp" | "udp" | "ipv6-icmp";
  readonly sourcePort?: number;
  readonly destinationPort?: number;
  readonly icmpType?: number;
  /** NEW for the first packet of a connection, ESTABLISHED for what answers it; neighbour discovery is part of none. */
  readonly state: "NEW" | "ESTABLISHED" | "UNTRACKED";
  readonly in?: string;
  readonly out?: string;
  /** By which device the node would answer its source; null where it has no route there. */
  readonly back?: string | null;
}

export type MatchTruth = "yes" | "no" | "unsure";

/** Matches that ask for nothing but what stands in their options, all of which are understood. */
const understood = /^(tcp|udp|icmp6|icmpv6|conntrack|state|comment|multiport|rpfilter)$/;

/** Whether a rule matches, as far as its options are understood: one that is not makes it unsure. */
export function ruleMatches({ text }: Pick<Ip6tablesRule, "text">, packet: Packet): MatchTruth {
  const options = optionsOf(text);
  // `-m frag` and its like ask for something without an option.
  const asked = options.filter(({ option }) => option === "-m");
  let answer: MatchTruth = asked.every(({ value }) => understood.test(value)) ? "yes" : "unsure";
  const filtersPaths = / -m rpfilter\b/.test(text);
  if (filtersPaths) {
    const path = reversePath(options, packet);
    if (path === "no") return "no";
    if (path === "unsure") answer = path;
  }
  for (const { negated, option, value } of options) {
    if (option === "-m" || (filtersPaths && reversePathOptions.has(option))) continue;
    const one = matchOne(option, value, packet);
    const truth = one === "unsure" ? one : (one === "yes") !== negated ? "yes" : "no";
    if (truth === "no") return "no";
    if (truth === "unsure") answer = "unsure";
  }
  return answer;
}

const reversePathOptions = new Set(["--loose", "--validmark", "--accept-local", "--invert"]);

/** `-m rpfilter`: the answer would leave by the device the packet came in by, or `--loose` by any; `--invert` asks for the opposite. */
function reversePath(options: readonly Option[], { in: entry, back }: Packet): MatchTruth {
  const has = (name: string) => options.some(({ option }) => option === name);
  if (back === undefined || has("--validmark")) return "unsure";
  if (back !== null && !has("--loose") && entry === undefined) return "unsure";
  const sound = back !== null && (has("--loose") || entry === back);
  return truth(sound !== has("--invert"));
}

interface Option {
  readonly negated: boolean;
  readonly option: string;
  readonly value: string;
}

function optionsOf(text: string): Option[] {
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|\S+/g) ?? [];
  const options: Option[] = [];
  // The first two are -A and the chain; what stands behind the target belongs to it.
  for (let at = 2; at < tokens.length; at++) {
    const token = tokens[at] ?? "";
    if (token === "-j" || token === "-g") break;
    const negated = token === "!";
    const option = negated ? (tokens[++at] ?? "") : token;
    if (!option.startsWith("-")) continue;
    const values: string[] = [];
    while (at + 1 < tokens.length && !/^(-[a-z]|--|!$)/.test(tokens[at + 1] ?? "")) values.push(tokens[++at] ?? "");
    if (option !== "--comment") options.push({ negated, option, value: values.join(" ") });
  }
  return options;
}

function matchOne(option: string, value: string, packet: Packet): MatchTruth {
  switch (option) {
    case "-s":
      return holds(value, packet.source);
    case "-d":
      return holds(value, packet.destination);
    case "-p":
      return truth(
        value === packet.protocol || value === "all" || (value === "icmpv6" && packet.protocol === "ipv6-icmp"),
      );
    case "-i":
      return device(value, packet.in);
    case "-o":
      return device(value, packet.out);
    case "--dport":
    case "--dports":
      return port(value, packet.destinationPort);
    case "--sport":
    case "--sports":
      return port(value, packet.sourcePort);
    case "--ctstate":
    case "--state":
      return stateIn(value.split(","), packet.state);
    case "--icmpv6-type":
      return packet.icmpType === undefined ? "no" : truth(Number(value.split("/")[0]) === packet.icmpType);
    case "--tcp-flags":
      return flagged(value, packet.state === "NEW" ? ["SYN"] : ["SYN", "ACK"]);
    default:
      return "unsure";
  }
}

/** "FIN,SYN,RST,ACK SYN": of the flags that are looked at those that are set, and no others. */
function flagged(value: string, set: readonly string[]): MatchTruth {
  const [mask = [], wanted = []] = value.split(" ").map((list) => list.split(","));
  const looked = mask.includes("ALL") ? set : set.filter((flag) => mask.includes(flag));
  if (wanted.includes("ALL")) return "no";
  const asked = wanted.filter((flag) => flag !== "NONE");
  return truth(looked.length === asked.length && asked.every((flag) => looked.includes(flag)));
}

/** An answer whose request was not tracked here belongs to no connection. */
function stateIn(states: readonly string[], state: Packet["state"]): MatchTruth {
  if (states.includes(state)) return "yes";
  return state === "ESTABLISHED" && (states.includes("INVALID") || states.includes("UNTRACKED")) ? "unsure" : "no";
}

function truth(found: boolean): MatchTruth {
  return found ? "yes" : "no";
}

function holds(text: string, address: string): MatchTruth {
  const prefix = parsePrefix(text.includes("/") ? text : `${text}/128`);
  const parsed = parseAddress(address);
  return prefix && parsed ? truth(contains(prefix, parsed)) : "unsure";
}

function device(pattern: string, name: string | undefined): MatchTruth {
  if (name === undefined) return "unsure";
  return truth(pattern.endsWith("+") ? name.startsWith(pattern.slice(0, -1)) : pattern === name);
}

function port(text: string, port: number | undefined): MatchTruth {
  const ranges = text.split(",").map((range) => {
    const [low = "", high = low] = range.split(":");
    return [Number(low === "" ? 0 : low), Number(high === "" ? 65535 : high)] as const;
  });
  if (port !== undefined) return truth(ranges.some(([low, high]) => port >= low && port <= high));
  // The port a pod dials from is one of the ephemeral ones.
  return ranges.some(([low, high]) => low <= 1024 && high === 65535) ? "yes" : "unsure";
}
