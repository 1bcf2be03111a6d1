import { readFileSync } from "node:fs";
import type { Refusal } from "#core/cluster/cluster.ts";
import type { Diagnosis } from "#core/diagnosis/diagnosis.ts";
import { worked } from "#core/judging/symptom.ts";
import { isAnswered } from "#core/report/conclusions.ts";
import { type CauseView, diagnosisView } from "#core/report/diagnosis-view.ts";
import type { ToolFound } from "#core/report/tool-answer.ts";
import { subjectOf } from "../../diagnose-subject.ts";
import { shipped } from "../../shipped.ts";
import { insideAlone } from "../inside.ts";
import { openForReading } from "../open.ts";
import { type Call, type Served, text } from "../tool.ts";

export const tool: Served = {
  async ask(given, call) {
    const { diagnoseDemo } = await import("#core/diagnosis/demo.ts");
    const subjectIn = (namespace: string) =>
      subjectOf(
        { from: text(given, "from"), to: text(given, "to"), outside: [] },
        text(given, "namespace") ?? namespace,
      );
    const { to } = subjectIn("default");
    if (to && !call.terms.outside) insideAlone(to);
    if (given.demo === true)
      return found(await diagnoseDemo(JSON.parse(readFileSync(shipped("demo/cluster.json"), "utf8"))));
    return live(subjectIn, call);
  },
};

async function live(
  subjectIn: (namespace: string) => ReturnType<typeof subjectOf>,
  { terms, signal, onProgress }: Call,
): Promise<ToolFound> {
  const { diagnose: run } = await import("#core/diagnosis/diagnosis.ts");
  const opened = await openForReading(terms.kubeconfig, terms.context, timeout);
  if (!opened.ok) return refused(opened.refusal);
  const { cluster, namespace } = opened.value;
  try {
    // An agent's diagnosis looks through what runs already, whatever more its user may.
    const access = terms.access === "api" ? ("api" as const) : ("exec" as const);
    const options = { signal, now: Date.now, access };
    return found(
      await run(cluster, subjectIn(namespace), {
        ...options,
        onProgress: ({ done, total }) => onProgress(done, total),
      }),
    );
  } finally {
    cluster.close();
  }
}

/** Milliseconds that a single request may take. */
const timeout = 10_000;

function refused({ reason, message, remedy }: Refusal): ToolFound {
  const ours = [`the cluster was not looked at: ${reason}`, "kubectl cluster-info shows the same"];
  return { verdict: "unknown", ours, head: { message, ...(remedy ? { remedy } : {}) }, lists: [] };
}

/** What a diagnosis comes to. Works only where something was dialled and answered, and nothing fails. */
export function found(diagnosis: Diagnosis): ToolFound {
  const { first, families, symptoms, stopped, missing, cancelled } = diagnosis;
  const view = diagnosisView(diagnosis);
  const fails = first !== undefined || families.IPv6.fails.length > 0 || families.IPv4.fails.length > 0;
  const open = stopped !== undefined || missing.length > 0 || cancelled;
  return {
    verdict: open ? "unknown" : fails ? "fails" : isAnswered(diagnosis) ? "works" : "unknown",
    ours: [
      ...view.conclusions.map(({ family, state }) => `${family} ${state === "open" ? "unknown" : state}`),
      ...view.proven.map(({ id }) => `proven cause ${id}`),
      ...view.possible.map(({ id }) => `possible cause ${id}`),
      `${symptoms.filter(worked).length} of ${symptoms.length} attempts work`,
      `${view.excluded.length} causes excluded, ${view.unknown.length} not decided`,
      ...(stopped ? [`stopped: ${stopped.reason}`] : []),
    ],
    head: {
      subject: view.title,
      says: view.headline,
      ...(stopped?.remedy === undefined ? {} : { remedy: stopped.remedy }),
      ...(diagnosis.context === "" ? {} : { context: diagnosis.context }),
    },
    lists: [
      ["restarts", view.restarts],
      ["proven", view.proven.map(cause)],
      ["evidence", view.proven.flatMap(({ id, evidence }) => evidence.map((one) => seen(id, one)))],
      ["troubles", view.troubles],
      ["fails", view.families.flatMap(({ family, fails }) => fails.map((one) => ({ family, ...attempt(one) })))],
      ["mayNot", diagnosis.mayNot?.what ?? []],
      ["possible", view.possible.map(cause)],
      ["notLooked", view.notLooked.map(({ what, why, command }) => ({ what, why, ...(command ? { command } : {}) }))],
      ["works", view.families.flatMap(({ family, works }) => works.map((one) => ({ family, ...attempt(one) })))],
      ["asked", proofOfLife(view)],
    ],
  };
}

function cause({ id, family, because, fix, confirm, missing }: CauseView): object {
  return { id, family, because, ...optional({ fix, confirm, wouldProveIt: missing }) };
}

function seen(of: string, { asked, line, command }: CauseView["evidence"][number]): object {
  return { of, asked, seen: line, command };
}

function attempt({ from, to, text }: { readonly from: string; readonly to: string; readonly text: string }): object {
  return { from, to, text };
}

/** Where nothing is proven there is still something that was seen, and the command that shows it. */
function proofOfLife({ proven, asked }: ReturnType<typeof diagnosisView>): readonly object[] {
  return proven.length > 0 ? [] : asked.map(({ asked: what, line, command }) => ({ asked: what, seen: line, command }));
}

function optional(fields: Readonly<Record<string, string | undefined>>): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
