import { parseAddress } from "../addresses/address.ts";
import { splitHostPort } from "../addresses/host-port.ts";
import type { FrontKind } from "../probes/front.ts";
import type { Target } from "./subject.ts";

/** What was meant, or a sentence on why that cannot be told. */
export type ReadTarget =
  | { readonly target: Target; readonly problem?: undefined }
  | { readonly target?: undefined; readonly problem: string };

/** What can be written, for messages and usages. */
export const targetForms =
  "a name as a pod spells it, an address ([...] around IPv6 with a port), svc/NAME, pod/NAME, node/NAME, ing/NAME, gateway/NAME, httproute/NAME or NAMESPACE/NAME, each with :PORT if it matters";

/**
 * Reads a target as kubectl and people write it: `svc/NAME` and `pod/NAME` are in `namespace`, `svc/NAMESPACE/NAME` says its own,
 * `NAMESPACE/NAME` is a pod or a Service, anything without a slash is an address or a name. A URL stands for its host and
 * port.
 */
export function readTarget(text: string, namespace: string): ReadTarget {
  const { rest, scheme } = withoutScheme(text.trim());
  const twofold = ambiguous(rest);
  if (twofold) return { problem: twofold };
  if (zoned(rest))
    return { problem: `"${text}" has a zone: such an address means something on one link only, and is no target` };
  const split = splitHostPort(rest);
  if (!split || split.host === "") return { problem: `"${text}" is none of: ${targetForms}` };
  const written = split.port === undefined ? schemePorts[scheme ?? ""] : portOf(split.port);
  if (split.port !== undefined && written === undefined)
    return { problem: `"${split.port}" in "${text}" is no port: that is a number from 1 to 65535` };
  const port = written === undefined ? {} : { port: written };
  const { host } = split;
  if (parseAddress(host)) return { target: { kind: "address", address: host, ...port } };
  if (split.bracketed || host.includes(":")) return { problem: `"${host}" in "${text}" is no IPv6 address` };
  return host.includes("/") ? object(host, namespace, port, text) : name(host, port, text);
}

function withoutScheme(text: string): { rest: string; scheme: string | undefined } {
  const [, scheme, authority] = /^([a-z][a-z0-9+.-]*):\/\/(?:[^/@]*@)?([^/?#]*)/i.exec(text) ?? [];
  return authority === undefined
    ? { rest: text, scheme: undefined }
    : { rest: authority, scheme: scheme?.toLowerCase() };
}

const schemePorts: Readonly<Record<string, number>> = {
  http: 80,
  https: 443,
  ws: 80,
  wss: 443,
  postgres: 5432,
  postgresql: 5432,
  mysql: 3306,
  redis: 6379,
  amqp: 5672,
  ldap: 389,
  ldaps: 636,
};

/** `2001:db8::1:80` is an address, and an address with a port; nobody but the writer knows. */
function ambiguous(text: string): string | undefined {
  const [, host = "", port = ""] = /^([0-9A-Fa-f:.]*[^:]):(\d{1,5})$/.exec(text) ?? [];
  if (portOf(port) === undefined || parseAddress(host)?.family !== "IPv6") return undefined;
  const bracketed = `[${host}]:${port}`;
  return parseAddress(text)
    ? `"${text}" can be read in two ways: write ${bracketed} for port ${port} of ${host}, or [${text}] for that address`
    : `"${text}" has no brackets: write ${bracketed} for port ${port} of ${host}`;
}

function portOf(text: string): number | undefined {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65_535 ? port : undefined;
}

/** `fe80::1%eth0`, in brackets or not. */
function zoned(text: string): boolean {
  const [, address = ""] = /^\[?([^%\]]*)%/.exec(text) ?? [];
  return parseAddress(address) !== undefined;
}

function object(host: string, namespace: string, port: { port?: number }, text: string): ReadTarget {
  const [first = "", second = "", third = "", ...more] = host.split("/");
  const kind = kinds[first.toLowerCase()];
  if (more.length > 0 || !second || (third && !kind)) return { problem: `"${text}" is none of: ${targetForms}` };
  if (kind === "other")
    return {
      problem: `"${text}" names a ${first}: a diagnosis goes to one of its pods (pod/NAME) or to a Service (svc/NAME)`,
    };
  if (kind === "node")
    return third ? { problem: `"${text}": a node has no namespace` } : { target: { kind, name: second, ...port } };
  const own = { namespace: third ? second : namespace, name: third || second, ...port };
  if (kind && typeof kind === "object") return { target: { kind: "front", ...kind, ...own } };
  if (kind) return { target: { kind, ...own } };
  return { target: { kind: "object", namespace: first, name: second, ...port } };
}

/** As kubectl abbreviates them. */
const kinds: Readonly<Record<string, "pod" | "service" | "node" | "other" | { readonly what: FrontKind }>> =
  Object.assign(
    Object.create(null),
    named("pod", "po", "pod", "pods"),
    named("service", "svc", "service", "services"),
    named("node", "no", "node", "nodes"),
    named(
      "other",
      "deploy",
      "deployment",
      "deployments",
      "sts",
      "statefulset",
      "statefulsets",
      "ds",
      "daemonset",
      "daemonsets",
    ),
    named("other", "rs", "replicaset", "replicasets", "job", "jobs", "cj", "cronjob", "cronjobs"),
    named({ what: "Ingress" }, "ing", "ingress", "ingresses"),
    named({ what: "Gateway" }, "gtw", "gateway", "gateways"),
    named({ what: "HTTPRoute" }, "httproute", "httproutes"),
    named({ what: "GRPCRoute" }, "grpcroute", "grpcroutes"),
  );

function named<T>(kind: T, ...words: readonly string[]): Record<string, T> {
  return Object.fromEntries(words.map((word) => [word, kind]));
}

/** Underscores are no host names, and yet in use; a dot at the end says that the name is whole. */
function name(host: string, port: { port?: number }, text: string): ReadTarget {
  const labels = host.replace(/\.$/, "").split(".");
  const wrong = labels.some((label) => !/^[A-Za-z0-9_-]{1,63}$/.test(label)) || host.length > 254;
  return wrong
    ? { problem: `"${text}" is none of: ${targetForms}` }
    : { target: { kind: "name", name: host, ...port } };
}
