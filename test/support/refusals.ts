import type { RefusalReason } from "#core/cluster/cluster.ts";

/** Every way in which nobody could look. That a file is absent is not among them: somebody looked. */
export const reasons = Object.keys({
  unauthorized: 0,
  forbidden: 0,
  "not-found": 0,
  unreachable: 0,
  tls: 0,
  timeout: 0,
  cancelled: 0,
  "no-command": 0,
  "no-room": 0,
  "not-running": 0,
  config: 0,
  untrusted: 0,
  unsupported: 0,
  failed: 0,
} satisfies Record<Exclude<RefusalReason, "absent">, 0>) as RefusalReason[];

/** Knowing less may leave a cause open; it makes no other one the cause, and does not clear the one that was found. */
export function lieOf(was: string | undefined, now: string | undefined): string[] {
  if (now === "proven" && was !== "proven") return [`is proven and was ${was}`];
  if (now === "excluded" && (was === "proven" || was === "possible")) return [`is excluded and was ${was}`];
  return [];
}
