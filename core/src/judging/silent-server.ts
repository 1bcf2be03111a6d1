import { probe as bigRequest } from "../probes/big-request.ts";
import { probe as smallPieces } from "../probes/small-pieces.ts";
import { type Asking, question, tryAsk } from "../probing/probe.ts";
import type { Case } from "./cause.ts";
import { twinOf } from "./compared.ts";
import { dialArgs, vantageOf } from "./dial-args.ts";
import type { Ground } from "./proof.ts";
import { isStalling, type Symptom } from "./symptom.ts";

/** Whether the server answers large requests where no path is too narrow for them, and what showed it. */
export interface ServerAnswers {
  readonly answers: boolean;
  readonly said: string;
  readonly by: Ground;
}

/**
 * A server that is silent on large requests looks like a path that is too narrow. A pod is asked from within itself, where there is
 * no path; anything else gets the same bytes in small packets, or over IPv4. undefined where nothing tells.
 */
export function* serverAnswers(subject: Case, dial: Symptom): Asking<ServerAnswers | undefined> {
  const { flow } = dial;
  if (!flow) return undefined;
  const args = dialArgs(flow, subject.patience);
  if (flow.toPod) {
    const itself = { ...args, at: vantageOf(flow.toPod) };
    const request = yield* tryAsk(bigRequest, itself);
    const by = question(bigRequest, itself);
    if (request.ok && request.value.small.ok)
      return isStalling(request.value, subject.patience)
        ? { answers: false, said: "it does not answer them from within its own pod either", by }
        : { answers: true, said: "the pod answers the same sizes from within itself", by };
    return yield* overIPv4(subject, dial);
  }
  const pieces = yield* tryAsk(smallPieces, args);
  if (!pieces.ok) return yield* overIPv4(subject, dial);
  const by = question(smallPieces, args);
  return pieces.value.ok
    ? { answers: true, said: "the same bytes in small packets are answered", by }
    : { answers: false, said: "the same bytes in small packets get no answer either", by };
}

/** That IPv4 stalls as well tells nothing: it may be the server, or a path that is narrow for both. */
function* overIPv4(subject: Case, dial: Symptom): Asking<ServerAnswers | undefined> {
  const flow = twinOf(subject, dial)?.flow;
  if (!flow?.host) return undefined;
  const args = dialArgs(flow, subject.patience);
  const request = yield* tryAsk(bigRequest, args);
  if (!request.ok || !request.value.small.ok || isStalling(request.value, subject.patience)) return undefined;
  return { answers: true, said: "IPv4 answers the same sizes", by: question(bigRequest, args) };
}
