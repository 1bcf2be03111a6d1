import { isIPv6 } from "node:net";
import { type Refusal, refused } from "#core/cluster/cluster.ts";
import type { Ending } from "./deadline.ts";
import type { Endpoint } from "./endpoint.ts";
import { bareHost } from "./server-address.ts";
import { sentence } from "./status-refusal.ts";

/** Why no answer came at all: the time was up, or the connection, the name or the certificate failed. */
export function networkRefusal(
  endpoint: Endpoint,
  what: string,
  error: unknown,
  ending?: Ending,
  limit = endpoint.timeout,
): Refusal {
  if (ending === "cancelled") return refused("cancelled", sentence(what, "it was cancelled")).refusal;
  if (ending === "timeout") {
    const message = sentence(what, `${endpoint.host} did not answer within ${limit / 1000} s`);
    return refused(
      "timeout",
      message,
      "Check the network, a VPN or a firewall on the way, and the server's load; or allow more time.",
    ).refusal;
  }
  const failure = rootOf(error);
  return tlsRefusal(endpoint, what, failure) ?? connectionRefusal(endpoint, what, failure);
}

interface Failure {
  readonly code: string;
  readonly message: string;
  readonly address?: string;
  /** The names in the certificate that was not accepted. */
  readonly certified?: string;
}

/** A name with several addresses fails with one error for each; the first is of the family that was preferred. */
function rootOf(error: unknown): Failure {
  const first = error instanceof AggregateError && error.errors.length > 0 ? error.errors[0] : error;
  if (!(first instanceof Error)) return { code: "", message: String(first) };
  const { code = "", address, cert, message } = first as NodeJS.ErrnoException & ErrorDetails;
  const certified = cert?.subjectaltname;
  return { code: String(code), message, ...(address ? { address } : {}), ...(certified ? { certified } : {}) };
}

interface ErrorDetails {
  readonly address?: string;
  readonly cert?: { readonly subjectaltname?: string };
}

/** What this machine itself connects to: the server, or the proxy on the way there. */
function destination({ names, url, host, proxy, proxySource }: Endpoint) {
  if (proxy === undefined)
    return { host, bare: bareHost(url), check: `check \`server:\` of cluster "${names.cluster}" in ${names.file}` };
  const bare = proxy.replace(/:\d+$/, "").replace(/^\[(.*)\]$/, "$1");
  return { host: `the proxy ${proxy}`, bare, check: `check ${proxySource}` };
}

function connectionRefusal(endpoint: Endpoint, what: string, { code, message, address }: Failure): Refusal {
  const { host, bare, check } = destination(endpoint);
  const place = address === undefined || address === bare ? host : `${host} (${address})`;
  const say = (reason: string, remedy: string) => refused("unreachable", sentence(what, reason), remedy).refusal;
  switch (code) {
    case "ECONNREFUSED":
      return say(
        `${place} refused the connection (ECONNREFUSED)`,
        `Start ${endpoint.proxy ? "it" : "the cluster"}, or ${check}.`,
      );
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return say(`the name ${bare} was not found (${code})`, `Check DNS and the VPN, and ${check}.`);
    case "EHOSTUNREACH":
    case "ENETUNREACH":
    case "EADDRNOTAVAIL": {
      const family = isIPv6(address ?? bare) ? "IPv6" : "IPv4";
      return say(
        `there is no ${family} route to ${place} (${code})`,
        `Check this machine's ${family} and the VPN, and ${check}.`,
      );
    }
    case "ETIMEDOUT":
      return say(`${place} did not answer (ETIMEDOUT)`, `Check the VPN and the firewalls on the way, and ${check}.`);
    default:
      return say(
        endpoint.proxy ? message || code : `the connection to ${place} failed (${code || message})`,
        endpoint.proxy
          ? `Check what it allows, and ${check}.`
          : `Check what is on the way, for example a proxy, and ${check}.`,
      );
  }
}

/** Codes of OpenSSL's certificate verification: https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const unknownAuthority = new Set([
  "CERT_SIGNATURE_FAILURE",
  "CERT_UNTRUSTED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "INVALID_CA",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);

function tlsRefusal({ names, host }: Endpoint, what: string, failure: Failure): Refusal | undefined {
  const { code, message, certified = "none" } = failure;
  const say = (reason: string, remedy: string) => refused("tls", sentence(what, reason), remedy).refusal;
  if (unknownAuthority.has(code)) {
    const remedy = `Put the cluster's own CA into certificate-authority-data of cluster "${names.cluster}" in ${names.file}; it changes when a cluster is made anew.`;
    return say(`the certificate of ${host} is not signed by the kubeconfig's CA (${code})`, remedy);
  }
  if (code === "CERT_HAS_EXPIRED" || code === "CERT_NOT_YET_VALID") {
    const when = code === "CERT_HAS_EXPIRED" ? "has expired" : "is not valid yet";
    return say(
      `the certificate of ${host} ${when} (${code})`,
      "Check this machine's clock; else the cluster's certificates have to be renewed (kubeadm certs renew).",
    );
  }
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") {
    const remedy = `Use a name or address that is in it, or set tls-server-name for cluster "${names.cluster}" in ${names.file}.`;
    return say(`the certificate of ${host} is for other names (${certified})`, remedy);
  }
  if (code === "EPROTO" || /^ERR_(SSL|OSSL|TLS)_/.test(code)) {
    return say(
      `TLS with ${host} failed (${reasonOf(code, message)})`,
      `Check that https is right for it, and the client certificate of user "${names.user}" in ${names.file}.`,
    );
  }
  return undefined;
}

/** OpenSSL's text is `...:error:0A00010B:SSL routines:func:wrong version number:file:line:`. */
function reasonOf(code: string, message: string): string {
  return /SSL routines:[^:]*:([^:]+)/.exec(message)?.[1] ?? code;
}
