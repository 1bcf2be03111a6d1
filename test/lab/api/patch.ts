import { isDeepStrictEqual } from "node:util";
import type { Any } from "../objects/object.ts";
import { ApiError } from "./status.ts";

/** Applies a patch of any of the four kinds Kubernetes knows to an object and returns the new one. Throws 415 and 422. */
export function applyPatch(contentType: string, before: Any, patch: Any): Any {
  if (contentType === "application/merge-patch+json") return mergePatch(before, patch);
  if (contentType === "application/strategic-merge-patch+json") return strategic(before, patch, "");
  if (contentType === "application/apply-patch+yaml") return strategic(before, patch, "");
  if (contentType === "application/json-patch+json") return jsonPatch(before, patch);
  throw new ApiError(415, "UnsupportedMediaType", "415: Unsupported Media Type", {});
}

/** RFC 7386. */
function mergePatch(before: Any, patch: Any): Any {
  if (!isObject(patch)) return patch;
  const result: Any = isObject(before) ? { ...before } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = mergePatch(result[key], value);
  }
  return result;
}

/** The field that tells the entries of a list apart, per list; lists not named here are replaced as a whole. */
const mergeKeys: Record<string, string[]> = {
  containers: ["name"],
  initContainers: ["name"],
  ephemeralContainers: ["name"],
  env: ["name"],
  volumes: ["name"],
  volumeMounts: ["mountPath"],
  imagePullSecrets: ["name"],
  hostAliases: ["ip"],
  conditions: ["type"],
  addresses: ["type"],
  ownerReferences: ["uid"],
  ports: ["containerPort", "port"],
};

/** @see https://github.com/kubernetes/community/blob/main/contributors/devel/sig-api-machinery/strategic-merge-patch.md */
function strategic(before: Any, patch: Any, field: string): Any {
  if (Array.isArray(patch)) return strategicList(Array.isArray(before) ? before : [], patch, field);
  if (!isObject(patch)) return patch;
  if (patch.$patch === "replace") return without(patch, "$patch");
  const result: Any = isObject(before) ? { ...before } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith("$")) continue;
    if (value === null) delete result[key];
    else result[key] = strategic(result[key], value, key);
  }
  return result;
}

function strategicList(before: Any[], patch: Any[], field: string): Any[] {
  if (field === "finalizers") return [...new Set([...before, ...patch])];
  const key = mergeKeys[field]?.find((each) =>
    patch.every((entry) => isObject(entry) && (each in entry || "$patch" in entry)),
  );
  if (key === undefined) return patch;
  if (patch.some((entry) => entry.$patch === "replace")) return patch.filter((entry) => entry.$patch === undefined);
  let result = [...before];
  for (const entry of patch) {
    const at = result.findIndex((each) => each?.[key] === entry[key]);
    if (entry.$patch === "delete") result = result.filter((each) => each?.[key] !== entry[key]);
    else if (at < 0) result.push(entry);
    else result[at] = strategic(result[at], entry, "");
  }
  return result;
}

/** RFC 6902. Any operation that cannot be done refuses the whole patch. */
function jsonPatch(before: Any, operations: Any): Any {
  if (!Array.isArray(operations)) throw rejected();
  const result = structuredClone(before);
  for (const operation of operations) applyOperation(result, operation);
  return result;
}

function applyOperation(root: Any, { op, path, value, from }: Any): void {
  if (op === "test") {
    if (!isDeepStrictEqual(take(root, path, false), value)) throw rejected();
  } else if (op === "remove") take(root, path, true);
  else if (op === "move") put(root, path, take(root, from, true), false);
  else if (op === "copy") put(root, path, structuredClone(take(root, from, false)), false);
  else if (op === "add" || op === "replace") put(root, path, value, op === "replace");
  else throw rejected();
}

function steps(path: Any): string[] {
  if (typeof path !== "string" || !path.startsWith("/")) throw rejected();
  return path
    .slice(1)
    .split("/")
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function parent(root: Any, path: string[]): Any {
  const found = path
    .slice(0, -1)
    .reduce((at, step) => (at === null || typeof at !== "object" ? undefined : at[step]), root);
  if (found === null || typeof found !== "object") throw rejected();
  return found;
}

function take(root: Any, path: Any, remove: boolean): Any {
  const all = steps(path);
  const holder = parent(root, all);
  const key = all.at(-1) ?? "";
  if (!(key in holder)) throw rejected();
  const value = holder[key];
  if (remove && Array.isArray(holder)) holder.splice(Number(key), 1);
  else if (remove) delete holder[key];
  return value;
}

function put(root: Any, path: Any, value: Any, mustExist: boolean): void {
  const all = steps(path);
  const holder = parent(root, all);
  const key = all.at(-1) ?? "";
  if (mustExist && !(key in holder)) throw rejected();
  if (Array.isArray(holder) && !mustExist) holder.splice(key === "-" ? holder.length : Number(key), 0, value);
  else holder[key] = value;
}

function rejected(): ApiError {
  return new ApiError(422, "Invalid", "the server rejected our request due to an error in our request", {});
}

function without(value: Any, key: string): Any {
  const { [key]: _, ...rest } = value;
  return rest;
}

function isObject(value: unknown): value is Record<string, Any> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
