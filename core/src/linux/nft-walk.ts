import { holds, type Maybe, type NftPacket, nftMatches, packetKeyOf } from "./nft-match.ts";
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
}

/** The hooks of a packet that a node forwards, that is for it, and that it sends, in their order. */
const coming = ["ingress", "bridge prerouting", "bridge input", "prerouting"] as const;
const going = ["postrouting", "bridge output", "bridge postrouting", "egress"] as const;
const forwarded = [...coming, "forward", ...going] as const;
const hooks = { in: [...coming, "input"], out: ["output", ...going] } as const;

/**
 * What the rules do to a packet. Every chain of a hook is passed in the order of priorities; an accept ends
 * only its own chain. What is not known is taken once for the better and once for the worse: what stops it both times surely does.
 */
export function nftFate(ruleset: NftRuleset, packet: NftPacket): NftFate {
  const passed = packet.way ? hooks[packet.way] : forwarded;
  const stopped = new Walk(ruleset, packet, "kind").stop(passed);
  const harsh = new Walk(ruleset, packet, "harsh");
  const perhaps = harsh.stop(passed);
  const stop = stopped ? { stopped } : perhaps ? { perhaps } : {};
  const untracked = harsh.untracked ? { untracked: true as const } : {};
  return { ...stop, translated: [...new Set(harsh.translated)], ...untracked };
}

type Ending = NftStop | "accept" | "return" | undefined;

class Walk {
  readonly translated: string[] = [];
  untracked = false;
  readonly #ruleset: NftRuleset;
  readonly #packet: NftPacket;
  readonly #lean: "kind" | "harsh";
  #hook = "";

  constructor(ruleset: NftRuleset, packet: NftPacket, lean: "kind" | "harsh") {
    this.#ruleset = ruleset;
    this.#packet = packet;
    this.#lean = lean;
  }

  stop(hooks: readonly string[]): NftStop | undefined {
    for (const hook of hooks) {
      this.#hook = hook;
      const chains = this.#ruleset.chains.filter((chain) => chain.hook === hook && this.#passes(chain, hook));
      for (const chain of [...chains].sort((a, b) => a.priority - b.priority)) {
        const end = this.#chain(chain, 0) ?? this.#policy(chain);
        if (typeof end === "object") return end;
      }
    }
    return undefined;
  }

  /** Whether the packet meets the chain at all: the port of a bridge is not known, and the device of a hook not always. */
  #passes({ devices, perhapsDormant }: NftChain, hook: string): boolean {
    const harsh = this.#lean === "harsh";
    if (perhapsDormant && !harsh) return false;
    if (hook.startsWith("bridge ")) return harsh;
    if (hook !== "ingress" && hook !== "egress") return true;
    const device = hook === "ingress" ? this.#packet.iif : this.#packet.oif;
    return devices === undefined || device === undefined ? harsh : devices.includes(device);
  }

  #policy(chain: NftChain): Ending {
    if (chain.policy !== "drop") return undefined;
    return { verdict: "drop", hook: this.#hook, table: chain.table, chain: chain.name, rule: "policy drop" };
  }

  #chain(chain: NftChain, depth: number): Ending {
    // nft allows 16 jumps; a ring of chains cannot be loaded.
    if (depth > 16) return undefined;
    for (const rule of chain.rules) {
      const end = this.#rule(chain, rule, depth);
      if (end === "return") return depth === 0 ? this.#policy(chain) : undefined;
      if (end !== undefined) return end;
    }
    return undefined;
  }

  /** A rule that may or may not match counts as matching if that is what this walk leans to. */
  #rule(chain: NftChain, rule: NftRule, depth: number): Ending {
    let sure: Maybe = true;
    for (const statement of rule.statements) {
      const [kind = "", value] = Object.entries(statement)[0] ?? [];
      if (kind === "match") {
        const holdsHere = nftMatches(value, this.#packet, (name) => this.#elements(chain, name));
        if (holdsHere === false) return undefined;
        if (holdsHere === undefined) sure = undefined;
      } else if (kind === "limit" || kind === "xt" || kind === "ct count" || kind === "quota") sure = undefined;
      else {
        const end = this.#statement(chain, rule, statement, depth);
        if (end !== undefined) return sure || this.#leansTo(end) ? end : undefined;
      }
    }
    return undefined;
  }

  #leansTo(end: Ending): boolean {
    return (typeof end === "object") === (this.#lean === "harsh");
  }

  #statement(chain: NftChain, rule: NftRule, statement: Statement, depth: number): Ending {
    const [kind = "", value] = Object.entries(statement)[0] ?? [];
    if (kind === "accept" || kind === "return") return kind;
    if (kind === "drop" || kind === "reject") return this.#stopAt(kind, chain, rule);
    if (kind === "jump" || kind === "goto") return this.#jump(chain, kind, value, depth);
    if (kind === "vmap") return this.#vmap(chain, rule, value, depth);
    if (kind === "notrack") this.untracked = true;
    if (kind === "dnat") this.translated.push(destination(value));
    // A translated packet has passed its nat chain.
    return kind === "dnat" ? "accept" : undefined;
  }

  #stopAt(verdict: NftStop["verdict"], chain: NftChain, rule: NftRule): NftStop {
    const { table, name } = chain;
    const packets = rule.packets === undefined ? {} : { packets: rule.packets };
    return { verdict, hook: this.#hook, table, chain: name, rule: nftRuleText(rule), ...packets };
  }

  #jump(chain: NftChain, kind: string, value: unknown, depth: number): Ending {
    const target = (value as { target?: string } | null)?.target;
    const next = this.#ruleset.chains.find(({ table, name }) => table === chain.table && name === target);
    const end = next ? this.#chain(next, depth + 1) : undefined;
    return end ?? (kind === "goto" ? "return" : undefined);
  }

  /** Where the key is drawn by lot, or not known, every entry may be it, and none. */
  #vmap(chain: NftChain, rule: NftRule, value: unknown, depth: number): Ending {
    const { key, data } = (value ?? {}) as { key?: unknown; data?: unknown };
    const entries = typeof data === "string" ? this.#elements(chain, data.slice(1)) : listIn(data);
    const wanted = packetKeyOf(key, this.#packet);
    const hits = entries.filter((entry) => {
      const [left] = entry as readonly unknown[];
      return (
        wanted === undefined || wanted.every((part, index) => holds(part, partOf(left, index), () => []) !== false)
      );
    });
    const ends = hits.map((entry) => this.#statement(chain, rule, (entry as readonly Statement[])[1] ?? {}, depth));
    return ends.find((end) => end !== undefined && (wanted !== undefined || this.#leansTo(end)));
  }

  #elements({ table }: NftChain, name: string): readonly unknown[] {
    return this.#ruleset.sets[`${table} ${name}`] ?? [];
  }
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
