import type { Family } from "../addresses/address.ts";
import type { BigRequest } from "../probes/big-request.ts";
import type { Attempt } from "../probing/bundle.ts";
import type { Flow, Name } from "./scene.ts";

/**
 * What came of a dial. `no-address` and `no-answer-section` are symptoms of names and of the API; the others are what
 * connect() said, by errno: the class of a failure tells where to look.
 */
export type Outcome =
  | "ok"
  | "refused" // ECONNREFUSED: somebody answered, nobody listens (or a REJECT)
  | "network-unreachable" // ENETUNREACH
  | "host-unreachable" // EHOSTUNREACH
  | "denied" // EACCES
  | "invalid" // EINVAL: a blackhole route
  | "no-local-address" // EADDRNOTAVAIL
  | "no-family" // EAFNOSUPPORT
  | "timeout" // nobody answered
  | "no-address" // the target has no address of this family
  | "stalls" // connects, but a large request gets no answer while a small one does
  | "no-record" // the name has no record of this type
  | "name-error" // the server answered with an error
  | "not-running" // nothing runs in the target
  | "error" // anything else
  | "not-looked"; // nobody could dial

/** A dial or a lookup in one family, and whether it is a failure. */
export interface Symptom {
  readonly id: string;
  /** `state`: what the API says of a target without any packet. */
  readonly kind: "dial" | "name" | "state";
  readonly family: Family;
  /** "pod default/a" */
  readonly from: string;
  /** "pod default/b [fd00::2]:8080", "AAAA of web.default.svc.cluster.local at fd00:10:96::a" */
  readonly to: string;
  readonly outcome: Outcome;
  /** ENETUNREACH and the like, where connect() gave one */
  readonly errno?: string;
  readonly ms?: number;
  /** Milliseconds that a dial took which needs no network, beside it: so slow is the container itself. */
  readonly control?: number;
  /** Nobody can tell, because the container was too busy to dial. */
  readonly busy?: true;
  /** What was dialled was not there any more. */
  readonly gone?: true;
  /** The sentence for the report. */
  readonly text: string;
  /** True if IPv6 (or IPv4) should work here and does not. */
  readonly failed: boolean;
  /** The mesh whose proxy, in the pod that is dialled, takes every connection, whatever listens behind it. */
  readonly proxied?: string;
  /** The user named this very target. */
  readonly asked?: true;
  /** Dialled from a node or from the user's machine, beside what pods dial: it says nothing of those, and excuses none. */
  readonly beside?: true;
  /** It was dialled from the user's machine without an answer, and nothing shows that the machine gets anywhere over that family. */
  readonly undecided?: true;
  readonly observation?: string;
  /** "Service shop/web", where the target is one of its pods. */
  readonly behind?: string;
  readonly flow?: Flow;
  readonly name?: Name;
}

/**
 * Milliseconds after which a refusal is none by the target itself: who refuses in its place with an ICMP error is heard when the kernel
 * has sent its SYN once more, after a second.
 */
export const delayed = 500;

/**
 * Only silence counts: a server that dislikes large headers answers, or hangs up at once. A server that is slow to answer
 * the small request as well may just be slow.
 */
export function isStalling({ small, padded }: BigRequest, patience: number): boolean {
  if (!small.ok || small.ms > (patience * 1000) / 4) return false;
  return padded.some(({ attempt: { ok, ms } }) => !ok && ms >= patience * 1000 - 100);
}

/** Milliseconds by which an answer was later than the container's own slowness explains. */
export function lateBy({ ms = 0, control = 0 }: Pick<Symptom, "ms" | "control">): number {
  return ms - control;
}

/** Milliseconds in which a path inside a cluster has answered many times over. */
const enough = 300;

/**
 * Why the silence of an attempt says nothing of the network: nearly all the time it waited its container could not run, because
 * its CPU limit was reached or the machine was busy, so that hardly a packet was sent. undefined where it could.
 */
export function tooBusy({
  ms,
  control = 0,
  starved = 0,
}: Pick<Attempt, "ms" | "control" | "starved">): string | undefined {
  const lost = Math.max(control, starved);
  if (lost < ms / 3 || ms - lost >= enough) return undefined;
  const why =
    starved >= control
      ? `wanted to run for ${starved} of ${ms} ms and could not`
      : `takes ${control} ms for a dial of itself`;
  return `no answer in ${ms / 1000} s, but the container ${why} (its CPU limit, or a busy machine): that says nothing of the network`;
}

/** Something was reached over it: it connected, or somebody there refused where nobody had to listen. */
export function worked({ failed, outcome }: Pick<Symptom, "failed" | "outcome">): boolean {
  return !failed && (outcome === "ok" || outcome === "refused");
}

const byText: readonly (readonly [RegExp, Outcome, string])[] = [
  [/ECONNREFUSED|Connection refused/i, "refused", "ECONNREFUSED"],
  [/ENETUNREACH|Network is unreachable|Network unreachable/i, "network-unreachable", "ENETUNREACH"],
  [/EHOSTUNREACH|No route to host|Host is unreachable/i, "host-unreachable", "EHOSTUNREACH"],
  [/EACCES|Permission denied/i, "denied", "EACCES"],
  [/EADDRNOTAVAIL|Cannot assign requested address|Address not available/i, "no-local-address", "EADDRNOTAVAIL"],
  [/EAFNOSUPPORT|Address family not supported/i, "no-family", "EAFNOSUPPORT"],
  [/EINVAL|Invalid argument/i, "invalid", "EINVAL"],
  [/ETIMEDOUT|timed out/i, "timeout", "ETIMEDOUT"],
];

/** The class of a failed connect() by the error's name or text, whatever program printed it. */
export function outcomeOf(attempt: { readonly ok: boolean; readonly text: string }): {
  outcome: Outcome;
  errno?: string;
} {
  if (attempt.ok) return { outcome: "ok" };
  if (attempt.text === "") return { outcome: "timeout", errno: "ETIMEDOUT" };
  const [, outcome, errno] = byText.find(([pattern]) => pattern.test(attempt.text)) ?? [];
  return outcome ? { outcome, errno: errno ?? "" } : { outcome: "error" };
}
