import type { Change, ObjectChanges, ObjectPlace, Patch, Sent } from "#core/cluster/changes.ts";
import { type AbortSignalLike, type Answer, answered, type Refusal, refused } from "#core/cluster/cluster.ts";
import { newName } from "#core/outposts/name.ts";
import { changeRecords } from "./change-records.ts";
import type { Endpoint } from "./endpoint.ts";
import { get, jsonAndWarnings, mayI, withSignal } from "./json.ts";
import { isObject, notKubernetes, withoutNulls } from "./list.ts";
import { thisProcess } from "./owner-process.ts";
import type { RecordFolder } from "./record-folder.ts";
import { query, resourcePath } from "./resource-path.ts";

/** The one way to change what is not ours: a merge patch of one object, which the server refuses if its version is another. */
export function changesIn(
  endpoint: Endpoint,
  kubeconfig: string | undefined,
  records: RecordFolder<Change> = changeRecords(),
): ObjectChanges {
  return {
    context: endpoint.context,
    server: endpoint.server,
    hindrance: (place, signal) => hindrance(endpoint, place, signal),
    look: ({ type, name, namespace }, signal) =>
      get(endpoint, type, name, { ...(namespace === undefined ? {} : { namespace }), ...withSignal(signal) }),
    tried: (place, patch, signal) => send(endpoint, place, patch, { dryRun: "All" }, signal),
    make: (place, patch) => send(endpoint, place, patch, {}),
    write: (change) => records.write(change),
    forget: (id) => records.forget(id),
    records: () => records.entries().filter(({ server }) => server === endpoint.server),
    begin: () => ({
      format: 1,
      id: newName().replace("kube-ipv6", "change"),
      context: endpoint.context,
      server: endpoint.server,
      ...(kubeconfig === undefined ? {} : { kubeconfig }),
      at: Date.now(),
      process: thisProcess(),
    }),
  };
}

/** https://kubernetes.io/docs/reference/using-api/api-concepts/#dry-run, https://www.rfc-editor.org/rfc/rfc7396 */
async function send(
  endpoint: Endpoint,
  place: ObjectPlace,
  body: Patch,
  options: { readonly dryRun?: "All" },
  signal?: AbortSignalLike,
): Promise<Answer<Sent>> {
  const { type, kind, namespace, name } = place;
  const what = `change ${kind} ${namespace === undefined ? "" : `${namespace}/`}${name}`;
  const answer = await jsonAndWarnings(endpoint, {
    what,
    method: "PATCH",
    path: `${resourcePath(type, namespace, name)}${query({ ...options, fieldManager: "kube-ipv6", fieldValidation: "Strict" })}`,
    contentType: "application/merge-patch+json",
    body,
    ...withSignal(signal),
  });
  if (!answer.ok) return answer;
  const { value, warnings } = answer.value;
  return isObject(value) ? answered({ object: withoutNulls(value), warnings }) : notKubernetes(endpoint, what);
}

async function hindrance(
  endpoint: Endpoint,
  { type, name, namespace }: ObjectPlace,
  signal: AbortSignalLike | undefined,
): Promise<Refusal | undefined> {
  const answer = await mayI(endpoint, { verb: "patch", ...type, name, ...(namespace ? { namespace } : {}) }, signal);
  if (!answer.ok) return answer.refusal;
  if (answer.value) return undefined;
  const where = namespace === undefined ? "in this cluster" : `in namespace "${namespace}"`;
  return refused(
    "forbidden",
    `You may not patch ${type.resource} ${where}.`,
    `\`kube-ipv6 rbac --access exec --fix\` prints the role that allows it.`,
  ).refusal;
}
