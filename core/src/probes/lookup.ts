import { type Family, familyOf } from "../addresses/address.ts";
import { answered, refused } from "../cluster/cluster.ts";
import { type DnsAnswer, type DnsType, dnsQuery, parseDnsMessage, parseNslookup } from "../linux/dns-message.ts";
import type { Want } from "../probing/bundle.ts";
import { type ExecProbe, type Vantage, vantageName } from "../probing/probe.ts";
import { silenceText } from "./dial.ts";

export interface LookupArgs {
  readonly at: Vantage;
  /** Absolute, without the last dot. */
  readonly name: string;
  readonly type: DnsType;
  readonly server: string;
  readonly seconds: number;
  /** As for a dial. */
  readonly haste?: number;
}

/** What one DNS server says about one type of a name, and how it was reached. */
export interface LookupResult {
  readonly ms: number;
  /** The family the query travelled in. */
  readonly transport: Family | undefined;
  /** undefined: the server did not answer */
  readonly answer?: DnsAnswer;
  readonly text: string;
  /** As of an attempt. */
  readonly control?: number;
  readonly starved?: number;
}

/** A and AAAA are asked apart: a resolver library asks both and hides which one failed. */
export const probe: ExecProbe<LookupArgs, LookupResult> = {
  id: "lookup",
  access: "exec",
  vantage: ({ at }) => at,
  asks: ({ at, name, type, server }) => `the ${type} records of ${name} at ${server}, from ${vantageName(at)}`,
  types: ({ name, type, server }) => ["nslookup", `-type=${type}`, `${name}.`, server],
  wants: (args) => [want(args)],
  read: (reading, args) => {
    const attempt = reading.attempt(want(args));
    if (!attempt.ok) return attempt;
    const { text, tool, ms, control, starved } = attempt.value;
    const parse = () => (tool === "nslookup" ? parseNslookup(text) : parseDnsMessage(text, queryId, args.type));
    const answer = attempt.value.ok ? parse() : undefined;
    if (!answer && tool === "nslookup" && /usage|invalid option|unrecognized/i.test(text))
      return refused("no-command", "the container's nslookup cannot ask for a type");
    return answered({
      ms,
      transport: familyOf(args.server),
      ...(answer ? { answer } : {}),
      text: answer ? "" : text,
      ...(control === undefined ? {} : { control }),
      ...(starved === undefined ? {} : { starved }),
    });
  },
  line: ({ answer, ms, text }, { type, seconds }) => {
    if (!answer) return text === "" ? silenceText(ms, seconds) : `no answer: ${text}`;
    const found = answer.addresses.join(", ") || `no ${type} record`;
    return `${answer.status}, ${found} (${ms} ms)`;
  },
};

/** One query per socket, so that a constant id cannot mix up answers. */
const queryId = 0x6b38;

function want({ server, seconds, haste, name, type }: LookupArgs): Want {
  const limits = { seconds, ...(haste === undefined ? {} : { haste }) };
  return {
    op: "lookup",
    host: server,
    port: 53,
    ...limits,
    hex: dnsQuery(queryId, name, type),
    type,
    name: `${name}.`,
  };
}
