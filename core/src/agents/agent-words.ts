import { type Answer, answered, refused } from "../cluster/cluster.ts";
import type { Printed, Reading } from "../probing/bundle.ts";
import { shortly } from "../probing/printed.ts";
import type { ProgramWant, Want } from "../probing/want.ts";
import { fieldsOf } from "../text/fields.ts";

/** What the agent of a network plugin says of itself on one node, by its own programs and files. Plain JSON. */
export interface AgentWords {
  /** "1.17.1"; undefined where it does not say. */
  readonly version?: string;
  /** What it does over IPv6, each in a few words: "masquerades IPv6 by BPF". */
  readonly says: readonly string[];
  /** What of it is wrong, by its own word. */
  readonly troubles: readonly string[];
  /** Whether it gives pods IPv6 addresses. */
  readonly servesIPv6?: boolean;
  /** Whether it translates what leaves the cluster over IPv6 to the node's address. */
  readonly masqueradesIPv6?: boolean;
  /** Its BGP sessions over IPv6. */
  readonly sessions?: readonly BgpSession[];
  /** Which of its programs told nothing, and why. */
  readonly unread: readonly string[];
}

export interface BgpSession {
  /** The peer's address. */
  readonly peer: string;
  readonly up: boolean;
  /** "Established", "Active", ..., as the program calls it. */
  readonly state: string;
  /** What it says of the failure: "Socket: No route to host". */
  readonly info: string;
}

/** How the agent of a plugin is asked. Nothing it is asked changes anything. */
export interface AgentPlugin {
  /** "Cilium" */
  readonly name: string;
  /** The container of its pods that is the agent; */
  readonly container: RegExp;
  /** Where another plugin's agent is in the same pod, that one makes the pods' network. */
  readonly second?: true;
  readonly wants: readonly Want[];
  /** What a person would type in the container. */
  readonly types: readonly string[];
  read(reading: Reading): Answer<AgentWords>;
}

/** A program of Go takes some 60 MB while it runs. */
export const ofGo = { kilobytes: 96_000, seconds: 5 } as const;
export const ofC = { kilobytes: 16_000, seconds: 3 } as const;
/** Bytes. */
export const someText = 64_000;

type Part = Partial<Omit<AgentWords, "unread">>;

/**
 * What was understood of several programs, as one. A program that told nothing that is understood stands among the unread; where
 * none did, the whole answer is a refusal: it never means that all is well.
 */
export function joined(parts: readonly { readonly of: string; readonly answer: Answer<Part> }[]): Answer<AgentWords> {
  const told = parts.flatMap(({ answer }) => (answer.ok ? answer.value : []));
  const first = parts.find(({ answer }) => !answer.ok)?.answer;
  if (told.length === 0) return first && !first.ok ? first : refused("failed", "the agent has no program that tells");
  const unread = parts.flatMap(({ of, answer }) => (answer.ok ? [] : [`${of}: ${answer.refusal.message}`]));
  return answered({
    ...Object.assign({}, ...told),
    says: told.flatMap(({ says = [] }) => says),
    troubles: told.flatMap(({ troubles = [] }) => troubles),
    unread,
  });
}

/** What a program printed, read by a parser that knows nothing of what it does not understand. A part of it is understood by none. */
export function parsed<T>(
  printed: Answer<Printed>,
  program: ProgramWant,
  parse: (text: string) => T | undefined,
): Answer<T> {
  if (!printed.ok) return printed;
  const { text, cut } = printed.value;
  const [name] = program.names;
  if (cut) return refused("failed", `${name} printed more than the ${program.most} bytes that are read`);
  const value = parse(text);
  return value === undefined
    ? refused("failed", `what ${name} says is not understood: ${shortly(text)}`)
    : answered(value);
}

export function mapped<T, U>(answer: Answer<T>, to: (value: T) => U): Answer<U> {
  return answer.ok ? answered(to(answer.value)) : answer;
}

/** "v3.31.2" on a line of its own. */
export function versionOf(text: string): string | undefined {
  return /^[ \t]*v?(\d+\.\d+\.\d[\w.+-]*)[ \t]*$/m.exec(text)?.[1];
}

/** An object of JSON with whatever a program says before it; undefined where there is none. */
export function jsonObject(text: string): Readonly<Record<string, unknown>> | undefined {
  const start = /^[ \t]*\{/m.exec(text);
  if (!start) return undefined;
  try {
    return fieldsOf(JSON.parse(text.slice(start.index)));
  } catch {
    return undefined;
  }
}

export function stringOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
