import type { Prefix } from "../addresses/address.ts";
import type { Span } from "../addresses/span.ts";
import type { RangeRole } from "../facts/ranges.ts";

/** A range of addresses and where it is written. */
export interface PlacedPrefix {
  readonly span: Span;
  readonly role: RangeRole;
  /** As written. */
  readonly text: string;
  readonly kind: string;
  readonly name: string | undefined;
  readonly file: string;
  /** 0-based, within the file */
  readonly document: number;
  readonly path: string;
}

/** A range of the plan: everything that is written of it, what lies inside, and what that leaves free. */
export interface PlanNode {
  readonly span: Span;
  /** In the order given; several where one range is written more than once. */
  readonly entries: readonly PlacedPrefix[];
  /** In the order of addresses. */
  readonly children: readonly PlanNode[];
  /** The aligned blocks that no child takes, the largest first, and by address among equals; empty without children. */
  readonly free: readonly Prefix[];
}

/** Two ranges that may give one address to two owners, the one given first in front. */
export interface PlanOverlap {
  readonly first: PlacedPrefix;
  readonly second: PlacedPrefix;
}

/** Every range of a workspace: IPv4 before IPv6, in the order of addresses, the inner ones below those that hold them. */
export interface AddressPlan {
  readonly roots: readonly PlanNode[];
  readonly overlaps: readonly PlanOverlap[];
}
