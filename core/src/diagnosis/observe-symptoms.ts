import type { Family } from "../addresses/address.ts";
import { joinHostPort } from "../addresses/host-port.ts";
import { dialArgs, lookupArgs } from "../judging/dial-args.ts";
import { errorWords } from "../judging/error-words.ts";
import { leavesThePod } from "../judging/failures.ts";
import { type Flow, type Scene, selectsPod } from "../judging/scene.ts";
import { delayed, isStalling, lateBy, type Outcome, outcomeOf, type Symptom, tooBusy } from "../judging/symptom.ts";
import { probe as bigRequest } from "../probes/big-request.ts";
import { connectedText, probe as dial, silenceText } from "../probes/dial.ts";
import { probe as lookup } from "../probes/lookup.ts";
import type { Attempt } from "../probing/bundle.ts";
import { meshOf } from "../probing/mesh.ts";
import { type Asking, type Question, question, questionId, tryAskAll } from "../probing/probe.ts";
import { Answers } from "./answers.ts";
import { nameSymptom } from "./name-symptom.ts";
import { echoQuestions } from "./way-back.ts";

/** Dials every flow and looks up every name of the scene, and says which of them are failures. */
export function* observeSymptoms(scene: Scene, patience: number): Asking<Symptom[]> {
  const lookups = scene.names.map((name) => question(lookup, lookupArgs(name, patience)));
  const questions = [...dialQuestions(scene.flows, patience), ...lookups];
  const answers = new Answers(questions, yield* tryAskAll<unknown>(questions));
  const there = scene.flows.map((flow) =>
    flow.host === undefined ? noAddress(scene, flow) : proxied(scene, dialSymptom(flow, answers, patience)),
  );
  const back = yield* wayBack(scene, there, patience);
  const settled = there.map((symptom) => settleUnasked(symptom, there));
  const names = scene.names.map((name) => nameSymptom(name, answers, patience, scene));
  // A name that was asked for is resolved before anything is dialled.
  const asked = names.filter(({ name }) => name?.asked);
  return [...asked, ...settled, ...back, ...names.filter((one) => !asked.includes(one))];
}

/**
 * Where everything connects, large packets may still vanish on the way back. Where no large echo came that way it takes a look from the
 * other end, at the size of requests.
 */
function* wayBack(scene: Scene, there: readonly Symptom[], patience: number): Asking<Symptom[]> {
  const peer = scene.returns[0]?.from;
  const dialled = there.filter(({ flow, family }) => flow?.toPod === peer && family === "IPv6");
  if (dialled.length === 0 || dialled.some(({ outcome }) => outcome !== "ok")) return [];
  const echoes = yield* tryAskAll(echoQuestions(scene));
  if (echoes.length > 0 && echoes.every((echo) => echo.ok && echo.value.came)) return [];
  const questions = dialQuestions(scene.returns, patience);
  const answers = new Answers(questions, yield* tryAskAll<unknown>(questions));
  return scene.returns.map((flow) => dialSymptom(flow, answers, patience));
}

function dialQuestions(flows: readonly Flow[], patience: number): Question[] {
  return flows
    .filter(({ host }) => host !== undefined)
    .flatMap((flow): Question[] => [
      question(dial, dialArgs(flow, patience)),
      ...(flow.http ? [question(bigRequest, dialArgs(flow, patience))] : []),
    ]);
}

function noAddress(scene: Scene, flow: Flow): Symptom {
  // An address of one family is enough for IPv4; the diagnosis is about IPv6, which somebody expects here.
  const fourToo = scene.flows.some(({ family, to }) => family === "IPv4" && to === flow.to);
  // Single-stack is a Service's default, and often meant: in a survey it is a fact, and no failure.
  const failed = flow.family === "IPv6" && fourToo && (flow.service === undefined || flow.asked);
  return {
    id: flow.id,
    kind: "dial",
    family: flow.family,
    from: `pod ${flow.from.namespace}/${flow.from.name}`,
    to: flow.to,
    outcome: "no-address",
    text: `${flow.to} has no ${flow.family} address`,
    failed,
    ...(flow.asked ? { asked: true } : {}),
    flow,
  };
}

function dialSymptom(flow: Flow, answers: Answers, patience: number): Symptom {
  const asked = question(dial, dialArgs(flow, patience));
  const answer = answers.of(asked);
  const request = answers.of(question(bigRequest, dialArgs(flow, patience)));
  const endpoint = joinHostPort(flow.host ?? "", flow.port);
  const to = flow.to === flow.host ? endpoint : `${flow.to} ${endpoint}`;
  const base = {
    id: flow.id,
    kind: "dial" as const,
    family: flow.family,
    from: `pod ${flow.from.namespace}/${flow.from.name}`,
    to,
    observation: questionId(asked),
    ...(flow.behind === undefined ? {} : { behind: flow.behind }),
    ...(flow.asked ? { asked: true as const } : {}),
    flow,
  };
  if (!answer?.ok)
    return { ...base, outcome: "not-looked", text: answer?.refusal.message ?? "not asked", failed: false };
  const { ms, control } = answer.value;
  const waited = flow.patience ?? patience;
  const { outcome, errno } = outcomeOf(answer.value);
  const busy = outcome === "timeout" ? tooBusy(answer.value) : undefined;
  if (busy !== undefined) return { ...base, outcome: "not-looked", busy: true, text: busy, failed: false };
  if (outcome === "ok" && request?.ok && isStalling(request.value, waited)) {
    const text = "connects, a small request is answered, a large one is not";
    return {
      ...base,
      outcome: "stalls",
      ms,
      text,
      failed: true,
      observation: questionId(question(bigRequest, dialArgs(flow, patience))),
    };
  }
  const reached = outcome === "ok" || (outcome === "refused" && !flow.expectListener && lateBy(answer.value) < delayed);
  const text = probeText(outcome, flow.family, answer.value, reached, waited);
  return {
    ...base,
    outcome,
    ...(errno ? { errno } : {}),
    ms,
    ...(control === undefined ? {} : { control }),
    text,
    failed: !reached,
  };
}

/** That a mesh's proxy takes a connection, or refuses it, says nothing of the application behind it. */
function proxied({ pods }: Scene, symptom: Symptom): Symptom {
  const { flow, outcome, text } = symptom;
  const refused = outcome === "refused" && flow?.toPod !== undefined;
  if ((outcome !== "ok" && !refused) || !flow) return symptom;
  const ends = flow.toPod
    ? [flow.toPod]
    : pods.slice(1).filter((pod) => flow.service && selectsPod(flow.service.object, pod));
  const mesh = ends.map(({ object }) => meshOf(object)).find((one) => one !== undefined);
  if (!mesh) return symptom;
  const proxy = `by the proxy of ${mesh.name} in that pod`;
  const note = `${text}, ${refused ? "maybe " : ""}${proxy}: whether the application takes it is not seen`;
  return { ...symptom, proxied: mesh.name, text: note };
}

function probeText(
  outcome: Outcome,
  family: Family,
  { ms, text }: Attempt,
  reached: boolean,
  patience: number,
): string {
  if (outcome === "ok") return connectedText(ms);
  if (outcome === "timeout") return silenceText(ms, patience);
  const said = sentence(outcome, family, ms) ?? text;
  return reached ? `${said} after ${ms} ms: reached, nothing was expected to listen` : `${said} after ${ms} ms`;
}

/** EACCES from connect() has nothing to do with anybody's rights: somebody on the path, or the pod's own kernel, forbids it. */
function sentence(outcome: Outcome, family: Family, ms: number): string | undefined {
  if (outcome === "invalid") return "invalid argument: a blackhole route in the pod itself";
  if (outcome !== "denied") return errorWords[outcome];
  if (ms < leavesThePod) return "the pod's own firewall or a prohibit route rejects it";
  return `a firewall rejects it (${family === "IPv6" ? "ICMPv6" : "ICMP"} administratively prohibited)`;
}

/** What is dialled beside what was asked for. */
const unasked: ReadonlySet<string> = new Set(["outside", "node", "node-port"]);

/**
 * An address outside, a node's kubelet and a node's port of a Service are dialled without being asked for, and many firewalls keep pods from both: that
 * neither family gets there is not about IPv6.
 */
function settleUnasked(symptom: Symptom, all: readonly Symptom[]): Symptom {
  const { flow } = symptom;
  if (!symptom.failed || !flow || flow.asked || !unasked.has(flow.scope)) return symptom;
  const other = all.find(
    (one) =>
      one.flow?.scope === flow.scope &&
      one.family !== symptom.family &&
      one.outcome !== "no-address" &&
      (flow.scope !== "node-port" || one.flow.to === flow.to),
  );
  if (other && !other.failed) return symptom;
  // A firewall keeps pods from a node; that nobody has its address no firewall says.
  if (!other && flow.scope === "node" && symptom.outcome === "host-unreachable") return symptom;
  return {
    ...symptom,
    failed: false,
    text: `${symptom.text}; ${other ? `${other.family} fails there too` : "no address of the other family to compare with was dialled"}`,
  };
}
