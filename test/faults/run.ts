import { existsSync } from "node:fs";
import { readKubeconfig } from "#cluster/kubeconfig.ts";
import { openCluster } from "#cluster/open-cluster.ts";
import type { Answer } from "#core/cluster/cluster.ts";
import { type Diagnosis, diagnose } from "#core/diagnosis/diagnosis.ts";
import { type DiagnosisDocument, diagnosisDocument } from "#core/report/diagnosis-json.ts";
import { type Lab, startLab } from "#test/lab/lab.ts";
import type { LabOptions } from "#test/lab/options.ts";
import { perform } from "#test/lab/perform.ts";
import type { Entry, Run } from "./case.ts";
import { shapeName } from "./shapes.ts";

export const runName = ({ entry, shape }: Run) => `${entry.id}: ${entry.what} (${shapeName(shape)})`;

/** Why it cannot be run on this machine. */
export function missing({ entry: { program } }: Run): string | undefined {
  return program !== undefined && !existsSync(`/usr/sbin/${program}`) ? `it takes ${program}` : undefined;
}

export function labOf({ entry, shape }: Run, name: string): Partial<LabOptions> {
  return { nodes: 2, pods: 2, noise: true, ...shape, ...entry.lab, name };
}

/** Where a busy machine let too little be seen, it is asked again; a claim that is false is never forgiven. */
const mostTries = 3;

export interface Answered {
  /** What is wrong with the answer: nothing, in the best case. */
  readonly wrong: readonly string[];
  /** Something is said to be proven that is not the cause. */
  readonly claims: boolean;
  readonly tries: number;
}

/** Makes the fault in a lab that is up, and diagnoses. */
export async function answerIn(lab: Lab, { entry, shape }: Run): Promise<Answered> {
  await perform(lab, typeof entry.make === "function" ? entry.make(shape) : entry.make);
  const { subject } = entry;
  const cluster = answerOf(await openCluster(answerOf(await readKubeconfig({ path: lab.kubeconfig })), lab.name));
  try {
    for (let tries = 1; ; tries++) {
      const diagnosis = await diagnose(cluster, subject, { now: Date.now, outside: subject.outside ?? [] });
      const found = diagnosisDocument(diagnosis);
      const wrong = compare(entry, found);
      if (wrong.length === 0) return { wrong, claims: false, tries };
      const claims = found.causes.some(({ id, verdict }) => verdict === "proven" && !entry.causes.includes(id));
      if (claims || tries === mostTries) return { wrong: [...wrong, ...explained(diagnosis)], claims, tries };
    }
  } finally {
    cluster.close();
  }
}

/** The same in a lab of its own. */
export async function runAlone(run: Run, name: string): Promise<Answered> {
  const lab = await startLab(labOf(run, name));
  try {
    return await answerIn(lab, run);
  } finally {
    await lab.stop();
  }
}

function compare({ causes: wanted, verdict = "proven", notices = [], fails, dies }: Entry, found: DiagnosisDocument) {
  const { causes, latent, symptoms, path } = found;
  const wrong: string[] = [];
  const differ = (what: string, is: string, should: string) => {
    if (is !== should) wrong.push(`${what}: ${is || "nothing"} instead of ${should || "nothing"}`);
  };
  const now = verdict === "latent" ? [] : wanted;
  const said = (ids: readonly string[], by: string) =>
    [...ids]
      .sort()
      .map((id) => `${by} ${id}`)
      .join(", ");
  // What fails by somebody's will, or for a reason nobody knows, may have possible causes, and no proven one.
  const counted = fails ? causes.filter(({ verdict: by }) => by === "proven") : causes;
  const named = counted.map(({ id, verdict: by }) => `${by} ${id}`).sort();
  differ("named", named.join(", "), said(now, verdict));
  differ(
    "noticed",
    said(
      latent.map(({ id }) => id),
      "latent",
    ),
    said([...notices, ...(verdict === "latent" ? wanted : [])], "latent"),
  );
  const failing = symptoms.filter(({ failed }) => failed);
  if (failing.length > 0 !== (now.length > 0 || fails === true)) wrong.push(`${failing.length} dials fail`);
  if (failing.length === 0 && !symptoms.some(({ family, outcome }) => family === "IPv6" && outcome === "ok"))
    wrong.push("nothing works over IPv6");
  const end = path.find(({ state }) => state === "fails");
  if (dies) differ("dies at", end?.hop ?? "", dies.at);
  if (dies && !dies.because.test(end?.because ?? "")) wrong.push(`dies because ${end?.because}`);
  return wrong;
}

function explained({ verdicts, symptoms, stopped, observations }: Diagnosis): string[] {
  return [
    ...verdicts
      .filter(({ status }) => status !== "excluded")
      .map(
        ({ cause, status, because, missing: open }) =>
          `  ${status} ${cause}: ${because}${open ? `; missing: ${open}` : ""}`,
      ),
    ...symptoms.map(({ failed, to, text, family }) => `  ${failed ? "fails" : "works"} ${family} ${to}: ${text}`),
    ...(process.env.FAULTS_OBSERVATIONS ? observations.map(({ asked, line }) => `  seen ${asked}: ${line}`) : []),
    ...(stopped ? [`  stopped: ${stopped.message}`] : []),
  ];
}

function answerOf<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Error(answer.refusal.message);
  return answer.value;
}
