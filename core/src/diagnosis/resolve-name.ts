import { type Family, familyOf } from "../addresses/address.ts";
import type { Answer, Refusal } from "../cluster/cluster.ts";
import { lookupArgs, vantageOf } from "../judging/dial-args.ts";
import type { Name, ScenePod } from "../judging/scene.ts";
import { nameCandidates } from "../linux/name-candidates.ts";
import type { ResolvConf } from "../linux/resolv-conf.ts";
import { probe as hosts } from "../probes/hosts.ts";
import { type LookupResult, probe as lookup } from "../probes/lookup.ts";
import { probe as resolver } from "../probes/resolver.ts";
import { type Asking, question, tryAsk, tryAskAll } from "../probing/probe.ts";

/** What a pod's resolver makes of a name. */
export interface Resolved {
  readonly addresses: Readonly<Record<Family, readonly string[]>>;
  /** The absolute name that was answered; undefined if none was, or no server was asked. */
  readonly name?: string;
  /** The lookups that decide, for the report. */
  readonly names: readonly Name[];
  /** How it came about, in sentences. */
  readonly remarks: readonly string[];
  /** What of it is likely not what the user meant. */
  readonly warnings: readonly string[];
  readonly refusal?: Refusal;
}

const nothing = { IPv6: [], IPv4: [] } as const;
/** glibc and musl use no more. */
const mostServers = 3;

/**
 * Resolves a name as the C library of the pod does: /etc/hosts first, then the search list of /etc/resolv.conf by its `ndots`, each
 * name in both types at its servers, until one has an address of either type.
 */
export function* resolveName(name: string, from: ScenePod, patience: number): Asking<Resolved> {
  const at = { at: vantageOf(from) };
  const known = yield* tryAsk(hosts, at);
  const own = known.ok ? known.value.filter(({ names }) => names.some((one) => sameName(one, name))) : [];
  if (own.length > 0)
    return fromHosts(
      name,
      own.map(({ address }) => address),
    );
  const configured = yield* tryAsk(resolver, at);
  if (!configured.ok) return { addresses: nothing, names: [], remarks: [], warnings: [], refusal: configured.refusal };
  const servers = configured.value.nameservers.filter((server) => familyOf(server)).slice(0, mostServers);
  const candidates = nameCandidates(name, configured.value, "glibc");
  const [first = name, ...others] = candidates;
  const asking = (names: readonly string[], of: readonly string[]) =>
    names.flatMap((one) => of.flatMap((server) => bothTypes(from, one, server)));
  const answers = new Lookups(patience);
  yield* answers.ask(asking([first], servers));
  const server = servers.find((one) => answers.isAlive(first, one)) ?? servers[0];
  if (server === undefined)
    return { addresses: nothing, names: [], remarks: [], warnings: ["the pod's resolv.conf names no server"] };
  if (answers.addresses(first, server).length === 0 && answers.isAlive(first, server))
    yield* answers.ask(asking(others, [server]));
  return concluded(name, { candidates, servers, server, answers, from, resolver: configured.value });
}

interface Concluding {
  readonly candidates: readonly string[];
  readonly servers: readonly string[];
  readonly server: string;
  readonly answers: Lookups;
  readonly from: ScenePod;
  readonly resolver: ResolvConf;
}

function concluded(name: string, { candidates, servers, server, answers, from, resolver: conf }: Concluding): Resolved {
  const won = candidates.find((one) => answers.addresses(one, server).length > 0);
  // Of a name that nobody has, the answer that is an error says most, and else the one about the name as it was written.
  const told = won ?? candidates.find((one) => answers.isTrouble(one, server)) ?? name.replace(/\.$/, "");
  const [first = name] = candidates;
  const silent = servers.filter((one) => one !== server && !answers.isAlive(first, one));
  const found = won === undefined ? [] : answers.addresses(won, server);
  const of = (family: Family) => found.filter((address) => familyOf(address) === family);
  const tried = candidates.filter((one) => one !== told);
  return {
    addresses: { IPv6: of("IPv6"), IPv4: of("IPv4") },
    ...(won === undefined ? {} : { name: won }),
    names: [...bothTypes(from, told, server), ...silent.flatMap((one) => bothTypes(from, first, one))],
    remarks:
      won === undefined || won === name ? [] : [`${name} is ${won}, by the search list of the pod's resolv.conf`],
    warnings: [
      ...(won === undefined && tried.length > 0 ? [`${name} was not found, nor ${tried.join(", ")}`] : []),
      ...(won !== undefined && strays(name, won)
        ? [`${name} is ${won} for the pod (${found.join(", ")}), by its search domain ${won.slice(name.length + 1)}`]
        : []),
      ...muslDiffers(
        name,
        conf,
        won,
        (one) => answers.stopsMusl(one, server),
        (one) => answers.addresses(one, server),
      ),
    ],
  };
}

/** A name with dots that was written as a whole, and that a domain of the search list took. */
function strays(name: string, won: string): boolean {
  return name.includes(".") && won !== name.replace(/\.$/, "") && !/\.svc\./.test(won);
}

/** Alpine's resolver gives up where glibc's tries the next name of the search list. */
function muslDiffers(
  name: string,
  conf: ResolvConf,
  won: string | undefined,
  stops: (name: string) => boolean,
  addresses: (name: string) => readonly string[],
): string[] {
  const order = nameCandidates(name, conf, "musl");
  const end = order.find((one) => addresses(one).length > 0 || stops(one));
  if (end === won || won === undefined) return [];
  const why =
    end === undefined
      ? "does not try the search list for a name with so many dots"
      : `stops at ${end}, which is there without an address or answered with an error`;
  return [`an image with musl (Alpine) does not find it: its resolver ${why}`];
}

function fromHosts(name: string, all: readonly string[]): Resolved {
  const of = (family: Family) => all.filter((address) => familyOf(address) === family);
  return {
    addresses: { IPv6: of("IPv6"), IPv4: of("IPv4") },
    names: [],
    remarks: [`${name} stands in the pod's /etc/hosts: ${all.join(", ")}`],
    warnings: [],
  };
}

function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.replace(/\.$/, "").toLowerCase();
}

function bothTypes(from: ScenePod, name: string, server: string): Name[] {
  return (["AAAA", "A"] as const).map((type) => ({ from, name, type, server, asked: true }));
}

/** The answers so far, by name and server. */
class Lookups {
  readonly #patience: number;
  readonly #answers = new Map<string, Answer<LookupResult>>();

  constructor(patience: number) {
    this.#patience = patience;
  }

  *ask(names: readonly Name[]): Asking<void> {
    const answers = yield* tryAskAll(names.map((name) => question(lookup, lookupArgs(name, this.#patience))));
    for (const [index, { name, type, server }] of names.entries()) {
      const answer = answers[index];
      if (answer) this.#answers.set(`${type} ${name} ${server}`, answer);
    }
  }

  addresses(name: string, server: string): string[] {
    return this.#both(name, server).flatMap(({ answer }) => answer?.addresses ?? []);
  }

  /** The server says something, of either type. */
  isAlive(name: string, server: string): boolean {
    return this.#both(name, server).some(({ answer }) => answer !== undefined);
  }

  /** Neither found nor denied: an error, or silence for one type of two. */
  isTrouble(name: string, server: string): boolean {
    const both = this.#both(name, server);
    return both.some(({ answer }) => answer === undefined || !/^(NOERROR|NXDOMAIN)$/.test(answer.status));
  }

  stopsMusl(name: string, server: string): boolean {
    return this.#both(name, server).some(({ answer }) => answer !== undefined && answer.status !== "NXDOMAIN");
  }

  #both(name: string, server: string): LookupResult[] {
    return (["AAAA", "A"] as const).flatMap((type) => {
      const answer = this.#answers.get(`${type} ${name} ${server}`);
      return answer?.ok ? [answer.value] : [];
    });
  }
}
