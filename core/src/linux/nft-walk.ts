import { holds, type Maybe } from "./nft-holds.ts";
import { type NftPacket, nftMatches, packetKeyOf } from "./nft-match.ts";
import type { NftChain, NftRule, NftRuleset, Statement } from "./nft-ruleset.ts";
import { nftRuleText } from "./nft-text.ts";

/** What ends a packet's way, and where. */
export interface NftStop {
  readonly verdict: "drop" | "reject";
  readonly hook: string;
  /** "inet firewalld" */
  readonly table: string;
  readonly chain: string;
  /** The rule as a person would write it, or "policy drop". */
  readonly rule: string;
  /** Packets it has counted so far, if it counts. */
  readonly packets?: number;
}

export interface NftFate {
  /** The rule or policy that surely ends it. */
  readonly stopped?: NftStop;
  /** The same where it depends on what is not known of the packet: marks, rates, reverse paths. */
  readonly perhaps?: NftStop;
  /** Where it may be translated to. */
  readonly translated: readonly string[];
  /** A rule may keep it out of connection tracking. */
  readonly untracked?: true;
  /** A rule may give it a mark. */
  readonly marked?: true;
}

/** The hooks of a packet that a node forwards, that is for it, and that it sends, in their order. */
const coming = ["ingress", "bridge prerouting", "bridge input", "prerouting"] as const;
const going = ["postrouting", "bridge output", "bridge postrouting", "egress"] as const;
const forwarded = [...coming, "forward", ...going] as const;
const hooks = { in: [...coming, "input"], out: ["output", ...going] } as const;

/**
 * What the rules do to a packet. Every chain of a hook is passed in the order of priorities; an accept ends only its own chain.
 * Where something is not known of the packet all that may come of it is followed: what ends it each time surely does.
 */
export function nftFate(ruleset: NftRuleset, packet: NftPacket): NftFate {
  const walk = new Walk(ruleset, packet);
  const stop = walk.stop(packet.way ? hooks[packet.way] : forwarded);
  const untracked = walk.untracked ? { untracked: true as const } : {};
  const marked = walk.marked ? { marked: true as const } : {};
  return { ...stop, translated: [...walk.translated], ...untracked, ...marked };
}

/** undefined: the packet goes on to the next rule, or the next chain. */
type Ending = NftStop | "accept" | "return" | undefined;

class Walk {
  readonly translated = new Set<string>();
  untracked = false;
  marked = false;
  readonly #ruleset: NftRuleset;
  readonly #packet: NftPacket;
  #hook = "";
  #known = new Map<NftChain, readonly Ending[]>();

  constructor(ruleset: NftRuleset, packet: NftPacket) {
    this.#ruleset = ruleset;
    this.#packet = packet;
  }

  stop(hooks: readonly string[]): Pick<NftFate, "stopped" | "perhaps"> {
    let perhaps: NftStop | undefined;
    for (const hook of hooks) {
      this.#hook = hook;
      this.#known = new Map();
      const chains = this.#ruleset.chains.filter((chain) => chain.hook === hook);
      for (const chain of [...chains].sort((a, b) => a.priority - b.priority)) {
        const meets = this.#meets(chain, hook);
        if (meets === false) continue;
        const ends = this.#ofBase(chain);
        const stops = ends.filter((end) => typeof end === "object");
        if (meets && stops.length === ends.length) return { stopped: stops.at(-1) as NftStop };
        perhaps ??= stops[0];
      }
    }
    return perhaps ? { perhaps } : {};
  }

  /** Whether the packet meets the chain at all: the port of a bridge is not known, and the device of a hook not always. */
  #meets({ devices, perhapsDormant }: NftChain, hook: string): Maybe {
    const sure = perhapsDormant ? undefined : true;
    if (hook.startsWith("bridge ")) return undefined;
    if (hook !== "ingress" && hook !== "egress") return sure;
    const device = hook === "ingress" ? this.#packet.iif : this.#packet.oif;
    if (devices === undefined || device === undefined) return undefined;
    return devices.includes(device) && sure;
  }

  #ofBase(chain: NftChain): readonly Ending[] {
    const policy: Ending =
      chain.policy === "drop"
        ? { verdict: "drop", hook: this.#hook, table: chain.table, chain: chain.name, rule: "policy drop" }
        : undefined;
    return this.#ofChain(chain, 0).map((end) => (end === undefined || end === "return" ? policy : end));
  }

  /** Whatever a packet may come to in a chain; what nothing unknown brings it to stands last. */
  #ofChain(chain: NftChain, depth: number): readonly Ending[] {
    // nft allows 16 jumps; a ring of chains cannot be loaded.
    if (depth > 16) return [undefined];
    const known = this.#known.get(chain);
    if (known) return known;
    const found = new Map<string, Ending>();
    for (const rule of chain.rules) {
      const ends = this.#ofRule(chain, rule, depth);
      for (const end of ends) if (end !== undefined) found.set(nameOf(end), end);
      if (!ends.includes(undefined)) return this.#keep(chain, [...found.values()]);
    }
    return this.#keep(chain, [...found.values(), undefined]);
  }

  #keep(chain: NftChain, ends: readonly Ending[]): readonly Ending[] {
    this.#known.set(chain, ends);
    return ends;
  }

  /** A rule of which it is not known whether it matches may as well be passed. */
  #ofRule(chain: NftChain, rule: NftRule, depth: number): readonly Ending[] {
    let sure = true;
    for (const statement of rule.statements) {
      const [kind = "", value] = Object.entries(statement)[0] ?? [];
      if (kind === "match") {
        const holdsHere = nftMatches(value, this.#packet, (name) => this.#elements(chain, name));
        if (holdsHere === false) return [undefined];
        if (holdsHere === undefined) sure = false;
      } else if (kind === "limit" || kind === "xt" || kind === "ct count" || kind === "quota") sure = false;
      else {
        const ends = this.#ofStatement(chain, rule, statement, depth);
        if (ends) return sure ? ends : [...ends, undefined];
      }
    }
    return [undefined];
  }

  /** undefined: it decides nothing. */
  #ofStatement(chain: NftChain, rule: NftRule, statement: Statement, depth: number): readonly Ending[] | undefined {
    const [kind = "", value] = Object.entries(statement)[0] ?? [];
    if (kind === "accept" || kind === "return") return [kind];
    if (kind === "drop" || kind === "reject") return [this.#stopAt(kind, chain, rule)];
    // Whoever gets it there decides.
    if (kind === "queue") return [this.#stopAt("drop", chain, rule), "accept"];
    if (kind === "jump" || kind === "goto") return this.#jump(chain, kind, value, depth);
    if (kind === "vmap") return this.#vmap(chain, rule, value, depth);
    if (kind === "notrack") this.untracked = true;
    if (kind === "mangle" && setsMark(value)) this.marked = true;
    if (kind !== "dnat") return undefined;
    this.translated.add(destination(value));
    // A translated packet has passed its nat chain.
    return ["accept"];
  }

  #stopAt(verdict: NftStop["verdict"], chain: NftChain, rule: NftRule): NftStop {
    const { table, name } = chain;
    const packets = rule.packets === undefined ? {} : { packets: rule.packets };
    return { verdict, hook: this.#hook, table, chain: name, rule: nftRuleText(rule), ...packets };
  }

  /** Who returns from a chain goes on behind the jump; behind a `goto` it has left this chain as well. */
  #jump(chain: NftChain, kind: string, value: unknown, depth: number): readonly Ending[] {
    const target = (value as { target?: string } | null)?.target;
    const next = this.#ruleset.chains.find(({ table, name }) => table === chain.table && name === target);
    const behind = kind === "goto" ? "return" : undefined;
    const ends = next ? this.#ofChain(next, depth + 1) : [undefined];
    return ends.map((end) => (end === undefined || end === "return" ? behind : end));
  }

  /** Where the key is drawn by lot, or not known, every entry may be it, and none. */
  #vmap(chain: NftChain, rule: NftRule, value: unknown, depth: number): readonly Ending[] {
    const { key, data } = (value ?? {}) as { key?: unknown; data?: unknown };
    const entries = typeof data === "string" ? this.#elements(chain, data.slice(1)) : listIn(data);
    const wanted = packetKeyOf(key, this.#packet);
    const ends: Ending[] = [];
    for (const entry of entries) {
      const [left, verdict] = entry as readonly [unknown, Statement?];
      const parts = wanted?.map((part, index) => holds(part, partOf(left, index), () => [])) ?? [undefined];
      if (parts.includes(false)) continue;
      ends.push(...(this.#ofStatement(chain, rule, verdict ?? {}, depth) ?? [undefined]));
      if (!parts.includes(undefined)) return ends;
    }
    return [...ends, undefined];
  }

  #elements({ table }: NftChain, name: string): readonly unknown[] {
    return this.#ruleset.sets[`${table} ${name}`] ?? [];
  }
}

function nameOf(end: NonNullable<Ending>): string {
  return typeof end === "object" ? `${end.table} ${end.chain} ${end.rule}` : end;
}

function setsMark(value: unknown): boolean {
  return (value as { key?: { meta?: { key?: unknown } } } | null)?.key?.meta?.key === "mark";
}

function listIn(data: unknown): readonly unknown[] {
  const set = (data as { set?: unknown } | null)?.set;
  return Array.isArray(set) ? set : [];
}

function partOf(left: unknown, index: number): unknown {
  const parts = (left as { concat?: unknown } | null)?.concat;
  return Array.isArray(parts) ? parts[index] : left;
}

function destination(value: unknown): string {
  const { addr, port } = (value ?? {}) as { addr?: unknown; port?: unknown };
  return typeof addr === "string" ? `[${addr}]${port === undefined ? "" : `:${port}`}` : "an address from a map";
}
