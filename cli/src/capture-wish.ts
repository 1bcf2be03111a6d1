import { type Choice, choiceNames, type FilterWish, peerOf } from "#core/capturing/filter.ts";
import { isInterface, type Limits, mostLimits, type Point, usualLimits, type Wish } from "#core/capturing/wish.ts";
import { UsageError } from "./command.ts";
import { oneOf } from "./options.ts";

/** The options that say what is captured. */
export interface WishOptions {
  readonly only?: readonly string[];
  readonly port?: readonly string[];
  readonly peer?: string;
  readonly interface?: string;
  readonly count?: string;
  readonly seconds?: string;
  readonly size?: string;
  readonly full?: boolean;
}

/** Throws a UsageError for what is none. */
export function wishOf(at: Point, options: WishOptions): Wish {
  const { interface: name = "any", full = false } = options;
  if (!isInterface(name)) throw new UsageError(`--interface: "${name}" is no name of an interface`);
  return { at, wanted: wantedOf(options), interface: name, limits: limitsOf(options), full };
}

function wantedOf({ only = [], port = [], peer: text }: WishOptions): FilterWish {
  const chosen = only.map((one) => oneOf("only", one, choiceNames) as Choice);
  const ports = port.map((one) => numberOf("port", one, 65_535));
  const peer = text === undefined ? undefined : peerOf(text);
  if (text !== undefined && !peer) throw new UsageError(`--peer: "${text}" is no IPv4 or IPv6 address`);
  // A peer has a family of its own.
  const usual: readonly Choice[] = ports.length > 0 || peer ? [] : ["ipv6"];
  return { only: chosen.length > 0 ? chosen : usual, ports, ...(peer ? { peer } : {}) };
}

export function limitsOf({ count, seconds, size }: WishOptions): Limits {
  return {
    packets: count === undefined ? usualLimits.packets : numberOf("count", count, mostLimits.packets),
    seconds: seconds === undefined ? usualLimits.seconds : numberOf("seconds", seconds, mostLimits.seconds),
    bytes: size === undefined ? usualLimits.bytes : numberOf("size", size, mostLimits.bytes / 1e6) * 1e6,
  };
}

function numberOf(option: string, text: string, most: number): number {
  const value = Number(text);
  if (!/^\d{1,9}$/.test(text) || value < 1 || value > most)
    throw new UsageError(`--${option} is a number from 1 to ${most}, not "${text}"`);
  return value;
}

const name = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;

/** "NAME", "pod/NAME", "NAMESPACE/NAME", "node/NAME": https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
export function pointOf(target: string, namespace: string): Point {
  const [first = "", second, ...more] = target.split("/");
  if (more.length > 0 || !name.test(second ?? first) || !name.test(first))
    throw new UsageError(`"${target}" is no POD, NAMESPACE/POD or node/NAME`);
  if (second === undefined) return { kind: "pod", namespace, pod: first };
  if (first === "node") return { kind: "node", node: second };
  return first === "pod" ? { kind: "pod", namespace, pod: second } : { kind: "pod", namespace: first, pod: second };
}
