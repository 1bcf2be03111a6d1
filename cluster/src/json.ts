import {
  type AbortSignalLike,
  type Answer,
  answered,
  type KubeObject,
  type ListOptions,
  type ResourceType,
  type Review,
} from "#core/cluster/cluster.ts";
import type { Endpoint } from "./endpoint.ts";
import { isObject, notKubernetes, parsedJson, withoutNulls } from "./list.ts";
import { isMapping } from "./mapping.ts";
import { type Request, request } from "./request.ts";
import { resourcePath } from "./resource-path.ts";
import { serverWords, statusRefusal } from "./status-refusal.ts";

/** The object that a success answers with; any other status is a refusal in the server's words. */
export async function json(endpoint: Endpoint, asked: Request): Promise<Answer<Readonly<Record<string, unknown>>>> {
  const told = await jsonAndWarnings(endpoint, asked);
  return told.ok ? answered(told.value.value) : told;
}

/** The same with what the server warns of. */
export async function jsonAndWarnings(
  endpoint: Endpoint,
  asked: Request,
): Promise<Answer<{ readonly value: Readonly<Record<string, unknown>>; readonly warnings: readonly string[] }>> {
  const response = await request(endpoint, asked);
  if (!response.ok) return response;
  const { status, text, warnings } = response.value;
  if (status < 200 || status > 299)
    return { ok: false, refusal: statusRefusal(endpoint, asked.what, serverWords(status, text)) };
  const value = parsedJson(text);
  return value ? answered({ value, warnings }) : notKubernetes(endpoint, asked.what);
}

export function withSignal(signal: AbortSignalLike | undefined): { readonly signal?: AbortSignalLike } {
  return signal === undefined ? {} : { signal };
}

export async function get(
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

/** https://kubernetes.io/docs/reference/kubernetes-api/authorization-resources/self-subject-access-review-v1/ */
export async function mayI(endpoint: Endpoint, review: Review, signal?: AbortSignalLike): Promise<Answer<boolean>> {
  const { verb, apiVersion, resource, subresource, namespace, name } = review;
  const slash = apiVersion.indexOf("/");
  const what = `ask whether you may ${verb} ${resource}${subresource === undefined ? "" : `/${subresource}`}`;
  const answer = await json(endpoint, {
    what,
    method: "POST",
    ...withSignal(signal),
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
          name,
        },
      },
    },
  });
  if (!answer.ok) return answer;
  const status = answer.value.status;
  if (!isMapping(status) || typeof status.allowed !== "boolean") return notKubernetes(endpoint, what);
  return answered(status.allowed);
}
