import { type Refusal, refused } from "#core/cluster/cluster.ts";
import { kubectlLine } from "#core/probing/kubectl.ts";
import type { Endpoint } from "./endpoint.ts";
import { isMapping, mappingIn, textIn } from "./mapping.ts";

/** A server's answer that is not a success, and the words it has for it. */
export interface ServerWords {
  readonly status: number;
  readonly message: string;
  /** What the Status object names as missing; without it a 404 is about the kind, not about one object. */
  readonly named: boolean;
}

/** Reads a Status object, or the plain text that a kubelet or a proxy answers with. */
export function serverWords(status: number, body: string): ServerWords {
  const fields = statusIn(body);
  if (!fields) return { status, message: plainText(body) || `HTTP ${status}`, named: false };
  return {
    status,
    message: textIn(fields, "message") ?? `HTTP ${status}`,
    named: textIn(mappingIn(fields, "details"), "name") !== undefined,
  };
}

/** `what` completes "Cannot ..."; the server's own words are kept. */
export function statusRefusal(endpoint: Endpoint, what: string, words: ServerWords): Refusal {
  const { status } = words;
  if (status === 401) return unauthorized(endpoint, what);
  if (status === 403) return forbidden(endpoint, what, words.message);
  const say = (reason: Refusal["reason"], remedy?: string) =>
    refused(reason, sentence(what, words.message), remedy).refusal;
  if (status === 404) {
    if (words.named) return say("not-found", "Refresh: it may have been deleted in the meantime.");
    return say(
      "unsupported",
      "The server does not serve this kind: what provides it is not installed, or the cluster is older.",
    );
  }
  if (status === 410) return say("failed", "Ask again: what was asked for is older than what the server keeps.");
  if (status === 429) return say("failed", "The server is busy; ask again in a minute.");
  if (status === 408 || status === 504)
    return say("timeout", "The server gave up waiting; ask again, and look at its load if it stays so.");
  if (status >= 300 && status < 400)
    return say("failed", `Something that is not an API server answers; check \`server:\` in ${endpoint.names.file}.`);
  if (status >= 500) return say("failed", "Look at the API server's own log, and at what it names.");
  return say("failed");
}

function unauthorized({ credentials, names }: Endpoint, what: string): Refusal {
  const weakness = credentials.weakness();
  const because = weakness ?? "the server did not accept the credential (401 Unauthorized)";
  const remedy = `Log in again, or get a new kubeconfig: ${whose(names.user)} in ${names.file} is not known to the server as it is.`;
  return refused("unauthorized", sentence(what, because), remedy).refusal;
}

function whose(user: string): string {
  return user === "" ? "this context, which names no user," : `user "${user}"`;
}

/** https://kubernetes.io/docs/reference/access-authn-authz/authentication/#anonymous-requests */
export const anonymous = /\bUser "system:anonymous"/;

/** A right for nobody would be one for everybody: whoever is taken for nobody has to say who he is. */
function unknownUser({ names }: Endpoint, what: string): Refusal {
  const because = "the server takes the request for nobody's (system:anonymous): no credential came with it";
  const remedy = `Log in, or get a new kubeconfig: ${whose(names.user)} in ${names.file} sends none, or a proxy on the way ends TLS and with it a client certificate.`;
  return refused("unauthorized", sentence(what, because), remedy).refusal;
}

function forbidden(endpoint: Endpoint, what: string, message: string): Refusal {
  if (anonymous.test(message)) return unknownUser(endpoint, what);
  const { context } = endpoint;
  const [, verb = "", resource = "", namespace] =
    /cannot (\w+) resource "([^"]+)"(?:.* in the namespace "([^"]+)")?/.exec(message) ?? [];
  // These are words of the server, or of what stands in its place: no command is made of what is no name.
  if (![verb, resource, namespace ?? "a"].every((word) => /^[a-z0-9][a-z0-9./*-]*$/i.test(word)))
    return refused("forbidden", sentence(what, message), "Ask whoever runs the cluster for this right.").refusal;
  const where = namespace === undefined ? "a ClusterRole" : `a Role in namespace ${namespace}`;
  const scope = namespace === undefined ? ["-A"] : ["-n", namespace];
  const can = kubectlLine(context, ["auth", "can-i", verb, resource, ...scope]);
  return refused(
    "forbidden",
    sentence(what, message),
    `Ask for ${where} with ${verb} on ${resource}; \`${can}\` tells when you have it.`,
  ).refusal;
}

/** "Cannot WHAT: REASON." with one full stop. */
export function sentence(what: string, reason: string): string {
  return `Cannot ${what}: ${reason.trim().replace(/[.:]$/, "")}.`;
}

function statusIn(body: string): Readonly<Record<string, unknown>> | undefined {
  if (!body.startsWith("{")) return undefined;
  try {
    const value: unknown = JSON.parse(body);
    return isMapping(value) && (value.kind === "Status" || "status" in value) ? value : undefined;
  } catch {
    // A body that was cut short is as good as none.
    return undefined;
  }
}

/** Proxies answer with whole HTML pages; their first words are enough. */
function plainText(body: string): string {
  const text = body
    .replace(/<[^<>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
