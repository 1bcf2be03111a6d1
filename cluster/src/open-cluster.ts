import {
  type AbortSignalLike,
  type Answer,
  answered,
  type Cluster,
  type KubeObject,
  type ListOptions,
  type PodVantage,
  type Refusal,
  type ResourceType,
  type Review,
  refused,
  type Version,
  type Watch,
} from "#core/cluster/cluster.ts";
import { type Endpoint, type EndpointOptions, endpointOf } from "./endpoint.ts";
import { runInContainer } from "./exec.ts";
import { InstalledGroups } from "./installed-groups.ts";
import type { Kubeconfig } from "./kubeconfig.ts";
import { isObject, listAll, notKubernetes, parsed, withoutNulls } from "./list.ts";
import { isMapping } from "./mapping.ts";
import { type Request, request } from "./request.ts";
import { podPath, query, resourcePath } from "./resource-path.ts";
import { type ServerWords, sentence, serverWords, statusRefusal } from "./status-refusal.ts";
import { watchType } from "./watch.ts";

/** A cluster that can be left: its watches stop, its connections are closed, and what still runs over them ends. */
export interface OpenCluster extends Cluster {
  close(): void;
}

/**
 * The cluster a context stands for (the current one if none is named). Nothing is sent yet: what is wrong with the
 * kubeconfig is said here, with `config`; what is wrong with the server, by the first question.
 */
export async function openCluster(
  kubeconfig: Kubeconfig,
  context?: string,
  options: EndpointOptions = {},
): Promise<Answer<OpenCluster>> {
  const opened = await endpointOf(kubeconfig, context, options);
  if (!opened.ok) return opened;
  const endpoint = opened.value;
  const watches = new Set<Watch>();
  const groups = new InstalledGroups(endpoint);
  return answered({
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
  });
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

async function get(
  endpoint: Endpoint,
  type: ResourceType,
  name: string,
  { namespace, signal }: Pick<ListOptions, "namespace" | "signal">,
): Promise<Answer<KubeObject>> {
  const what = `read ${type.resource} ${namespace === undefined ? "" : `${namespace}/`}${name}`;
  const answer = await json(endpoint, { what, path: resourcePath(type, namespace, name), ...withSignal(signal) });
  if (!answer.ok) return answer;
  return isObject(answer.value) ? answered(withoutNulls(answer.value)) : notKubernetes(endpoint, what);
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

/** https://kubernetes.io/docs/reference/kubernetes-api/authorization-resources/self-subject-access-review-v1/ */
async function mayI(endpoint: Endpoint, review: Review): Promise<Answer<boolean>> {
  const { verb, apiVersion, resource, subresource, namespace } = review;
  const slash = apiVersion.indexOf("/");
  const what = `ask whether you may ${verb} ${resource}${subresource === undefined ? "" : `/${subresource}`}`;
  const answer = await json(endpoint, {
    what,
    method: "POST",
    path: "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
    body: {
      apiVersion: "authorization.k8s.io/v1",
      kind: "SelfSubjectAccessReview",
      spec: {
        resourceAttributes: {
          verb,
          group: slash < 0 ? "" : apiVersion.slice(0, slash),
          version: apiVersion.slice(slash + 1),
          resource,
          subresource,
          namespace,
        },
      },
    },
  });
  if (!answer.ok) return answer;
  const status = answer.value.status;
  if (!isMapping(status) || typeof status.allowed !== "boolean") return notKubernetes(endpoint, what);
  return answered(status.allowed);
}

async function json(endpoint: Endpoint, asked: Request): Promise<Answer<Readonly<Record<string, unknown>>>> {
  const response = await request(endpoint, asked);
  if (!response.ok) return response;
  const { status, text } = response.value;
  if (status < 200 || status > 299)
    return { ok: false, refusal: statusRefusal(endpoint, asked.what, serverWords(status, text)) };
  const value = parsed(text);
  return value ? answered(value) : notKubernetes(endpoint, asked.what);
}

function withSignal(signal: AbortSignalLike | undefined): { readonly signal?: AbortSignalLike } {
  return signal === undefined ? {} : { signal };
}
