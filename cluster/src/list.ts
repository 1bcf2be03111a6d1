import {
  type Answer,
  answered,
  type KubeObject,
  type ListOptions,
  type ResourceType,
  refused,
} from "#core/cluster/cluster.ts";
import type { Endpoint } from "./endpoint.ts";
import { readItems } from "./list-reader.ts";
import { isMapping } from "./mapping.ts";
import { request } from "./request.ts";
import { query, resourceInWords, resourcePath } from "./resource-path.ts";
import { sentence, serverWords, statusRefusal } from "./status-refusal.ts";

export interface ListedObjects {
  readonly objects: readonly KubeObject[];
  /** Where a watch goes on from. */
  readonly resourceVersion: string;
}

/** As many as kubectl asks for at a time. */
const pageSize = 500;

/** Every object of a type, page by page, in the API's order. */
export async function listAll(
  endpoint: Endpoint,
  type: ResourceType,
  options: ListOptions,
): Promise<Answer<ListedObjects>> {
  const objects: KubeObject[] = [];
  let page = await readPage(endpoint, type, options, { limit: pageSize });
  let last: string | undefined;
  for (let pages = 1; page !== "expired" && page.ok; pages++) {
    // Not by spreading: an argument list has a limit, and the page of a server that ignores `limit` has none.
    for (const object of page.value.objects) objects.push(object);
    const { next, resourceVersion } = page.value;
    if (next === undefined) return answered({ objects, resourceVersion });
    if (next === last || pages === mostPages) return endless(type, options);
    last = next;
    page = await readPage(endpoint, type, options, { limit: pageSize, continue: next });
  }
  return page === "expired" ? listAtOnce(endpoint, type, options) : page;
}

/** Ten times the objects of the largest clusters. */
const mostPages = 3_000;

/** A cache on the way that answers every page with the same, for instance. */
function endless(type: ResourceType, options: ListOptions) {
  const what = `list ${resourceInWords(type, options)}`;
  return refused(
    "failed",
    sentence(what, "the list has no end"),
    "Look at what stands between here and the API server.",
  );
}

/**
 * The server keeps a list for some minutes only; when it expires between two pages, the list starts anew without pages,
 * as client-go's pager does: the token for the rest would mix two moments.
 * https://kubernetes.io/docs/reference/using-api/api-concepts/#retrieving-large-results-sets-in-chunks
 */
async function listAtOnce(
  endpoint: Endpoint,
  type: ResourceType,
  options: ListOptions,
): Promise<Answer<ListedObjects>> {
  const page = await readPage(endpoint, type, options, {});
  if (page !== "expired") return page;
  return refused(
    "failed",
    sentence(`list ${resourceInWords(type, options)}`, "the server says that it expired at once"),
  );
}

interface Page extends ListedObjects {
  readonly next: string | undefined;
}

async function readPage(
  endpoint: Endpoint,
  type: ResourceType,
  options: ListOptions,
  paging: { readonly limit?: number; readonly continue?: string | undefined },
): Promise<Answer<Page> | "expired"> {
  const { namespace, labelSelector, fieldSelector, signal } = options;
  const what = `list ${resourceInWords(type, options)}`;
  const path = resourcePath(type, namespace) + query({ labelSelector, fieldSelector, ...paging });
  // A request may be made again, and then begins anew.
  let items: KubeObject[] = [];
  let odd = false;
  const read = (body: AsyncIterable<Buffer>) => {
    items = [];
    return readItems(body, (item) => {
      if (!isObject(item)) return;
      const kept = keptOf(withoutNulls(item), options.keep);
      if (kept) items.push(kept);
      else odd = true;
    });
  };
  const response = await request(endpoint, { what, path, read, ...(signal ? { signal } : {}) });
  if (!response.ok) return response;
  const { status, text } = response.value;
  if (status === 410) return "expired";
  if (status !== 200) return { ok: false, refusal: statusRefusal(endpoint, what, serverWords(status, text)) };
  const page = odd ? undefined : pageIn(text, items, options.keep !== undefined);
  return page ?? notKubernetes(endpoint, what);
}

/** undefined where its parts are not of the types that Kubernetes gives them, so that nothing can be kept of it. */
function keptOf(item: KubeObject, keep: ListOptions["keep"]): KubeObject | undefined {
  try {
    return keep ? keep(item) : item;
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function pageIn(text: string, items: readonly KubeObject[], kept: boolean): Answer<Page> | undefined {
  const list = parsedJson(text);
  if (!list || !Array.isArray(list.items)) return undefined;
  const metadata = isMapping(list.metadata) ? list.metadata : {};
  const apiVersion = String(list.apiVersion);
  const { kind } = list;
  // The items of a typed list say neither what they are nor of which version.
  const own =
    typeof kind === "string" && kind.endsWith("List") ? { apiVersion, kind: kind.slice(0, -"List".length) } : {};
  return answered({
    objects: kept ? items : items.map((item) => ({ ...own, ...item })),
    resourceVersion: typeof metadata.resourceVersion === "string" ? metadata.resourceVersion : "",
    next: typeof metadata.continue === "string" && metadata.continue !== "" ? metadata.continue : undefined,
  });
}

/** An object has at least a name; what has none is not one. */
export function isObject(value: unknown): value is KubeObject {
  return isMapping(value) && isMapping(value.metadata) && typeof value.metadata.name === "string";
}

/** A part that is null is one that is not there; readers ask only whether it is. */
export function withoutNulls(object: KubeObject): KubeObject {
  for (const part of ["spec", "status", "data"]) if (object[part] === null) Reflect.deleteProperty(object, part);
  return object;
}

export function parsedJson(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isMapping(value) ? value : undefined;
  } catch {
    // The caller says that the answer is not Kubernetes', which is all there is to say.
    return undefined;
  }
}

export function notKubernetes({ names, host }: Endpoint, what: string) {
  const message = sentence(what, `${host} did not answer as a Kubernetes API server does`);
  return refused(
    "failed",
    message,
    `Check \`server:\` of cluster "${names.cluster}" in ${names.file}: a login page or a proxy may answer instead.`,
  );
}
