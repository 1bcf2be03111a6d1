import { validateHeaderValue } from "node:http";
import { type Answer, answered, refused } from "#core/cluster/cluster.ts";
import type { UserEntry } from "./kubeconfig-document.ts";

/** Headers of a request; of several values each is sent. */
export type Headers = Readonly<Record<string, string | readonly string[]>>;

/** Who is impersonated, {@link https://kubernetes.io/docs/reference/access-authn-authz/user-impersonation/}. */
export function impersonated({ impersonateUser, impersonateUid, impersonateGroups, impersonateExtra }: UserEntry) {
  const extra = Object.entries(impersonateExtra).map(([key, values]) => [
    `impersonate-extra-${encodeURIComponent(key).toLowerCase()}`,
    values,
  ]);
  return {
    ...(impersonateUser ? { "impersonate-user": impersonateUser } : {}),
    ...(impersonateUid ? { "impersonate-uid": impersonateUid } : {}),
    ...(impersonateGroups.length > 0 ? { "impersonate-group": impersonateGroups } : {}),
    ...(Object.fromEntries(extra) as Record<string, readonly string[]>),
  };
}

/** A line break in a token, for instance, which no header may have; Node would call it a failure of the connection. */
export function sendable(headers: Headers, { name, file }: Pick<UserEntry, "name" | "file">): Answer<undefined> {
  try {
    for (const [header, value] of Object.entries(headers))
      for (const one of [value].flat()) validateHeaderValue(header, one);
    return answered(undefined);
  } catch {
    // Its message quotes nothing of the value, and neither does ours.
    const message = `The credential of user "${name}" in ${file} holds a character that cannot be sent, a line break for instance.`;
    return refused("config", message, "Write it again, in one line.");
  }
}
