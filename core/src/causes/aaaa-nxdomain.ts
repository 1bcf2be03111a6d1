import { askedAgain, oddAnswers, outsideLookups } from "../judging/aaaa-answers.ts";
import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { dialsOverIPv6 } from "../judging/compared.ts";

export const cause: Cause = {
  layer: "dns",
  summary: "A resolver says of AAAA that the name does not exist, although it has an A record",
  why: "NXDOMAIN is about the name, not about one type of record. musl (Alpine, busybox) and others take it at its word and give the name up, A record and all; glibc does not. Right is an empty answer, NOERROR.",
  source: "https://www.rfc-editor.org/rfc/rfc4074#section-4.2",
  looksLike: ["no-aaaa", "aaaa-servfail"], // a Service's own record is held back / the server fails
  code: "D08",

  *judge(subject) {
    const [odd] = oddAnswers(subject, ({ outcome, text }) => outcome === "name-error" && /NXDOMAIN/.test(text));
    const looked = outsideLookups(subject);
    if (!odd) return excluded("no name is denied for AAAA alone", looked.length > 0 ? looked : dialsOverIPv6(subject));
    const { aaaa, a } = odd;
    const because = `${aaaa.to}: ${aaaa.text}, while its A record is ${a.text}`;
    const remedy = {
      fix: "Mend the server that answers so, or what rewrites answers on the way: a `template` with rcode NXDOMAIN in the Corefile (NOERROR is right), a load balancer that serves DNS, an old resolver.",
      confirm: `AAAA of ${aaaa.name?.name} is answered with NOERROR.`,
      explains: [aaaa.id],
    };
    const again = yield* askedAgain(odd, subject.patience);
    if (!again.by)
      return possible(because, {
        ...remedy,
        missing: `that it is always so: ${again.why}, as where of several resolvers one knows the name, and another does not`,
      });
    return proven(`${because}, each time it was asked`, {
      ...remedy,
      died: { how: "answer", dial: aaaa, by: [aaaa, ...again.by] },
      instead: [{ lookalike: "a name that does not exist", by: [a, ...again.by] }],
    });
  },
};
