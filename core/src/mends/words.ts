import type { Change, Patch } from "../cluster/changes.ts";
import type { KubeObject } from "../cluster/cluster.ts";
import { objectYaml } from "../cluster/object-yaml.ts";
import { kubectlLine } from "../probing/kubectl.ts";
import { lineDiff } from "../text/line-diff.ts";
import { type ChangeState, placeName } from "./make.ts";
import { amiss } from "./patch.ts";
import type { ProposedChange } from "./propose.ts";

/** An object as it is shown, before or after. */
export function shownText({ metadata, ...rest }: KubeObject): string {
  const { uid: _, ...shown } = metadata;
  return objectYaml({ ...rest, metadata: shown });
}

interface Named {
  readonly context: string;
  readonly server: string;
}

/** What a person says yes or no to: lines of text. The server's dry run is behind every line of it. */
export function proposalWords(proposal: ProposedChange, named: Named): string[] {
  const [first = "", ...notes] = proposalNotes(proposal, named);
  return [first, "", ...diffLines(proposal).map((line) => `  ${line}`), "", ...notes];
}

/** The lines that change, with some around them: `+ cidr: ::/0`. */
export function diffLines({ before, after }: Pick<ProposedChange, "before" | "after">): string[] {
  const lines = lineDiff(shownText(before), shownText(after));
  return lines.map((line) => (line ? `${line.mark} ${line.text}`.trimEnd() : "  ..."));
}

/** The same for who sees the lines elsewhere; the first one says what is changed. */
export function proposalNotes(
  { place, way, patch, besides, afterwards }: ProposedChange,
  { context, server }: Named,
): string[] {
  return [
    `kube-ipv6 would change ${place.kind} ${placeName({ place })} in context "${context}" (${server}).`,
    `It ${way.says}.`,
    ...besides,
    sentAs(patch),
    "The server was asked by a dry run and would take it. It is refused if somebody changes the object in between.",
    "It is written down on this machine first, with the object as it is, so that it can be undone.",
    ...(afterwards.length === 0 ? [] : [`Afterwards, for it to be in force: ${kubectlLine(context, afterwards)}`]),
  ];
}

/** A whole Corefile is seen in the diff, as far as it changes; of the rest nobody is shown anything, since it may hold keys. */
function sentAs(patch: Patch): string {
  const text = JSON.stringify(patch);
  return text.length <= 200
    ? `Sent as a JSON merge patch: ${text}`
    : `Sent as a JSON merge patch of ${amiss(patch, {}).join(" and ")}.`;
}

/** A change on record, in one line. */
export function changeWords(change: Change, state: ChangeState): string {
  const { id, context, place, says, at } = change;
  return `${id}  ${place.kind} ${placeName(change)} in context "${context}", ${new Date(at).toISOString()}: it ${says}; ${stateWords(state)}`;
}

export function stateWords(state: ChangeState): string {
  switch (state.is) {
    case "made":
      return "in force";
    case "not made":
      return "not in force: the object is as it was before";
    case "changed since":
      return `changed since by somebody else (${state.fields.join(", ")})`;
    case "gone":
      return "the object is gone";
    case "not known":
      return `not known: ${state.why}`;
  }
}
