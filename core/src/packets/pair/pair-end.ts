import type { AroundCapture } from "../reading/reading.ts";

/** One of two captures that were made at once. */
export interface PairEnd {
  /** "n1" */
  readonly node: string;
  /** "pod default/web", "node n1": whose packets these are. */
  readonly whose: string;
  readonly addresses: readonly string[];
  /** It is in the network of its node, so that nothing is handed on to it there. */
  readonly inNode: boolean;
  /** The file. */
  readonly bytes: Uint8Array;
  readonly around: AroundCapture;
  /** The packets, counted from 1, that came here while the other node captured as well, by the clock of whoever captured both. */
  readonly both: { readonly from: number; readonly to: number };
}
