import { type Family, familyOf, isLoopback, parseAddress } from "../addresses/address.ts";
import { joinHostPort } from "../addresses/host-port.ts";
import type { Subject } from "../judging/subject.ts";
import type { Symptom } from "../judging/symptom.ts";
import { probe as hereName } from "../probes/here-name.ts";
import type { HereName } from "../probing/here.ts";
import { type Asking, question, tryAskAll } from "../probing/probe.ts";
import { type BesideDial, fromHere, noAddressHere, symptomsBeside } from "./beside-symptoms.ts";
import { type Entrance, entrance } from "./entrances.ts";
import { dialledFamilies } from "./flow.ts";
import { whyUndialled } from "./undialled.ts";

/** What is dialled from this machine, and where a family seems dead, what tells whether it is dead here alone. */
interface Ways {
  readonly subject: Subject;
  readonly entrances: readonly Entrance[];
  readonly controls: readonly Entrance[];
}

/** What this machine talks to anyway, and what its user named. */
export function controlsOf({ alsoFrom, outside = [] }: Subject): Entrance[] {
  const server = alsoFrom?.server;
  const address = server && parseAddress(server.host);
  // Behind a loopback address a tunnel or a virtual machine begins: it tells of no network.
  const own = server && !(address && isLoopback(address)) && server.host !== "localhost";
  return [
    ...(own ? entrance("the API server", server.host, server.port, true) : []),
    ...outside.flatMap((one) => entrance("the address outside", one, 53, true)),
  ];
}

/** What would be sent from this machine, and where to, in sentences. */
export function hereWords({ entrances, controls, subject }: Ways): string[] {
  const addresses = entrances.flatMap(({ at, port }) =>
    "host" in at && whyUndialled(at.host, subject) === undefined ? joinHostPort(at.host, port) : [],
  );
  const names = entrances.flatMap(({ at, port }) => ("hostname" in at ? `${at.hostname} (port ${port})` : []));
  const others = controls.map(({ at, port }) => joinHostPort("host" in at ? at.host : at.hostname, port));
  return [
    ...(addresses.length > 0 ? [`TCP connections, closed at once, to ${distinct(addresses)}`] : []),
    ...(names.length > 0
      ? [`DNS questions to its own resolver about ${distinct(names)}, and such connections to what it says`]
      : []),
    ...(others.length > 0 && addresses.length + names.length > 0
      ? [`where nothing of a family answers, one such connection to ${distinct(others)}, as a control`]
      : []),
  ];
}

function distinct(all: readonly string[]): string {
  return [...new Set(all)].join(", ");
}

/** Dials all that leads in. Of a family that is dead on this machine nothing is said about the cluster. */
export function* dialHere({ entrances, controls, subject }: Ways): Asking<{ symptoms: Symptom[]; remarks: string[] }> {
  const { dials, nameless } = yield* dialsTo(entrances, (host) => whyUndialled(host, subject));
  const seen = yield* symptomsBeside(dials);
  const dubious = dialledFamilies.filter((family) => isDubious(seen.filter((one) => one.family === family)));
  const tested =
    dubious.length === 0
      ? []
      : (yield* dialsTo(controls, () => undefined)).dials.filter(({ family }) => dubious.includes(family));
  const answers = yield* symptomsBeside(tested);
  const symptoms = seen.map((one) => {
    if (!one.failed || !dubious.includes(one.family)) return one;
    return withControl(
      one,
      answers.filter(({ family }) => family === one.family),
    );
  });
  const made = [...dials, ...tested].filter(({ undialled }) => undialled === undefined);
  const where = distinct(made.map(({ endpoint }) => endpoint));
  const remarks = where === "" ? [] : [`traffic from this machine: TCP connections, closed at once, to ${where}`];
  return { symptoms: [...symptoms, ...nameless], remarks };
}

/** Something failed, and nothing shows that this machine gets anywhere over that family. */
function isDubious(dials: readonly Symptom[]): boolean {
  return dials.some(({ failed }) => failed) && !dials.some(isAlive);
}

/** Who is there answered, be it by a refusal. */
function isAlive({ outcome }: Symptom): boolean {
  return outcome === "ok" || outcome === "refused";
}

function withControl(dial: Symptom, controls: readonly Symptom[]): Symptom {
  const { family, text } = dial;
  const alive = controls.find(isAlive);
  if (alive) return { ...dial, text: `${text}; over ${family} it reaches ${alive.to}` };
  const [control] = controls;
  const why = control ? `nor is ${control.to} reached` : `nothing else was reached over ${family}`;
  return { ...dial, failed: false, undecided: true, text: `${text}; ${why}: that may be this machine's own fault` };
}

/** Of the addresses of one name these are dialled. */
const mostOfName = 4;

function* dialsTo(
  entrances: readonly Entrance[],
  why: (host: string) => string | undefined,
): Asking<{ dials: BesideDial[]; nameless: Symptom[] }> {
  const dials: BesideDial[] = [];
  const nameless: Symptom[] = [];
  for (const one of entrances) {
    if (!("hostname" in one.at)) {
      dials.push(fromHere(one, one.at, why(one.at.host)));
      continue;
    }
    const { hostname: name } = one.at;
    const answers = yield* tryAskAll<HereName>(dialledFamilies.map((family) => question(hereName, { name, family })));
    const found = dialledFamilies.flatMap((family, index) => {
      const answer = answers[index];
      return answer ? { family, answer, addresses: answer.ok ? usable(answer.value, family) : [] } : [];
    });
    for (const { family, answer, addresses } of found) {
      dials.push(
        ...addresses.map((host) => fromHere({ ...one, to: `${one.to} ${name}` }, { family, host }, why(host))),
      );
      const otherToo = found.some((other) => other.family !== family && other.addresses.length > 0);
      if (addresses.length === 0) nameless.push(noAddressHere(one, name, family, answer, otherToo));
    }
  }
  return { dials, nameless };
}

function usable({ addresses }: HereName, family: Family): string[] {
  return addresses.filter((one) => familyOf(one) === family).slice(0, mostOfName);
}
