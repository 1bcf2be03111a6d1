import type { Case } from "./cause.ts";
import type { Alternative, Ground } from "./proof.ts";
import type { Symptom } from "./symptom.ts";

/** The same dial over IPv4, if there was one. */
export function twinOf({ symptoms }: Case, { flow, kind }: Symptom): Symptom | undefined {
  if (kind !== "dial" || !flow) return undefined;
  return symptoms.find(
    ({ flow: other, family }) =>
      other !== undefined && other.to === flow.to && other.from === flow.from && family !== flow.family,
  );
}

/**
 * That it is about IPv6: the same dial works over IPv4, or the pod has no IPv4 at all. undefined where IPv4 fares no
 * better, or nobody compared; then the defect alone has to be enough.
 */
export function notOverIPv4(subject: Case, dial: Symptom): Alternative | undefined {
  const twin = twinOf(subject, dial);
  if (twin?.outcome === "ok") return { lookalike: "IPv4", by: [twin] };
  const source = dial.flow?.from;
  return source && !source.ips.IPv4 ? { lookalike: "IPv4", by: [source] } : undefined;
}

/**
 * The dials over IPv6, also those nobody could make: what rests on all of them is unknown if one could not be made. Where none
 * is of the scopes, what could not be listed belongs to them: it may have been dialled then.
 */
export function dialsOverIPv6({ symptoms, scene }: Case, ...scopes: readonly string[]): Ground[] {
  const dials = symptoms.filter(({ kind, family }) => kind === "dial" && family === "IPv6");
  const chosen = dials.filter(({ flow }) => scopes.includes(flow?.scope ?? ""));
  return chosen.length > 0 ? chosen : [...dials, ...(scene.unlisted ?? [])];
}
