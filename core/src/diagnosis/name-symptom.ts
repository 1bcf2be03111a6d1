import { type Family, familyOf } from "../addresses/address.ts";
import type { Answer } from "../cluster/cluster.ts";
import { lookupArgs } from "../judging/dial-args.ts";
import type { Name, Scene } from "../judging/scene.ts";
import { type Symptom, tooBusy } from "../judging/symptom.ts";
import type { DnsAnswer } from "../linux/dns-message.ts";
import { silenceText } from "../probes/dial.ts";
import { type LookupResult, probe as lookup } from "../probes/lookup.ts";
import { question, questionId } from "../probing/probe.ts";
import type { Answers } from "./answers.ts";

/** What came of a lookup, and whether it is a failure. */
export function nameSymptom(name: Name, answers: Answers, patience: number, scene: Scene): Symptom {
  const looked = (one: Name) => answers.of(question(lookup, lookupArgs(one, patience)));
  const answer = looked(name);
  const asked = name.type === "AAAA" ? "IPv6" : "IPv4";
  const base = {
    id: `${name.type} ${name.name} @ ${name.server}`,
    kind: "name" as const,
    family: (name.justReach ? familyOf(name.server) : undefined) ?? (asked as Family),
    from: `pod ${name.from.namespace}/${name.from.name}`,
    to: name.justReach ? `DNS server ${name.server}` : `${name.type} of ${name.name} at ${name.server}`,
    observation: questionId(question(lookup, lookupArgs(name, patience))),
    ...(name.asked ? { asked: true as const } : {}),
    name,
  };
  if (!answer?.ok)
    return { ...base, outcome: "not-looked", text: answer?.refusal.message ?? "not asked", failed: false };
  const { answer: said, ms, text, transport } = answer.value;
  // A server that does not answer says nothing of the name; what fails is the family the query travelled in.
  const busy = said || text !== "" ? undefined : tooBusy(answer.value);
  if (busy !== undefined) return { ...base, outcome: "not-looked", busy: true, text: busy, failed: false };
  if (!said)
    return {
      ...base,
      family: name.asked ? base.family : (transport ?? base.family),
      outcome: "timeout",
      ms,
      text: text === "" ? silenceText(ms, patience) : text,
      failed: true,
    };
  if (name.justReach) return { ...base, outcome: "ok", ms, text: `answers in ${ms} ms`, failed: false };
  if (said.addresses.length > 0) return { ...base, outcome: "ok", ms, text: said.addresses.join(", "), failed: false };
  const outcome = said.status === "NOERROR" ? "no-record" : "name-error";
  const failed = name.asked ? addressExpected(name, said, looked) : recordExpected(name, scene, looked);
  return { ...base, outcome, ms, text: `${said.status}, no ${name.type} record`, failed };
}

/** A name that was asked for has to exist, and to have an IPv6 address; one of IPv4 is missed only where there is none at all. */
function addressExpected(
  { type, ...name }: Name,
  { status }: DnsAnswer,
  looked: (name: Name) => Answer<LookupResult> | undefined,
): boolean {
  if (type === "AAAA" || !/^(NOERROR|NXDOMAIN)$/.test(status)) return true;
  const other = looked({ ...name, type: "AAAA" });
  return !(other?.ok && (other.value.answer?.addresses.length ?? 0) > 0);
}

/**
 * A record of the other family shows that the name exists; IPv6 is expected of a Service the user can change, and of a
 * name the user asked for. The `kubernetes` Service is always single-stack, so its missing record is no failure.
 */
function recordExpected(name: Name, scene: Scene, looked: (name: Name) => Answer<LookupResult> | undefined): boolean {
  if (name.type !== "AAAA" || !name.service) return false;
  const other = scene.names.find((one) => one.name === name.name && one.server === name.server && one.type === "A");
  const answer = other ? looked(other) : undefined;
  const asked = scene.flows.some(({ service, asked: named }) => named && service === name.service);
  const exists = asked && answer?.ok === true && (answer.value.answer?.addresses.length ?? 0) > 0;
  const hasAddress = ((name.service.object.spec?.clusterIPs ?? []) as string[]).some((ip) => ip.includes(":"));
  return exists || hasAddress;
}
