import type { Observation } from "../probing/probe.ts";

/**
 * The observations a verdict rests on, what decided first: what our own packets were seen to die of, then what a cause asked
 * last, since that singles it out. What nobody could look at
 * comes after what was seen, and kinds the server does not serve are nowhere: that they are absent says nothing.
 */
export function tellingFirst(asked: readonly Observation[], decisive: readonly string[]): Observation[] {
  const served = asked.filter((one) => !isUnservedKind(one));
  const rank = ({ id, answer }: Observation) => {
    if (decisive.includes(id)) return decisive.indexOf(id) - decisive.length;
    return answer.ok ? (isEmptyList(answer.value) ? 1 : 0) : 2;
  };
  return [...served].reverse().sort((a, b) => rank(a) - rank(b));
}

/** The server does not know the kind, for example because nobody installed it. */
export function isUnservedKind({ access, answer }: Observation): boolean {
  return (
    !answer.ok && access === "api" && answer.refusal.reason === "unsupported" && !/^needs /.test(answer.refusal.message)
  );
}

/** A list without an entry is what a cause asked to be sure; rarely is it what it found. */
function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
