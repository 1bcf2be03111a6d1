import type { Family } from "../addresses/address.ts";
import { joinHostPort } from "../addresses/host-port.ts";
import { type Answer, refused } from "../cluster/cluster.ts";
import { errorWords } from "../judging/error-words.ts";
import type { Subject } from "../judging/subject.ts";
import { outcomeOf, type Symptom } from "../judging/symptom.ts";
import { connectedText, probe as dial, silenceText } from "../probes/dial.ts";
import { probe as hereDial } from "../probes/here-dial.ts";
import { probe as hereName } from "../probes/here-name.ts";
import type { Attempt } from "../probing/bundle.ts";
import type { HereAttempt, HereName } from "../probing/here.ts";
import {
  type Asking,
  type Question,
  question,
  questionId,
  tryAskAll,
  vantageName,
  whereAsked,
} from "../probing/probe.ts";
import type { Entrance } from "./entrances.ts";
import { whyUndialled } from "./undialled.ts";

/** One connection from where clients stand. */
export interface BesideDial {
  readonly entrance: Entrance;
  readonly family: Family;
  /** "[2001:db8::1]:80" */
  readonly endpoint: string;
  readonly seconds: number;
  readonly asked: Question<Attempt> | Question<HereAttempt>;
  /** Why it is not made. */
  readonly undialled?: string | undefined;
}

/** Seconds: by then the kernel has told of a neighbour or a router that refuses. */
const patienceHere = 3.5;

export function fromHere(
  entrance: Entrance,
  { family, host }: { readonly family: Family; readonly host: string },
  undialled?: string,
): BesideDial {
  const { port } = entrance;
  const asked = question(hereDial, { family, host, port, seconds: patienceHere });
  return { entrance, family, endpoint: joinHostPort(host, port), seconds: patienceHere, asked, undialled };
}

/** What has a name alone is left to who resolves it as clients do. */
export function fromNode(
  entrances: readonly Entrance[],
  node: string,
  { seconds, subject }: { readonly seconds: number; readonly subject: Subject },
): BesideDial[] {
  return entrances.flatMap((entrance) => {
    if ("hostname" in entrance.at) return [];
    const { family, host } = entrance.at;
    const { port } = entrance;
    const asked = question(dial, { at: { kind: "node", node }, family, host, port, seconds });
    const undialled = whyUndialled(host, subject);
    return { entrance, family, endpoint: joinHostPort(host, port), seconds, asked, undialled };
  });
}

export function* symptomsBeside(dials: readonly BesideDial[]): Asking<Symptom[]> {
  const made = dials.filter(({ undialled }) => undialled === undefined);
  const answers = (yield* tryAskAll<unknown>(made.map(({ asked }) => asked))) as readonly Answer<
    Attempt | HereAttempt
  >[];
  const tried = dials.flatMap((one) => {
    const { undialled } = one;
    const answer = undialled === undefined ? answers[made.indexOf(one)] : refused("unsupported", undialled);
    return answer ? { ...one, symptom: symptomOf(one, answer) } : [];
  });
  return tried.map(({ entrance, family, symptom }) => {
    if (!symptom.failed || entrance.door) return symptom;
    // That neither family gets in where nobody has to is not about IPv6: a firewall may keep everybody from a node's ports.
    const other = tried.find((one) => one.entrance.to === entrance.to && one.family !== family);
    if (other && other.symptom.outcome === "ok") return symptom;
    const why = other ? `${other.family} gets no answer there either` : "it has no address of the other family";
    return { ...symptom, failed: false, text: `${symptom.text}; ${why}` };
  });
}

function symptomOf(
  { entrance, family, endpoint, seconds, asked }: BesideDial,
  answer: Answer<Attempt | HereAttempt>,
): Symptom {
  const { to } = entrance;
  const from = vantageName(whereAsked(asked));
  const base = {
    id: `${family} ${from} > ${to} ${endpointHost(endpoint)}`,
    kind: "dial" as const,
    family,
    from,
    to: `${to} ${endpoint}`,
    beside: true as const,
    ...(entrance.door ? { asked: true as const } : {}),
    observation: questionId(asked),
  };
  if (!answer.ok) return { ...base, outcome: "not-looked", text: answer.refusal.message, failed: false };
  const { value } = answer;
  const { outcome, errno } = outcomeOf(value);
  const known = { ...base, outcome, ms: value.ms, ...(errno ? { errno } : {}) };
  // Nothing was sent: whatever is wrong with that is no fault of the cluster.
  if ("route" in value && !value.route) return { ...known, text: wayless(family, value), failed: false };
  const said =
    outcome === "ok"
      ? connectedText(value.ms)
      : outcome === "timeout"
        ? silenceText(value.ms, seconds)
        : refusal(value, family);
  return { ...known, text: said, failed: outcome !== "ok" };
}

function endpointHost(endpoint: string): string {
  return endpoint.replace(/:\d+$/, "").replace(/^\[|\]$/g, "");
}

function wayless(family: Family, { own, text }: HereAttempt): string {
  const what = own ? `its own routes lead to no such ${family} address` : `this machine has no ${family}`;
  return `not dialled, since ${what} (${text}): that says nothing of the cluster`;
}

function refusal(value: Attempt | HereAttempt, family: Family): string {
  const { outcome, errno } = outcomeOf(value);
  const rejects = `a firewall rejects it (${family === "IPv6" ? "ICMPv6" : "ICMP"} administratively prohibited, or one where it was dialled)`;
  const words = outcome === "denied" ? rejects : (errorWords[outcome] ?? value.text);
  return `${words}${errno ? ` (${errno})` : ""} after ${value.ms} ms`;
}

/** That a name has no address of one family is a failure where it has one of the other, and where it has none at all. */
export function noAddressHere(
  { to }: Entrance,
  name: string,
  family: Family,
  answer: Answer<HereName>,
  otherToo: boolean,
): Symptom {
  const error = answer.ok ? answer.value.error : undefined;
  const broken = error !== undefined && !/^(ENOTFOUND|ENODATA)$/.test(error);
  const says = broken
    ? `the resolver of this machine does not answer for ${name}`
    : `this machine's resolver knows no ${family} address of ${name}`;
  return {
    id: `${family} this machine > ${to} ${name}`,
    kind: "dial",
    family,
    from: "this machine",
    to: `${to} ${name}`,
    beside: true,
    asked: true,
    observation: questionId(question(hereName, { name, family })),
    outcome: answer.ok ? (broken ? "name-error" : "no-record") : "not-looked",
    text: answer.ok ? `${says}${error === undefined ? "" : ` (${error})`}` : answer.refusal.message,
    failed: answer.ok && !broken && (family === "IPv6" || !otherToo),
  };
}
