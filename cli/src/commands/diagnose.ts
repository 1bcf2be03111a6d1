import { createHash } from "node:crypto";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { accessLevels } from "#core/cluster/cluster.ts";
import { dumpedCluster } from "#core/cluster/dump.ts";
import { diagnoseDemo } from "#core/diagnosis/demo.ts";
import {
  type Diagnosis,
  diagnose,
  diagnoseSaved,
  missingSentence,
  openSaved,
  type Progress,
  type Subject,
  saved,
} from "#core/diagnosis/diagnosis.ts";
import { worked } from "#core/judging/symptom.ts";
import { diagnose as operation } from "#core/operations/diagnose.ts";
import { optionsOf, usageOf } from "#core/operations/operation.ts";
import { diagnosisToJson, diagnosisToMarkdown, diagnosisToText } from "#core/report/diagnosis.ts";
import { diagnosisToHtml } from "#core/report/page/page.ts";
import { reason } from "#files/reason.ts";
import { beyondOfOptions, imageOf, mustBeAsked, outpostsOf } from "../beyond.ts";
import { type CliCommand, type Exit, UsageError } from "../command.ts";
import { outsideOf, subjectOf } from "../diagnose-subject.ts";
import { readDump } from "../dump.ts";
import { openToWrite, timeoutOption } from "../open-cluster.ts";
import { oneOf, parse } from "../options.ts";
import { underPseudonyms } from "../pseudonyms.ts";
import { shipped } from "../shipped.ts";
import { terminal } from "../terminal.ts";

export const command: CliCommand = { usage: usageOf(operation), run };

async function run(args: readonly string[]): Promise<Exit> {
  const { values, positionals } = parse(args, optionsOf(operation));
  if (positionals.length > 0) throw new UsageError(`"${positionals[0]}" is no option; the target goes behind --to`);
  const format = oneOf("format", values.format, ["text", "json", "markdown", "html"]) ?? "text";
  const outside = outsideOf(values.outside, values["no-outside"] === true);
  timeoutOption(values.timeout);
  const access = oneOf("access", values.access, accessLevels) ?? "exec";
  const image = imageOf(values.image);
  mustBeAsked(access, values.yes === true, image);
  const finish = async (made: Diagnosis): Promise<Exit> => {
    const diagnosis = values.pseudonyms ? await underPseudonyms(made) : made;
    if (!diagnosis) {
      terminal.complain(
        "kube-ipv6 diagnose: under other names it would not say the same, so that nothing is shown or saved",
      );
      return 3;
    }
    if (values.save !== undefined) writeFileSync(values.save, `${JSON.stringify(saved(diagnosis))}\n`);
    return print(diagnosis, format);
  };
  const asked = { from: values.from, to: values.to, outside };
  // What is wrong with the usage is said before a cluster is asked.
  const subject = subjectOf(asked, values.namespace ?? "default");
  if (values.open !== undefined) return finish(await again(values.open, subject));
  if (values.demo) return finish(await diagnoseDemo(JSON.parse(readFileSync(shipped("demo/cluster.json"), "utf8"))));

  const opened = await openToWrite(values);
  if (!opened.ok) return refuse(opened.refusal);
  const { cluster, namespace } = opened.value;
  const abort = new AbortController();
  const onSignal = () => abort.abort();
  for (const signal of endings) process.once(signal, onSignal);
  try {
    const progress = values.quiet ? undefined : showProgress;
    const outposts = await outpostsOf(cluster, values.kubeconfig);
    const into = values.into ?? values.namespace ?? namespace;
    const beyond = beyondOfOptions(access, {
      outposts,
      image,
      namespace: into,
      yes: values.yes === true,
      signal: abort.signal,
    });
    const diagnosis = await diagnose(cluster, subjectOf(asked, values.namespace ?? namespace), {
      signal: abort.signal,
      now: Date.now,
      access: access === "api" ? "api" : "exec",
      ...(beyond ? { beyond } : {}),
      ...(progress ? { onProgress: progress } : {}),
    });
    if (progress) terminal.progress("");
    return await finish(diagnosis);
  } finally {
    for (const signal of endings) process.off(signal, onSignal);
    cluster.close();
  }
}

/** What ends us in good order: what was created is removed first. */
const endings = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** What was saved is judged anew, by the causes of today; so is what the objects of a dump say, in which nothing can be dialled. */
async function again(path: string, subject: Subject): Promise<Diagnosis> {
  try {
    const bundle = statSync(path).isDirectory() ? "" : openSaved(readFileSync(path, "utf8"));
    if (typeof bundle !== "string") return diagnoseSaved(bundle);
    const { objects, missed } = readDump(path);
    if (objects.length === 0)
      throw new UsageError(`--open ${path}: ${bundle || "no object of Kubernetes is in any file of that folder"}`);
    for (const sentence of missed) terminal.complain(`kube-ipv6 diagnose: ${sentence}`);
    return diagnose(dumpedCluster(objects, basename(path)), subject, { now: Date.now, access: "api" });
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`--open ${path}: ${reason(error)}`);
  }
}

function print(diagnosis: Diagnosis, format: "text" | "json" | "markdown" | "html"): Exit {
  const { missing, stopped, mayNot, observations } = diagnosis;
  for (const one of missing) terminal.complain(`kube-ipv6 diagnose: ${missingSentence(one)}`);
  // Where the cluster said nothing at all there is no report, and the reason is an error message like any other.
  const isSilent = stopped && !mayNot && (diagnosis.cancelled || !observations.some(({ answer }) => answer.ok));
  if (format === "json") terminal.printData(diagnosisToJson(diagnosis));
  else if (format === "markdown") terminal.print(diagnosisToMarkdown(diagnosis));
  else if (format === "html") terminal.printData(asHtml(diagnosis));
  else if (isSilent) return refuse(stopped);
  else if (missing.length === 0) terminal.print(diagnosisToText(diagnosis, { color: terminal.colors }));
  return exitOf(diagnosis);
}

/** Success is only what was dialled and answered. */
function exitOf({ missing, stopped, first, families, symptoms }: Diagnosis): Exit {
  if (missing.length > 0) return 2;
  if (stopped) return 3;
  if (first || families.IPv6.fails.length > 0 || families.IPv4.fails.length > 0) return 1;
  return symptoms.some((symptom) => symptom.kind === "dial" && worked(symptom)) ? 0 : 3;
}

function refuse({ message, remedy }: { readonly message: string; readonly remedy?: string }): Exit {
  terminal.complain(`kube-ipv6 diagnose: ${message}`);
  if (remedy !== undefined) terminal.complain(remedy);
  return 3;
}

function showProgress({ asking, vantage, done, total }: Progress): void {
  terminal.progress(`[${done}/${total}] ${vantage}: ${asking}`);
}

/** With all it needs in it. */
function asHtml(diagnosis: Diagnosis): string {
  const read = (name: string) => readFileSync(shipped(`media/${name}`), "utf8");
  const hash = (text: string) => createHash("sha256").update(text).digest("base64");
  const style = read("report-alone.css") + read("report.css");
  return diagnosisToHtml(diagnosis, { style, script: read("report.js"), hash });
}
