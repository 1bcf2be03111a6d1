import type { Diagnosis } from "../diagnosis/diagnosis.ts";
import { untold } from "../judging/cause.ts";
import type { Hop } from "../judging/path.ts";
import { printableIn } from "../text/printable.ts";
import {
  type CauseView,
  type Conclusion,
  type DiagnosisView,
  diagnosisView,
  type FamilyView,
  type SymptomView,
  unseen,
} from "./diagnosis-view.ts";
import type { WayView } from "./ways.ts";

/**
 * For a terminal, in the order somebody in a hurry reads: the conclusion per family, what to do, what was tried, the evidence,
 * and what is not known. Nothing is said twice; excluded causes are only counted.
 */
export function diagnosisToText(diagnosis: Diagnosis, { color }: { readonly color: boolean }): string {
  const view = printableIn(diagnosisView(diagnosis));
  const paint: Paint = (code, text) => (color ? `\u001b[${code}m${text}\u001b[0m` : text);
  const blocks = [
    [
      ...view.restarts.map((restart) => paint(red, restart)),
      paint(bold, view.title),
      ...view.troubles.map((trouble) => `${paint(red, "note")}  ${trouble}`),
      ...view.conclusions.flatMap((one) => conclusionLines(one, view, paint)),
      ...stoppedLines(view, paint),
    ],
    ...view.proven.map((cause) => remedyLines(cause, paint)),
    ...view.families.flatMap((family) => attemptLines(family, paint)),
    ...view.ways.filter(({ explained }) => !explained).map((way) => wayLines(way, paint)),
    sizeLines(view, paint),
    ...view.proven.map((cause) => evidenceLines(cause, paint)),
    ...view.possible.map((cause) => possibleLines(cause, paint)),
    rest("noticed", view.latent, paint),
    undecided(view, paint),
    mayNotLines(view, paint),
    notLookedLines(view, paint),
    [...view.remarks, `${view.stopped ? "" : `${count(view.excluded.length, "cause")} excluded; `}${costOf(view)}`].map(
      (line) => paint(dim, line),
    ),
  ];
  const filled = blocks.filter((lines) => lines.length > 0);
  return `${filled.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

type Paint = (code: number, text: string) => string;
const bold = 1;
const dim = 2;
const red = 31;
const green = 32;

function conclusionLines({ family, state, text }: Conclusion, { headline }: DiagnosisView, paint: Paint): string[] {
  const mark = { works: paint(green, "works"), fails: paint(red, "fails"), open: "  ?  " }[state];
  const line = `${paint(bold, family)}  ${mark}  ${text}`;
  // The headline is about IPv6; only it says why nothing could be tried.
  return [family === "IPv6" && state === "open" ? `${paint(bold, family)}  ${mark}  ${headline}` : line];
}

function remedyLines({ summary, because, family, id, fix, changes, confirm }: CauseView, paint: Paint): string[] {
  return [
    `${paint(red, "proven")}  ${paint(bold, summary)} (${family}, ${id})`,
    `        ${because}`,
    ...(fix ? [`  ${paint(bold, "fix")}   ${fix}`] : []),
    ...(changes ? [`        kube-ipv6 fix shows that change of ${changes}, and makes it once you say so`] : []),
    ...(confirm ? [`  ${paint(bold, "then")}  ${confirm}`] : []),
  ];
}

/** What it would take to know, and what to do then; what decided stands behind the cause's name. */
function possibleLines(
  { summary, because, family, id, fix, confirm, missing, evidence }: CauseView,
  paint: Paint,
): string[] {
  const [first] = evidence;
  return [
    `${paint(bold, "possible")}  ${summary}? (${family}, ${id})`,
    `          ${because}`,
    ...(first ? [`          ${paint(dim, first.command)}`] : []),
    ...(missing ? [`  ${paint(bold, "proof")}   ${missing}`] : []),
    ...(fix ? [`  ${paint(bold, "if so")}   ${fix}`] : []),
    ...(confirm ? [`  ${paint(bold, "then")}    ${confirm}`] : []),
  ];
}

/** One block for each pod that dialled, its targets in a column. */
function attemptLines({ family, works, fails, neutral }: FamilyView, paint: Paint): string[][] {
  const marked = [
    ...fails.map((symptom) => ({ mark: paint(red, "fails"), ...symptom })),
    ...works.map((symptom) => ({ mark: paint(green, "works"), ...symptom })),
    ...neutral.map((symptom) => ({ mark: "  -  ", ...symptom })),
  ];
  return [...Map.groupBy<string, SymptomView & { mark: string }>(marked, ({ from }) => from).values()].map((same) => {
    const width = Math.max(...same.map(({ to }) => to.length));
    const lines = same.map(
      ({ mark, to, text, tried }) => `  ${mark}  ${to.padEnd(width)}  ${tried ? text : `${text}, see below`}`,
    );
    return [paint(bold, `${family} from ${same[0]?.from}`), ...lines];
  });
}

/** Where it dies, then how far it was seen to come, then what nobody looked at. */
function wayLines({ family, from, to, broken, last, hops }: WayView, paint: Paint): string[] {
  const of = (state: Hop["state"]) => hops.filter((hop) => hop.state === state).map(({ hop }) => hop);
  const line = (word: string, names: readonly string[]) =>
    names.length === 0 ? [] : [paint(dim, `  ${word}: ${names.join(", ")}`)];
  return [
    paint(bold, `${family} from ${from} to ${to}`),
    ...(broken
      ? [`  ${paint(red, "fails")} at ${broken.hop}, ${broken.where}: ${broken.because}`]
      : [`  where it ends was not seen${last ? `; last at ${last.hop}, ${last.where}: ${last.because}` : ""}`]),
    ...line("works", of("works")),
    ...line("not looked at", of("not looked")),
  ];
}

/** One packet size a way, and what its interfaces let expect. */
function sizeLines({ sizes }: DiagnosisView, paint: Paint): string[] {
  if (sizes.length === 0) return [];
  return [
    paint(bold, "largest packets"),
    ...sizes.flatMap(({ family, from, to, result, because, expected, loses }) => [
      `  ${family} from ${from} to ${to}: ${loses ? paint(red, result) : result}; ${because}`,
      ...(expected ? [paint(dim, `    ${expected}`)] : []),
    ]),
  ];
}

function evidenceLines({ id, evidence, source }: CauseView, paint: Paint): string[] {
  return [
    paint(bold, `evidence of ${id}`),
    ...evidence.flatMap(({ asked, line, command }) => [`  ${asked}: ${line}`, paint(dim, `    ${command}`)]),
    paint(dim, `  ${source}`),
  ];
}

/** Causes that are open for one reason share a line. */
function rest(word: string, causes: readonly CauseView[], paint: Paint): string[] {
  return [...Map.groupBy(causes, ({ because }) => because).values()].map((same) => {
    const [only] = same;
    const what = same.length === 1 && only ? `${only.summary}? (${only.id})` : named(same);
    return `${paint(bold, word)}  ${what}: ${only?.because}`;
  });
}

/** What could not be decided for want of something that was not looked at shares a line: the reason stands further down. */
function undecided({ unknown }: DiagnosisView, paint: Paint): string[] {
  const wanting = unknown.filter(({ because }) => because.startsWith(unseen));
  // They concern Services, tunnels or pods that this diagnosis has nothing to do with: no line is worth a reader's time.
  const moot = unknown.filter(({ because }) => because.startsWith(untold));
  const others = unknown.filter((cause) => !wanting.includes(cause) && !moot.includes(cause));
  const line = `${paint(bold, "not decided")}  ${named(wanting)}: for want of what was not looked at`;
  const aside = `${paint(bold, "not decided")}  ${named(moot)}: nothing that was looked at has to do with them`;
  return [
    ...rest("not decided", others, paint),
    ...(wanting.length > 0 ? [line] : []),
    ...(moot.length > 0 ? [aside] : []),
  ];
}

const mostNames = 3;

function named(causes: readonly CauseView[]): string {
  const names = causes.slice(0, mostNames).map(({ id }) => id);
  const more = causes.length - names.length;
  return more > 0 ? `${names.join(", ")} and ${more} more` : names.join(", ");
}

function stoppedLines({ stopped, headline }: DiagnosisView, paint: Paint): string[] {
  if (!stopped) return [];
  return [headline, ...(stopped.remedy === undefined ? [] : [`  ${paint(bold, "then")}  ${stopped.remedy}`])];
}

/** Each right once, and the role to copy. */
function mayNotLines({ mayNot }: DiagnosisView, paint: Paint): string[] {
  if (!mayNot) return [];
  return [
    paint(bold, "what you may not"),
    ...mayNot.what.map((right) => `  ${right}`),
    paint(bold, "the least role that may"),
    ...mayNot.role.map((line) => `  ${line}`),
  ];
}

/** What refused comes with its reason; what no diagnosis of this kind sees, with the access it would take. */
function notLookedLines({ notLooked, unseen: beyondAll }: DiagnosisView, paint: Paint): string[] {
  if (notLooked.length === 0) return [];
  const refused = notLooked
    .filter((one) => !beyondAll.some(({ what }) => what === one.what))
    .flatMap(({ what, why, remedy, command }) => [
      `  ${what}: ${why}`,
      ...(remedy ? [`    ${paint(bold, "then")}  ${remedy}`] : []),
      ...(command ? [`    ${paint(bold, "type")}  ${command}`] : []),
    ]);
  const beyond = beyondAll.map(({ what, needs }) => `  ${what} (needs ${needs})`);
  return [paint(bold, "not looked at"), ...refused, ...beyond];
}

function costOf({ context, cost }: DiagnosisView): string {
  return context === "" ? cost : `${cost}; context ${context}`;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}
