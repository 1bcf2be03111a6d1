import type { AbortSignalLike, Cluster, KubeObject } from "#core/cluster/cluster.ts";
import type { Resource } from "#core/manifest/resource.ts";
import { readPolicies } from "#core/parity/live.ts";
import type { Difference, Parity, ParitySettings } from "#core/parity/model.ts";
import { parityOf } from "#core/parity/parity.ts";
import { isPolicy } from "#core/policy/policy.ts";
import { parityToHtml } from "#core/report/page/parity.ts";
import { type PlaceOf, parityFindings, parityToJson, parityToText } from "#core/report/parity.ts";
import { parityToSarif } from "#core/report/parity-sarif.ts";
import { sentenceOf, type Unjudged } from "#core/report/unjudged.ts";
import { slashed } from "#files/slashed.ts";
import { type Exit, UsageError, version } from "./command.ts";
import { configsOf } from "./files.ts";
import { type ClusterOptions, timeoutOption, withCluster } from "./open-cluster.ts";
import { oneOf } from "./options.ts";
import { pageParts } from "./page-parts.ts";
import { type ReadManifest, readDocuments } from "./read-documents.ts";
import { terminal } from "./terminal.ts";

interface Values extends ClusterOptions {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly format?: string | undefined;
  readonly namespace?: string | undefined;
  readonly "fail-on"?: string | undefined;
}

/** What was compared, and what has to be said of it besides. */
interface Compared {
  readonly parity: Parity;
  readonly settings: ParitySettings;
  readonly placeOf: PlaceOf;
  readonly unjudged: readonly Unjudged[];
}

/** `policy --parity`: of the files, or without any of a cluster. */
export async function runParity(values: Values, paths: readonly string[]): Promise<Exit> {
  if (values.from !== undefined || values.to !== undefined)
    throw new UsageError("--parity looks at every pod, so that --from and --to say nothing");
  const format = oneOf("format", values.format, ["text", "html", "json", "sarif"]) ?? "text";
  const failOn = oneOf("fail-on", values["fail-on"], ["difference", "ipv6-open"]) ?? "difference";
  timeoutOption(values.timeout);
  const say = (compared: Compared) => tell(compared, format, failOn);
  if (paths.length > 0) return say(inFiles(paths, values.namespace));
  return withCluster("policy", values, async ({ cluster }, signal) =>
    say(await inCluster(cluster, values.namespace, signal)),
  );
}

function tell(
  compared: Compared,
  format: "text" | "html" | "json" | "sarif",
  failOn: "difference" | "ipv6-open",
): Exit {
  const { parity, settings, placeOf } = compared;
  const findings = parityFindings(parity, settings.intended, placeOf);
  const counts = findings.some(
    ({ intended, open }) => intended === undefined && (failOn === "difference" || open === "IPv6"),
  );
  // What addresses pods will have no file can say; everything else that is not known may hide a difference.
  const open = parity.unjudged.filter(({ addresses }) => !addresses);
  const unjudged: Unjudged[] = [
    ...compared.unjudged,
    ...open.map(({ because, count }) => ({ message: `not judged (${count} times): ${because}` })),
  ];
  const exit = unjudged.length > 0 ? 3 : counts ? 1 : 0;
  if (format === "json") terminal.printData(parityToJson(parity, findings, exit));
  else if (format === "sarif") terminal.printData(parityToSarif(findings, version, { unjudged, exitCode: exit }));
  else if (format === "html") terminal.printData(parityToHtml(parity, findings, unjudged.map(sentenceOf), pageParts()));
  else terminal.print(parityToText(parity, findings));
  for (const each of unjudged) terminal.complain(`kube-ipv6 policy: ${sentenceOf(each)}`);
  return exit;
}

function inFiles(paths: readonly string[], namespace: string | undefined): Compared {
  const { files, unjudged, configs } = readDocuments(paths);
  const from = new Map<KubeObject, { read: ReadManifest; document: number; resource: Resource }>();
  const all: ParitySettings[] = [];
  for (const read of files) {
    const config = configs.of(slashed(read.path))?.config;
    if (config && !all.includes(config.parity)) all.push(config.parity);
    // Where one family is served, nothing can differ.
    if (config?.cluster === "v4" || config?.cluster === "v6") continue;
    for (const [document, { resources }] of read.documents.entries())
      for (const resource of resources)
        if (!resource.embedded && resource.name !== undefined)
          from.set(resource.toJSON() as KubeObject, { read, document, resource });
  }
  const objects = [...from.keys()].filter((object) => isWanted(object, namespace));
  if (![...from.keys()].some(isPolicy))
    terminal.complain("kube-ipv6 policy: there is no policy in these files, so nothing is limited");
  const settings = joined(all);
  const placeOf: PlaceOf = ({ source, divergence }: Difference) => {
    const found = source && from.get(source);
    if (!found) return undefined;
    const { read, document, resource } = found;
    const steps = divergence.path.split(/[.[\]]+/).filter((part) => part !== "");
    const field = nearest(
      resource,
      steps.map((part) => (/^\d+$/.test(part) ? Number(part) : part)),
    );
    return { file: read.name, line: read.file.position(document, field?.start ?? 0).line };
  };
  return { parity: parityOf(objects, settings), settings, placeOf, unjudged };
}

/** The field at a path, or the last one on the way that is there. */
function nearest(resource: Resource, steps: readonly (string | number)[]) {
  for (let length = steps.length; length > 0; length--) {
    const field = resource.get(...steps.slice(0, length));
    if (field) return field;
  }
  return undefined;
}

function isWanted(object: KubeObject, namespace: string | undefined): boolean {
  const pods = [
    "Pod",
    "Deployment",
    "StatefulSet",
    "DaemonSet",
    "ReplicaSet",
    "ReplicationController",
    "Job",
    "CronJob",
  ];
  return (
    namespace === undefined ||
    !pods.includes(object.kind ?? "") ||
    (object.metadata.namespace ?? "default") === namespace
  );
}

function joined(all: readonly ParitySettings[]): ParitySettings {
  return {
    counterparts: all.flatMap(({ counterparts }) => counterparts),
    intended: all.flatMap(({ intended }) => intended),
  };
}

async function inCluster(cluster: Cluster, namespace: string | undefined, signal: AbortSignalLike): Promise<Compared> {
  const read = await readPolicies(cluster, { signal, ...(namespace === undefined ? {} : { namespace }) });
  const { objects, engine, agent, unread } = read;
  const configs = configsOf(["."]);
  const settings = configs.of(`${slashed(process.cwd())}/-`)?.config.parity ?? { counterparts: [], intended: [] };
  if (agent === undefined && objects.length > 0)
    terminal.complain(
      "kube-ipv6 policy: no agent that enforces policies was seen; what they say is judged, and may not be in force",
    );
  const unjudged: Unjudged[] = [
    ...unread.map(({ what, refusal }) => ({ message: `${what} could not be listed: ${refusal.message}` })),
    ...configs.problems.map((message) => ({ message })),
  ];
  const parity = parityOf(objects, { counterparts: settings.counterparts, ...(engine ? { engine } : {}) });
  return { parity, settings, placeOf: () => undefined, unjudged };
}
