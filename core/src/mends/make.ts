import type { Change, ObjectChanges } from "../cluster/changes.ts";
import type { KubeObject } from "../cluster/cluster.ts";
import { amiss, bare, between, inverseOf, isAsPatched, undoings, versioned } from "./patch.ts";
import type { ProposedChange } from "./propose.ts";
import type { Not } from "./way.ts";

/** What it is for: the cause, and the options that ask the same again. */
export interface Purpose {
  readonly cause: string;
  readonly asked: readonly string[];
}

/**
 * Makes what was shown and agreed to, if the object is still as it was then. It stands on record before it is sent; where the answer is
 * lost, the object says what came of it.
 */
export async function make(changes: ObjectChanges, proposal: ProposedChange, purpose: Purpose): Promise<Change | Not> {
  const { way, place, patch, before, version } = proposal;
  const change: Change = { ...changes.begin(), phase: "begun", place, says: way.says, ...purpose, patch, before };
  try {
    changes.write(change);
  } catch (error) {
    return { not: `nothing was changed, because it could not be written down first: ${String(error)}` };
  }
  const sent = await changes.make(place, versioned(patch, version));
  if (sent.ok) return written(changes, { ...change, phase: "made", after: bare(sent.value.object) });
  const state = await changeState(changes, change);
  if (state.is === "made") return written(changes, { ...change, phase: "made", after: bare(state.object) });
  // A request whose answer is lost may still be on its way.
  const lost = ["timeout", "unreachable", "cancelled"].includes(sent.refusal.reason);
  if (state.is === "not made" && !lost) changes.forget(change.id);
  return { not: lost ? `${sent.refusal.message} It stays on record: ${change.id}.` : sent.refusal.message };
}

function written(changes: ObjectChanges, change: Change): Change {
  changes.write(change);
  return change;
}

/** How a change that is on record stands in the cluster. */
export type ChangeState =
  | { readonly is: "made" | "not made"; readonly object: KubeObject }
  /** The fields that it is about are neither as they were nor as it made them. */
  | { readonly is: "changed since"; readonly object: KubeObject; readonly fields: readonly string[] }
  | { readonly is: "gone" }
  | { readonly is: "not known"; readonly why: string };

export async function changeState(changes: ObjectChanges, change: Change): Promise<ChangeState> {
  const { place, patch, before, after } = change;
  const found = await changes.look(place);
  if (!found.ok)
    return found.refusal.reason === "not-found" ? { is: "gone" } : { is: "not known", why: found.refusal.message };
  const object = found.value;
  if (object.metadata.uid !== before.metadata.uid) return { is: "gone" };
  const undone = inverseOf(patch, before);
  if (isAsPatched(undone, object)) return { is: "not made", object };
  // What the server has given with it is looked at, too.
  const given = after === undefined ? {} : between(before, after);
  const changed = [...new Set([...amiss(patch, object), ...amiss(given, object)])];
  return changed.length === 0 ? { is: "made", object } : { is: "changed since", object, fields: changed };
}

/** Puts it back as it was, where nobody has changed those fields since. */
export async function undo(changes: ObjectChanges, change: Change): Promise<{ readonly done: string } | Not> {
  const state = await changeState(changes, change);
  const what = `${change.place.kind} ${placeName(change)}`;
  if (state.is === "not known") return { not: state.why };
  if (state.is === "not made" && mayBeOnItsWay(change, changes.begin().at))
    return {
      not: `${what} is as it was before, and the request that changes it may still be on its way: ask again in a minute`,
    };
  if (state.is === "gone" || state.is === "not made") {
    changes.forget(change.id);
    return { done: state.is === "gone" ? `${what} is gone, and the change with it` : `${what} is as it was before` };
  }
  if (state.is === "changed since")
    return { not: `somebody has changed ${state.fields.join(" and ")} of ${what} since: it is left as it is` };
  const version = state.object.metadata.resourceVersion ?? "";
  const now = bare(state.object);
  const given = between(change.before, change.after ?? now);
  let refused = "";
  for (const patch of undoings({ ...change, after: change.after ?? now })) {
    const tried = await changes.tried(change.place, versioned(patch, version));
    if (!tried.ok) refused = tried.refusal.message;
    else if (!isAsPatched(inverseOf(given, change.before), tried.value.object))
      refused = `${what} would not be as it was before`;
    else {
      changes.write({ ...change, phase: "undoing" });
      const sent = await changes.make(change.place, versioned(patch, version));
      if (!sent.ok && (await changeState(changes, change)).is !== "not made") return { not: sent.refusal.message };
      changes.forget(change.id);
      return { done: `${what} is as it was before` };
    }
  }
  return { not: refused };
}

/** Milliseconds after which the API server has given a request up: --request-timeout, which nobody makes longer than that. */
const longest = 120_000;

/** Whoever was ended while it was sent does not know; https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/ */
function mayBeOnItsWay({ phase, at }: Change, now: number): boolean {
  return phase === "begun" && now < at + longest;
}

export function placeName({ place: { namespace, name } }: Pick<Change, "place">): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}
