import type { ObjectChanges, ObjectPlace, Patch, WantedMend } from "../cluster/changes.ts";
import type { Cluster, KubeObject } from "../cluster/cluster.ts";
import { list, mapping } from "../policy/read.ts";
import { bare, same, versioned } from "./patch.ts";
import type { MendContext, MendWay, Not } from "./way.ts";
import { ways } from "./ways/index.ts";

/** A change that the server would make, as its dry run says, for a person to see. */
export interface ProposedChange {
  readonly way: MendWay;
  readonly place: ObjectPlace;
  readonly patch: Patch;
  /** The object as it is, and as it would be. */
  readonly before: KubeObject;
  readonly after: KubeObject;
  /** The version it has to have still. */
  readonly version: string;
  /** What is to be known before a yes. */
  readonly besides: readonly string[];
  /** What a person has to do afterwards; the arguments of a kubectl. */
  readonly afterwards: readonly string[];
}

/**
 * Looks at the object as it is, asks the way what is to be changed and the server, by a dry run, what would come of it. Why it is not
 * offered otherwise; in the server's words where it refuses. Nothing is changed.
 */
export async function propose(
  cluster: Cluster,
  changes: ObjectChanges,
  wanted: WantedMend,
  { from, signal }: Pick<MendContext, "from" | "signal"> = {},
): Promise<ProposedChange | Not> {
  const way = (ways as Readonly<Record<string, MendWay | undefined>>)[wanted.mend];
  if (!way) return { not: `there is no way to mend called ${wanted.mend}` };
  const found = await located(changes, way, wanted, signal);
  if ("not" in found) return found;
  const { place, object } = found;
  const owner = ownerOf(object);
  if (owner.writes) return { not: `${owner.says}: change it there` };
  const forbidden = await changes.hindrance(place, signal);
  if (forbidden) return { not: `${forbidden.message} ${forbidden.remedy ?? ""}`.trim() };
  const around = { cluster, wanted, ...(from === undefined ? {} : { from }), ...(signal ? { signal } : {}) };
  const patch = await way.patch(object, around);
  if ("not" in patch) return patch as Not;
  const version = object.metadata.resourceVersion ?? "";
  const tried = await changes.tried(place, versioned(patch, version), signal);
  if (!tried.ok) return { not: tried.refusal.message };
  const { object: changed, warnings } = tried.value;
  const [before, after] = [bare(object), bare(changed)];
  if (same(before, after)) return { not: "the server would change nothing" };
  const lacks = way.lacks?.(changed);
  if (lacks !== undefined) return { not: lacks };
  const besides = [
    ...way.besides(object),
    ...(owner.says === undefined ? [] : [`${owner.says}.`]),
    ...warnings.map((text) => `The server warns: ${text.replace(/\.?$/, ".")}`),
  ];
  return { way, place, patch, before, after, version, besides, afterwards: way.afterwards?.(changed) ?? [] };
}

/** Where it is kept, by the first type that knows it. */
async function located(
  changes: ObjectChanges,
  { kind, types }: MendWay,
  { namespace, name }: WantedMend,
  signal: MendContext["signal"],
): Promise<{ readonly place: ObjectPlace; readonly object: KubeObject } | Not> {
  let why = "";
  for (const type of types) {
    const place = { type, kind, name, ...(namespace === undefined ? {} : { namespace }) };
    const found = await changes.look(place, signal);
    if (found.ok) return { place, object: found.value };
    why = found.refusal.message;
    if (!["not-found", "unsupported"].includes(found.refusal.reason)) break;
  }
  return { not: why };
}

/** Who made it, and may write it again. */
function ownerOf({ metadata }: KubeObject): { readonly says?: string; readonly writes?: boolean } {
  const { ownerReferences = [], labels = {}, annotations = {} } = metadata;
  const owner = list(ownerReferences)
    .map(mapping)
    .find(({ controller }) => controller === true);
  if (owner) return { says: `${String(owner.kind)} ${String(owner.name)} owns it and writes it anew`, writes: true };
  const managed = labels["app.kubernetes.io/managed-by"];
  if (managed === "tigera-operator") return { says: "Calico's operator writes it anew", writes: true };
  if (annotations["argocd.argoproj.io/tracking-id"] !== undefined)
    return { says: "Argo CD keeps it: what Git says comes back with the next sync, so change it there as well" };
  if (labels["kustomize.toolkit.fluxcd.io/name"] !== undefined || labels["helm.toolkit.fluxcd.io/name"] !== undefined)
    return { says: "Flux keeps it: what Git says comes back with the next reconciliation, so change it there as well" };
  if (labels["addonmanager.kubernetes.io/mode"] === "Reconcile")
    return { says: "the addon manager writes it anew", writes: true };
  if (managed === "Helm")
    return { says: "Helm made it: the next upgrade may take the change back, so change its values as well" };
  return {};
}
