import { type Word, wordOf } from "./mentions.ts";
import { appTemplate } from "./openers/app-template.ts";
import { chartOpeners } from "./openers/charts.ts";
import { clusterOpeners } from "./openers/clusters.ts";
import { commandLineOpeners } from "./openers/command-lines.ts";
import { inventoryOpeners } from "./openers/inventories.ts";
import { metallbOpeners } from "./openers/metallb.ts";
import type { Opener, Perhaps, Wrapped } from "./openers/opener.ts";
import { operatorOpeners } from "./openers/operators.ts";
import { patchOpeners } from "./openers/patches.ts";
import { cloudInitOpeners } from "./openers/written-files.ts";
import type { Resource } from "./resource.ts";

const openers: readonly Opener[] = [
  ...chartOpeners,
  ...clusterOpeners,
  ...patchOpeners,
  ...cloudInitOpeners,
  ...metallbOpeners,
  ...commandLineOpeners,
  ...inventoryOpeners,
  ...operatorOpeners,
  appTemplate,
];
const byKind = Map.groupBy(openers, ({ kind }) => kind);

/**
 * What an object wraps up, in the order written. All of it is merged with something else (a chart's defaults, what kubeadm makes, the
 * object a patch is for), so that what it leaves out says nothing.
 */
export function wrappedIn(resource: Resource): readonly Wrapped[] {
  const own = byKind.get(resource.kind)?.filter(({ groups }) => groups.includes(resource.group)) ?? [];
  return own.flatMap((opener) => opener.open(resource)).filter(isThere);
}

export function isWrapper(kind: string, group: string): boolean {
  return byKind.get(kind)?.some(({ groups, beside }) => !beside && groups.includes(group)) ?? false;
}

/** Kinds that may stand in something, where its text holds the word. */
export interface HeldKinds {
  readonly word: Word | undefined;
  readonly kinds: readonly string[];
}

const held = new Map(
  [...byKind].map(([kind, own]) => [
    kind,
    own.map(({ holds, mentions }): HeldKinds => ({ word: mentions && wordOf(mentions), kinds: holds })),
  ]),
);
const nothing: readonly HeldKinds[] = [];

/** What may stand in what objects of a kind wrap up without a word of its own; `kind:` is found wherever it stands. */
export function mayHold(kind: string): readonly HeldKinds[] {
  return held.get(kind) ?? nothing;
}

/** The objects that are opened, and the kinds that may stand in them. */
export function wrapperKinds(): readonly Omit<Opener, "open">[] {
  return openers.map(({ kind, groups, holds }) => ({ kind, groups, holds }));
}

function isThere(wrapped: Perhaps): wrapped is Wrapped {
  if (wrapped.placed) return wrapped.placed.length > 0;
  if (wrapped.made) return wrapped.field !== undefined;
  if (wrapped.program !== undefined) return wrapped.field?.text !== undefined;
  const { node } = wrapped.field ?? {};
  if (node?.kind === "seq") return wrapped.patches !== undefined;
  return node?.kind === "map" || (node?.kind === "scalar" && wrapped.field?.text?.includes(":") === true);
}
