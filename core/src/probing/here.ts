import type { Family } from "../addresses/address.ts";
import type { AbortSignalLike, Answer } from "../cluster/cluster.ts";

/** What came of a TCP connection from this machine, and what the machine's own routes say. */
export interface HereAttempt {
  readonly ok: boolean;
  readonly ms: number;
  /** The name of the error, "ECONNREFUSED"; "" where nobody answered. */
  readonly text: string;
  /** Its own routes lead there: found out without a packet. */
  readonly route: boolean;
  /** It has an address of the family that others may know: none of loopback or of its own link. */
  readonly own: boolean;
}

/** What the resolver of this machine says of a name. */
export interface HereName {
  readonly addresses: readonly string[];
  /** Why there are none: "ENOTFOUND", "EAI_AGAIN". */
  readonly error?: string;
}

/** The port to the machine in front of which the user sits. Where it may be asked its user said so; no call rejects. */
export interface Here {
  /** Connects, sends nothing, and closes at once. */
  dial(
    to: { readonly family: Family; readonly host: string; readonly port: number; readonly seconds: number },
    signal: AbortSignalLike | undefined,
  ): Promise<Answer<HereAttempt>>;
  /** As programs here resolve it. */
  resolve(name: string, family: Family, signal: AbortSignalLike | undefined): Promise<Answer<HereName>>;
}
