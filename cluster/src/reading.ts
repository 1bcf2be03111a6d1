import {
  type AbortSignalLike,
  type Answer,
  answered,
  type Cluster,
  type PodVantage,
  type Refusal,
  refused,
  type Version,
  type Watch,
} from "#core/cluster/cluster.ts";
import { type Endpoint, type EndpointOptions, endpointOf } from "./endpoint.ts";
import { runInContainer } from "./exec.ts";
import { InstalledGroups } from "./installed-groups.ts";
import { get, json, mayI, withSignal } from "./json.ts";
import type { Kubeconfig } from "./kubeconfig.ts";
import { listAll, notKubernetes } from "./list.ts";
import { request } from "./request.ts";
import { podPath, query } from "./resource-path.ts";
import { type ServerWords, sentence, serverWords, statusRefusal } from "./status-refusal.ts";
import { watchType } from "./watch.ts";

/** A cluster that is only read, and can be left: its watches stop, its connections are closed, and what still runs over them ends. */
export interface ReadCluster extends Cluster {
  close(): void;
}

/**
 * The cluster a context stands for (the current one if none is named). Nothing is sent yet: what is wrong with the
 * kubeconfig is said here, with `config`; what is wrong with the server, by the first question.
 */
export async function openReading(
  kubeconfig: Kubeconfig,
  context?: string,
  options: EndpointOptions = {},
): Promise<Answer<ReadCluster>> {
  const opened = await endpointOf(kubeconfig, context, options);
  return opened.ok ? answered(readingOf(opened.value)) : opened;
}

/** What can be asked of the cluster behind an endpoint. Nothing here can write. */
export function readingOf(endpoint: Endpoint): ReadCluster {
  const watches = new Set<Watch>();
  const groups = new InstalledGroups(endpoint);
  return {
    context: endpoint.context,
    server: endpoint.server,
    version: (signal) => version(endpoint, signal),
    list: async (type, listOptions = {}) => {
      const missing = await groups.missing(type, listOptions.signal);
      if (missing) return missing;
      const listed = await listAll(endpoint, type, listOptions);
      return listed.ok ? answered(listed.value.objects) : listed;
    },
    get: async (type, name, getOptions = {}) =>
      (await groups.missing(type, getOptions.signal)) ?? get(endpoint, type, name, getOptions),
    watch: (type, watchOptions, listener) => keptIn(watches, watchType(endpoint, type, watchOptions, listener)),
    logs: (from, logOptions) => logs(endpoint, from, logOptions),
    run: (from, argv, runOptions) => runInContainer(endpoint, from, argv, runOptions),
    mayI: (review) => mayI(endpoint, review),
    close() {
      for (const watch of watches) watch.stop();
      endpoint.close();
    },
  };
}

function keptIn(watches: Set<Watch>, watch: Watch): Watch {
  watches.add(watch);
  const stop = () => {
    watches.delete(watch);
    watch.stop();
  };
  return { stop };
}

async function version(endpoint: Endpoint, signal: AbortSignalLike | undefined): Promise<Answer<Version>> {
  const what = "read the server's version";
  const answer = await json(endpoint, { what, path: "/version", ...withSignal(signal) });
  // Every API server has this path.
  if (!answer.ok && answer.refusal.reason === "unsupported") return notKubernetes(endpoint, what);
  if (!answer.ok) return answer;
  const { major, minor, gitVersion } = answer.value;
  if (typeof gitVersion !== "string") return notKubernetes(endpoint, what);
  // Providers append a plus sign to the minor version.
  return answered({ major: Number.parseInt(String(major), 10), minor: Number.parseInt(String(minor), 10), gitVersion });
}

async function logs(
  endpoint: Endpoint,
  { namespace, pod, container }: PodVantage,
  {
    lines,
    previous,
    signal,
  }: { readonly lines: number; readonly previous?: boolean; readonly signal?: AbortSignalLike },
): Promise<Answer<string>> {
  const what = `read the log of container "${container}" of pod ${namespace}/${pod}`;
  const fields = { container, tailLines: lines, previous: previous ? "true" : undefined };
  const path = podPath(namespace, pod, "log") + query(fields);
  const response = await request(endpoint, { what, path, ...withSignal(signal) });
  if (!response.ok) return response;
  const { status, text } = response.value;
  // 204: the pod is not scheduled yet, so nothing has been said.
  if (status === 200 || status === 204) return answered(text);
  return { ok: false, refusal: logRefusal(endpoint, what, serverWords(status, text)) };
}

function logRefusal(endpoint: Endpoint, what: string, words: ServerWords): Refusal {
  const { message } = words;
  if (/waiting to start|is not available|not found$/.test(message) && words.status === 400) {
    const reason = message.startsWith("previous") ? "not-found" : "not-running";
    return refused(reason, sentence(what, message), "Look at why with kubectl describe pod.").refusal;
  }
  if (/is not valid for pod|a container name must be specified/.test(message)) {
    return refused("not-found", sentence(what, message), "Choose one of the containers of the pod.").refusal;
  }
  return statusRefusal(endpoint, what, words);
}
