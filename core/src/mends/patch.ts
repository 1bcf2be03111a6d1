import type { Change, Patch } from "../cluster/changes.ts";
import type { KubeObject } from "../cluster/cluster.ts";
import { isMapping, mapping } from "../policy/read.ts";

/** What a merge patch has replaced: the patch that puts it back. */
export function inverseOf(patch: Patch, before: unknown): Patch {
  const had = mapping(before);
  return Object.fromEntries(
    Object.entries(patch).map(([key, value]) => [
      key,
      isMapping(value) && isMapping(had[key]) ? inverseOf(value, had[key]) : (had[key] ?? null),
    ]),
  );
}

/** Whether an object is as a patch makes it; `null` is what is not there. */
export function isAsPatched(patch: Patch, object: unknown): boolean {
  return amiss(patch, object).length === 0;
}

/** The fields of a patch that an object has otherwise: `spec.ipFamilies`. */
export function amiss(patch: Patch, object: unknown, within: readonly string[] = []): readonly string[] {
  const has = mapping(object);
  return Object.entries(patch).flatMap(([key, value]) => {
    const path = [...within, key];
    if (isMapping(value)) return amiss(value, has[key], path);
    return same(value ?? null, has[key] ?? null) ? [] : [path.join(".")];
  });
}

/** The patch that makes `to` of `from`, as far as they differ. */
export function between(from: unknown, to: unknown): Patch {
  const [old, wanted] = [mapping(from), mapping(to)];
  const keys = [...new Set([...Object.keys(old), ...Object.keys(wanted)])];
  return Object.fromEntries(
    keys
      .filter((key) => !same(old[key], wanted[key]))
      .map((key) => [
        key,
        isMapping(old[key]) && isMapping(wanted[key]) ? between(old[key], wanted[key]) : (wanted[key] ?? null),
      ]),
  );
}

/** With the version that the object has to have: the server refuses it otherwise. */
export function versioned(patch: Patch, resourceVersion: string): Patch {
  return { ...patch, metadata: { ...mapping(patch.metadata), resourceVersion } };
}

/** The patches that undo it, the least one first: the server gives and takes other fields by itself. */
export function undoings({ patch, before, after }: Pick<Change, "patch" | "before" | "after">): readonly Patch[] {
  const least = inverseOf(patch, before);
  return after === undefined ? [least] : [least, between(after, before)];
}

/** An object without what the server keeps about it: status, version, time and who wrote what. */
export function bare({ apiVersion, kind, metadata, status: _, ...rest }: KubeObject): KubeObject {
  const { name, namespace, labels, annotations, uid } = metadata;
  const kept = { name, namespace, uid, labels, annotations };
  return JSON.parse(JSON.stringify({ apiVersion, kind, metadata: kept, ...rest })) as KubeObject;
}

export function same(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((one, at) => same(one, b[at]));
  if (!isMapping(a) || !isMapping(b)) return a === b;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => same(a[key], b[key]));
}
