import type { ProposedChange } from "#core/mends/propose.ts";
import { diffLines, proposalNotes } from "#core/mends/words.ts";
import type { FixCommandView } from "#core/report/fix-command.ts";

/** What `kube-ipv6 fix --format json` prints, an object. */
export interface FixTold {
  readonly context: string;
  readonly server: string;
  /** One for each proven cause that was asked for. */
  readonly causes: CauseTold[];
  /** What was made. `verified` is missing where a person has to do something before it is in force. */
  change?: { readonly id: string; readonly undo: string; readonly verified?: boolean; readonly says?: string };
  /** Why nothing was changed. */
  not?: string;
}

export interface CauseTold {
  readonly cause: string;
  readonly summary: string;
  readonly because: string;
  /** The change that the API server would take. */
  readonly offered?: {
    readonly object: {
      readonly apiVersion: string;
      readonly kind: string;
      readonly namespace?: string;
      readonly name: string;
    };
    /** Lines of YAML that would go (`-`) and come (`+`), with some around them. */
    readonly diff: readonly string[];
    readonly notes: readonly string[];
  };
  readonly notOffered?: string;
  /** For a node, to be copied; what they risk. */
  readonly commands: readonly FixCommandView[];
  readonly byHand?: string;
}

export function offeredTold(
  proposal: ProposedChange,
  named: { readonly context: string; readonly server: string },
): CauseTold["offered"] {
  const { type, kind, namespace, name } = proposal.place;
  return {
    object: { apiVersion: type.apiVersion, kind, ...(namespace === undefined ? {} : { namespace }), name },
    diff: diffLines(proposal),
    notes: proposalNotes(proposal, named),
  };
}
