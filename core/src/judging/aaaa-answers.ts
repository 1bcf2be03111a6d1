import type { Case } from "./cause.ts";
import type { Symptom } from "./symptom.ts";

/** A name outside the cluster of which one server gives the A record and says something odd of AAAA. */
export interface OddAnswer {
  readonly aaaa: Symptom;
  readonly a: Symptom;
}

/** Of the names that failed, those whose A record the same server gives; a Service's name is CoreDNS' own business. */
export function oddAnswers({ symptoms }: Case, isOdd: (aaaa: Symptom) => boolean): OddAnswer[] {
  return symptoms.flatMap((aaaa) => {
    const { name, failed } = aaaa;
    if (!failed || !name || name.type !== "AAAA" || name.service || name.justReach || !isOdd(aaaa)) return [];
    const a = symptoms.find(
      (one) => one.name?.type === "A" && one.name.name === name.name && one.name.server === name.server,
    );
    return a?.outcome === "ok" ? [{ aaaa, a }] : [];
  });
}

/** The lookups of names outside, which a verdict that nothing is odd rests on. */
export function outsideLookups({ symptoms }: Case): Symptom[] {
  return symptoms.filter(({ name }) => name && !name.service && !name.justReach);
}
