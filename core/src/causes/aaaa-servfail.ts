import { askedAgain, oddAnswers, outsideLookups } from "../judging/aaaa-answers.ts";
import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { dialsOverIPv6 } from "../judging/compared.ts";

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
    const again = yield* askedAgain(odd, subject.patience);
    if (!again.by)
      return possible(because, {
        ...remedy,
        missing: `that it is always so: ${again.why}, as where now and then a datagram is lost, or one of several resolvers fails`,
      });
    return proven(`${because}, each time it was asked`, {
      ...remedy,
      died: { how: "answer", dial: aaaa, by: [aaaa, ...again.by] },
      instead: [{ lookalike: "a server that does not answer at all", by: [a, ...again.by] }],
    });
  },
};
