import { type LookupResult, probe as lookup } from "../probes/lookup.ts";
import { type Asking, type Question, question, tryAskAll } from "../probing/probe.ts";
import type { Case } from "./cause.ts";
import { lookupArgs } from "./dial-args.ts";
import { type Symptom, tooBusy } from "./symptom.ts";
import { oneUpstream } from "./upstreams.ts";

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

/** Times both types are asked for once more: what happens by chance hardly ever concerns all of one type. */
const times = 3;

type AskedAgain = { readonly by: readonly Question[] } | { readonly by?: undefined; readonly why: string };

/** The questions, if the server did the same each time; else why it may be chance: several resolvers behind it may know different names. */
export function* askedAgain({ aaaa, a }: OddAnswer, patience: number): Asking<AskedAgain> {
  if (!aaaa.name || !a.name) return { why: "it was not asked again" };
  const questions: Question[] = [];
  const alike = { why: "asked again, both types fared alike" };
  for (let time = 1; time <= times; time++) {
    // Another time limit makes it another question.
    const [odd, given] = [aaaa.name, a.name].map(({ haste: _, ...name }) =>
      question(lookup, lookupArgs(name, patience + time / 10)),
    ) as [Question<LookupResult>, Question<LookupResult>];
    const answers = yield* tryAskAll([odd, given]);
    const [none, some] = answers;
    if (!none?.ok) return alike;
    const { answer } = none.value;
    const silent = !answer && tooBusy(none.value) === undefined;
    if (aaaa.outcome === "timeout" ? !silent : !answer || !aaaa.text.startsWith(answer.status)) return alike;
    if (!some?.ok || !some.value.answer?.addresses.length) return alike;
    questions.push(odd, given);
  }
  // One answer of theirs is kept in a cache, so that asking again does not tell.
  if (aaaa.outcome === "timeout") return { by: questions };
  const { name, server } = aaaa.name;
  const one = yield* oneUpstream(name, server);
  return one.by ? { by: [...questions, ...one.by] } : one;
}
