import { createHash } from "node:crypto";
import type { KubeObject } from "#core/cluster/cluster.ts";
import { described, optionsOf, usageOf } from "#core/operations/operation.ts";
import { parityOf } from "#core/parity/parity.ts";
import { readinessOf } from "#core/readiness/live.ts";
import type { Readiness } from "#core/readiness/model.ts";
import { assess } from "#core/readiness/readiness.ts";
import { readinessToOscal } from "#core/report/oscal.ts";
import { readinessToHtml } from "#core/report/page/readiness.ts";
import {
  readinessToCsv,
  readinessToJson,
  readinessToJUnit,
  readinessToMarkdown,
  readinessToText,
} from "#core/report/readiness.ts";
import { sentenceOf } from "#core/report/unjudged.ts";
import { type CliCommand, type Exit, version } from "../command.ts";
import { timeoutOption, withCluster } from "../open-cluster.ts";
import { oneOf, parse } from "../options.ts";
import { pageParts } from "../page-parts.ts";
import { readDocuments } from "../read-documents.ts";
import { terminal } from "../terminal.ts";

export const operation = described({
  name: "readiness",
  listed: 60,
  summary: "which workloads can do without IPv4, and what keeps the others on it",
  usage: "[OPTIONS] [PATH...]",
  operands: {
    name: "paths",
    says: "files or folders with the workloads; without any the cluster is asked",
    many: true,
  },
  says: `Says of every workload whether it is of IPv4 alone, of both families but in need of IPv4, ready to do without, or not known:
on the ladder declared, assigned, listening, allowed, resolvable, reached, and the other way round by what it is connected to over IPv4, the IPv4
addresses it is told, names without AAAA records, and Services of IPv4 alone. What blocks it comes with where to change it. Only reads: the
API, and in one pod of each workload /proc/net/tcp, /proc/net/tcp6 and /etc/resolv.conf, with at most three small processes at a time; its DNS
server is asked for the names that its environment and ConfigMaps hold. No Secret is read. docs/readiness.md says what each word means.`,
  inputs: {
    context: { takes: "NAME", says: "a context of the kubeconfig", byDefault: "the current one" },
    kubeconfig: { takes: "FILE", says: "as for kubectl; KUBECONFIG and ~/.kube/config are read without it" },
    namespace: { short: "n", takes: "NAME", says: "look at the workloads of this namespace only" },
    access: {
      takes: ["api", "exec"],
      says: "how far it may look: the API alone, or into containers that run already",
      byDefault: "exec",
    },
    timeout: { takes: "SECONDS", says: "how long a single request may take", byDefault: "10" },
    format: {
      short: "o",
      takes: ["text", "markdown", "html", "csv", "junit", "json", "oscal"],
      says: "how to print; json is what compare reads, oscal an inventory as OSCAL assessment results 1.1.2",
      byDefault: "text",
    },
    quiet: { says: "say nothing of the progress" },
  },
  exits: {
    0: "every workload is ready to do without IPv4",
    1: "something needs IPv4",
    2: "wrong usage",
    3: "some workload is not known, or the cluster could not be looked at, and nothing is known to need IPv4",
  },
  writes: "nothing",
});

export const command: CliCommand = { usage: usageOf(operation), run };

const formats = ["text", "markdown", "html", "csv", "junit", "json", "oscal"] as const;

interface Seen extends Readiness {
  /** Of which cluster or files. */
  readonly context: string;
}

async function run(args: readonly string[]): Promise<Exit> {
  const { values, positionals } = parse(args, optionsOf(operation));
  const format = oneOf("format", values.format, formats) ?? "text";
  const access = oneOf("access", values.access, ["api", "exec"]) ?? "exec";
  timeoutOption(values.timeout);
  if (positionals.length > 0) return say(inFiles(positionals, values.namespace), format);
  return withCluster("readiness", values, async ({ cluster }, signal) => {
    const seen = await readinessOf(cluster, {
      exec: access === "exec",
      signal,
      ...(values.namespace === undefined ? {} : { namespace: values.namespace }),
      ...(values.quiet ? {} : { onProgress: (text: string) => terminal.progress(text) }),
    });
    if (!values.quiet) terminal.progress("");
    return say({ ...seen, context: cluster.context }, format);
  });
}

function say(seen: Seen, format: (typeof formats)[number]): Exit {
  const exit = exitOf(seen);
  print(seen, format, exit);
  const open = seen.workloads.filter(({ class: is }) => is === "unknown").length;
  if (exit === 3 && open > 0)
    terminal.complain(`kube-ipv6 readiness: ${open} of ${seen.workloads.length} workloads are not known`);
  for (const sentence of seen.unread) terminal.complain(`kube-ipv6 readiness: ${sentence}`);
  return exit;
}

/** What needs IPv4 is the answer that was looked for, whatever else is not known. */
function exitOf({ workloads, unread }: Seen): Exit {
  if (workloads.some(({ class: is }) => is === "IPv4-only" || is === "dual")) return 1;
  return unread.length > 0 || workloads.some(({ class: is }) => is === "unknown") ? 3 : 0;
}

function print(seen: Seen, format: (typeof formats)[number], exit: Exit): void {
  if (format === "json") terminal.printData(readinessToJson(seen, seen.context, exit));
  else if (format === "csv") terminal.printData(readinessToCsv(seen));
  else if (format === "junit") terminal.printData(readinessToJUnit(seen));
  else if (format === "html") terminal.printData(readinessToHtml(seen, seen.context, pageParts()));
  else if (format === "oscal")
    terminal.printData(readinessToOscal(seen, seen.context, { at: new Date().toISOString(), version, uuid }));
  else terminal.print(format === "markdown" ? readinessToMarkdown(seen) : readinessToText(seen));
}

/** Version 5 of RFC 9562, by SHA-1 of the text: the same workload has the same one in every run. */
function uuid(text: string): string {
  const bytes = createHash("sha1").update(`kube-ipv6/${text}`).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

function inFiles(paths: readonly string[], namespace: string | undefined): Seen {
  const { files, unjudged } = readDocuments(paths);
  const resources = files.flatMap(({ documents }) => documents.flatMap((document) => document.resources));
  const objects = resources
    .filter(({ embedded, name }) => !embedded && name !== undefined)
    .map((resource) => resource.toJSON() as KubeObject);
  const { differences } = parityOf(objects);
  const own = (workload: string) => namespace === undefined || workload.split(" ")[1]?.startsWith(`${namespace}/`);
  const workloads = assess({ objects, differences }).filter(({ workload }) => own(workload));
  return { workloads, unread: unjudged.map(sentenceOf), context: paths.join(" ") };
}
