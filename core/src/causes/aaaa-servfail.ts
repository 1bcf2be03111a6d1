import { type OddAnswer, oddAnswers, outsideLookups } from "../judging/aaaa-answers.ts";
import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { dialsOverIPv6 } from "../judging/compared.ts";
import { lookupArgs } from "../judging/dial-args.ts";
import { tooBusy } from "../judging/symptom.ts";
import { type LookupResult, probe as lookup } from "../probes/lookup.ts";
import { type Asking, type Question, question, tryAskAll } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "dns",
  summary: "A resolver fails for AAAA, or stays silent, although it gives the A record of the same name",
  why: "Broken resolvers and middleboxes answer AAAA with SERVFAIL, or not at all. Programs that ask for both types wait for the one that never comes, or give up on the name altogether.",
  source: "https://www.rfc-editor.org/rfc/rfc4074#section-4.1",
  looksLike: ["aaaa-nxdomain", "dns-upstream-other-family"], // the name is denied there / A fails too
  code: "D14",

  *judge(subject) {
    const [odd] = oddAnswers(
      subject,
      ({ outcome, text }) =>
        outcome === "timeout" || (outcome === "name-error" && /SERVFAIL|REFUSED|NOTIMP|FORMERR/.test(text)),
    );
    const looked = outsideLookups(subject);
    if (!odd) return excluded("no name fails for AAAA alone", looked.length > 0 ? looked : dialsOverIPv6(subject));
    const { aaaa, a } = odd;
    const because = `${aaaa.to}: ${aaaa.text}, while its A record is ${a.text}`;
    const remedy = {
      fix: "Mend or replace the resolver that the cluster's DNS forwards to (forward in the Corefile), or the one that is responsible for the name's zone; ask it for AAAA directly to see which of them it is.",
      confirm: `AAAA of ${aaaa.name?.name} is answered with NOERROR.`,
      explains: [aaaa.id],
    };
    const again = aaaa.outcome === "timeout" ? yield* askedAgain(odd, subject.patience) : [];
    if (!again)
      return possible(because, {
        ...remedy,
        missing: "that it is always so: asked again, both types fared alike, as where now and then a datagram is lost",
      });
    return proven(`${because}${again.length > 0 ? ", each time it was asked" : ""}`, {
      ...remedy,
      died: { how: "answer", dial: aaaa, by: [aaaa, ...again] },
      instead: [{ lookalike: "a server that does not answer at all", by: [a, ...again] }],
    });
  },
};

/** Times both types are asked for once more: of datagrams that are lost by chance, hardly all would be of one type. */
const times = 3;

/** The questions, if the server was silent on each for AAAA and gave the A record each time; undefined if not. */
function* askedAgain({ aaaa, a }: OddAnswer, patience: number): Asking<readonly Question[] | undefined> {
  if (!aaaa.name || !a.name) return undefined;
  const questions: Question[] = [];
  for (let time = 1; time <= times; time++) {
    // Another time limit makes it another question.
    const [silent, given] = [aaaa.name, a.name].map(({ haste: _, ...name }) =>
      question(lookup, lookupArgs(name, patience + time / 10)),
    ) as [Question<LookupResult>, Question<LookupResult>];
    const answers = yield* tryAskAll([silent, given]);
    const [none, some] = answers;
    if (!none?.ok || none.value.answer || tooBusy(none.value) !== undefined) return undefined;
    if (!some?.ok || !some.value.answer?.addresses.length) return undefined;
    questions.push(silent, given);
  }
  return questions;
}
