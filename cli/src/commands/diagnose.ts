import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseAddress } from "#core/addresses/address.ts";
import type { Answer, Cluster } from "#core/cluster/cluster.ts";
import { diagnoseDemo } from "#core/diagnosis/demo.ts";
import {
  type Diagnosis,
  diagnose,
  diagnoseSaved,
  openSaved,
  type Progress,
  parseTarget,
  type Subject,
  saved,
} from "#core/diagnosis/diagnosis.ts";
import { diagnosisToJson, diagnosisToMarkdown, diagnosisToText } from "#core/report/diagnosis.ts";
import { type Command, type Exit, UsageError } from "../command.ts";
import { oneOf, parse } from "../options.ts";
import { terminal } from "../terminal.ts";

const usage = `Usage: kube-ipv6 diagnose [OPTIONS]

Asks a cluster what works over IPv4 and over IPv6, and names the root cause of what does not, with the evidence, the kubectl
command behind every observation, and the fix. Only reads: the API, files in containers that run already, TCP connections from
them. Without --from and --to it chooses pods of its own and looks at the whole cluster; with --from alone it looks at the
cluster from that pod. Both dial two public DNS servers as well, unless --no-outside or --outside says otherwise.

  --context NAME        a context of the kubeconfig (the current one)
  --kubeconfig FILE     as for kubectl; KUBECONFIG and ~/.kube/config are read without it
  --from NS/POD         the pod to look from
  --to TARGET           NS/POD, svc/NS/NAME, node/NAME, an address, a name; with :PORT where it matters
  --outside ADDRESS     dialled from the pod on port 53 to see whether it gets out, instead of the public DNS servers
                        2001:4860:4860::8888 and 8.8.8.8; may be repeated. Only without --to
  --no-outside          send nothing out of the cluster
  --timeout SECONDS     how long a single request may take (10)
  --demo                a recorded cluster with a fault in it, no cluster needed
  --access LEVEL        how far it may look: api, or exec (in containers that run already; the default)
  --yes                 answers yes to what a level above exec would ask first; api and exec ask nothing
  --save FILE           keep what was observed, to be judged again with --open
  --open FILE           a diagnosis that was saved, no cluster needed
  --format text|json|markdown   json is described by docs/diagnose.schema.json
  --quiet               say nothing of the progress

The kubeconfig's credential plugin is started, as kubectl does.
Exit code: 0 nothing fails over IPv6, 1 something does, 2 wrong usage, 3 the cluster could not be looked at.
`;

const options = {
  context: { type: "string" },
  kubeconfig: { type: "string" },
  from: { type: "string" },
  to: { type: "string" },
  outside: { type: "string", multiple: true },
  "no-outside": { type: "boolean" },
  timeout: { type: "string" },
  demo: { type: "boolean" },
  access: { type: "string" },
  yes: { type: "boolean" },
  save: { type: "string" },
  open: { type: "string" },
  format: { type: "string" },
  quiet: { type: "boolean" },
} as const;

export const command: Command = { usage, run };

async function run(args: readonly string[]): Promise<Exit> {
  const { values, positionals } = parse(args, options);
  if (positionals.length > 0) throw new UsageError(`"${positionals[0]}" is no option; the target goes behind --to`);
  const format = oneOf("format", values.format, ["text", "json", "markdown"]) ?? "text";
  const subject = subjectOf(values.from, values.to);
  const outside = outsideOf(values.outside, values["no-outside"] === true);
  const timeout = seconds(values.timeout);
  const access = oneOf("access", values.access, ["api", "exec"]);
  const finish = (diagnosis: Diagnosis): Exit => {
    if (values.save !== undefined) writeFileSync(values.save, `${JSON.stringify(saved(diagnosis))}\n`);
    return print(diagnosis, format);
  };
  if (values.open !== undefined) return finish(await again(values.open));
  if (values.demo) return finish(await diagnoseDemo(JSON.parse(readFileSync(demoFile(), "utf8"))));

  const opened = await open(values.kubeconfig, values.context, timeout);
  if (!opened.ok) return refuse(opened.refusal);
  const cluster = opened.value;
  const abort = new AbortController();
  const onSignal = () => abort.abort();
  process.once("SIGINT", onSignal);
  try {
    const version = await cluster.version(abort.signal);
    if (!version.ok) return refuse(version.refusal);
    const progress = values.quiet ? undefined : showProgress;
    const diagnosis = await diagnose(cluster, subject, {
      signal: abort.signal,
      now: Date.now,
      ...(access ? { access } : {}),
      ...(outside ? { outside } : {}),
      ...(progress ? { onProgress: progress } : {}),
    });
    if (progress) terminal.progress("");
    return finish(diagnosis);
  } finally {
    process.off("SIGINT", onSignal);
    cluster.close();
  }
}

/** What was saved is judged anew, by the causes of today. */
async function again(path: string): Promise<Diagnosis> {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new UsageError(`--open: ${error instanceof Error ? error.message : String(error)}`);
  }
  const bundle = openSaved(text);
  if (typeof bundle === "string") throw new UsageError(`--open ${path}: ${bundle}`);
  return diagnoseSaved(bundle);
}

/** The Kubernetes client is loaded only when a cluster is asked. */
async function open(
  path: string | undefined,
  context: string | undefined,
  timeout: number,
): Promise<Answer<Cluster & { close(): void }>> {
  const { readKubeconfig } = await import("#cluster/kubeconfig.ts");
  const { openCluster } = await import("#cluster/open-cluster.ts");
  const kubeconfig = await readKubeconfig({ env: process.env, ...(path === undefined ? {} : { path }) });
  return kubeconfig.ok ? openCluster(kubeconfig.value, context, { allowExec: true, timeout }) : kubeconfig;
}

function subjectOf(from: string | undefined, to: string | undefined): Subject {
  const source = from === undefined ? undefined : parseTarget(from.includes("/") ? from : `default/${from}`);
  if (from !== undefined && source?.kind !== "pod") throw new UsageError(`--from is NAMESPACE/POD, not "${from}"`);
  const target = to === undefined ? undefined : parseTarget(to);
  if (to !== undefined && !target) throw new UsageError(`--to: "${to}" is no pod, Service, node, address or name`);
  return {
    ...(source?.kind === "pod" ? { from: { namespace: source.namespace, name: source.name } } : {}),
    ...(target ? { to: target } : {}),
  };
}

function outsideOf(addresses: readonly string[] | undefined, none: boolean): readonly string[] | undefined {
  if (none && addresses) throw new UsageError("--outside and --no-outside contradict each other");
  const wrong = addresses?.find((text) => parseAddress(text) === undefined);
  if (wrong !== undefined) throw new UsageError(`--outside: "${wrong}" is no IPv4 or IPv6 address`);
  return none ? [] : addresses;
}

function seconds(text: string | undefined): number {
  const value = text === undefined ? 10 : Number(text);
  if (!Number.isFinite(value) || value <= 0) throw new UsageError(`--timeout is a number of seconds, not "${text}"`);
  return value * 1000;
}

function print(diagnosis: Diagnosis, format: "text" | "json" | "markdown"): Exit {
  if (format === "json") terminal.printData(diagnosisToJson(diagnosis));
  else if (format === "markdown") terminal.print(diagnosisToMarkdown(diagnosis));
  else terminal.print(diagnosisToText(diagnosis, { color: terminal.colors }));
  const looked = diagnosis.symptoms.some(({ outcome }) => outcome !== "not-looked");
  if (diagnosis.cancelled || (!looked && !diagnosis.first)) return 3;
  return diagnosis.first || diagnosis.families.IPv6.fails.length > 0 ? 1 : 0;
}

function refuse({ message, remedy }: { readonly message: string; readonly remedy?: string }): Exit {
  terminal.complain(`kube-ipv6 diagnose: ${message}`);
  if (remedy !== undefined) terminal.complain(remedy);
  return 3;
}

function showProgress({ asking, vantage, done, total }: Progress): void {
  terminal.progress(`[${done}/${total}] ${vantage}: ${asking}`);
}

/** Beside the bundle's folder as it is shipped, or at the project's top when run from the sources. */
function demoFile(): string {
  const here = import.meta.dirname;
  return join(here, here.endsWith("commands") ? "../../.." : "..", "demo/cluster.json");
}
