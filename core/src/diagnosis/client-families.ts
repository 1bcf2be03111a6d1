import { type AddressChoice, firstFamily, type Resolver } from "../addresses/address-selection.ts";
import type { Symptom } from "../judging/symptom.ts";

const resolvers: readonly Resolver[] = ["glibc", "musl", "Go"];

/**
 * Which family clients in the source take first to a name with both, by whose rule, and what it costs where that one is dead.
 * Empty where no such target was dialled in both families, or the pod has one family only.
 */
export function clientFamilies(symptoms: readonly Symptom[]): string[] {
  const dials = symptoms.filter(
    ({ kind, flow }) => kind === "dial" && flow?.asked && isNamed(flow.target.kind, flow.scope),
  );
  const six = dials.find(({ family, flow }) => family === "IPv6" && flow?.host !== undefined);
  const four = dials.find(
    ({ family, flow }) => family === "IPv4" && flow?.host !== undefined && flow.to === six?.flow?.to,
  );
  if (!six?.flow?.host || !four?.flow?.host) return [];
  const { ips } = six.flow.from;
  if (!ips.IPv6 || !ips.IPv4) return [];
  const [a, b] = [
    { to: six.flow.host, from: ips.IPv6 },
    { to: four.flow.host, from: ips.IPv4 },
  ];
  const choices = resolvers.flatMap((resolver): [Resolver, AddressChoice][] => {
    const choice = firstFamily(a, b, resolver);
    return choice ? [[resolver, choice]] : [];
  });
  if (choices.length === 0) return [];
  const said = [...Map.groupBy(choices, ([, { family, because }]) => `${family} first (${because})`)].map(
    ([what, who]) => `${who.map(([resolver]) => resolver).join(" and ")} ${what}`,
  );
  const told = `to ${six.flow.to} clients in the pod begin so: ${said.join("; ")}; Java IPv4 first, unless told otherwise; Python and Node.js as their C library says`;
  return [told, ...costOf(choices, six, four)];
}

function isNamed(kind: string, scope: string): boolean {
  return kind === "name" || (kind === "service" && scope === "service");
}

/** {@link https://www.rfc-editor.org/rfc/rfc8305}; Go waits 300 ms, Node.js 20 and newer 250 ms; a kernel that hears nothing sends SYN for 127 s. */
function costOf(choices: readonly (readonly [Resolver, AddressChoice])[], six: Symptom, four: Symptom): string[] {
  const dead = six.failed ? six : four.failed ? four : undefined;
  if (!dead || (six.failed && four.failed)) return [];
  const hit = choices.filter(([, { family }]) => family === dead.family).map(([resolver]) => resolver);
  if (hit.length === 0)
    return [`that ${dead.family} fails is not noticed at first: the other family is tried before it`];
  const silent = dead.outcome === "timeout";
  const wait = silent
    ? "up to 127 s, unless they time out sooner (Go loses 0.3 s, Node.js 20 and newer 0.25 s: they try the other family beside it)"
    : `${((dead.ms ?? 0) / 1000).toFixed(1)} s`;
  return [
    `${dead.family} is tried first by ${hit.join(" and ")}, and fails: that costs programs ${wait} before the other family is tried, if they try it`,
  ];
}
