import { type Family, formatAddress, parseAddress } from "#core/addresses/address.ts";
import type { KubeObject } from "#core/cluster/cluster.ts";
import type { Document } from "#core/manifest/document.ts";
import { podsOf } from "#core/policy/pods-of.ts";
import type { PolicyEndpoint, PolicyFlow, Protocol } from "#core/policy/policy.ts";
import { UsageError } from "./command.ts";
import { oneOf } from "./options.ts";

/** What may be asked of policies. */
export interface FlowAsked {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly port?: string | undefined;
  readonly protocol?: string | undefined;
  readonly family?: string | undefined;
}

/** The flow that is asked about, once for each family it can have. */
export function policyFlowsOf(asked: FlowAsked, objects: readonly KubeObject[]): PolicyFlow[] {
  const protocol = oneOf("protocol", asked.protocol, ["TCP", "UDP", "SCTP", "ICMP", "ICMPv6"]) ?? "TCP";
  const only = oneOf("family", asked.family, ["IPv4", "IPv6"]);
  const port = portOption(asked.port);
  const from = endpoint("--from", asked.from ?? "", objects);
  const to = endpoint("--to", asked.to ?? "", objects);
  const flow = { from, to, protocol, ...(port === undefined ? {} : { port }) };
  return familiesOf(from, to, protocol, only).map((family) => ({ ...flow, family }));
}

/** The objects of the files that have a name, as the API server would print them. */
export function objectsOfFiles(files: readonly { readonly documents: readonly Document[] }[]): KubeObject[] {
  const resources = files.flatMap(({ documents }) => documents.flatMap((document) => document.resources));
  return resources
    .filter(({ embedded, name }) => !embedded && name !== undefined)
    .map((resource) => resource.toJSON() as KubeObject);
}

function portOption(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const port = /^\d{1,5}$/.test(value) ? Number(value) : 0;
  if (port < 1 || port > 65535) throw new UsageError(`--port is a number from 1 to 65535, not "${value}"`);
  return port;
}

function endpoint(option: string, text: string, objects: readonly KubeObject[]): PolicyEndpoint {
  const address = parseAddress(text.replace(/^\[(.*)\]$/, "$1"));
  if (address) return { kind: "address", address: formatAddress(address) };
  const slash = text.indexOf("/");
  const namespace = slash < 0 ? "default" : text.slice(0, slash);
  const rest = text.slice(slash + 1);
  if (rest.includes("=")) return { kind: "pod", namespace, labels: labels(option, rest), ips: [] };
  const pods = podsOf(objects);
  const pod = pods.find((candidate) => candidate.name === rest && candidate.namespace === namespace);
  if (pod) return pod;
  const known = pods.map((candidate) => `${candidate.namespace}/${candidate.name}`);
  throw new UsageError(
    `${option}: there is no pod or workload "${namespace}/${rest}" in the files${known.length > 0 ? `; there are ${known.join(", ")}` : ""}`,
  );
}

function labels(option: string, text: string): Record<string, string> {
  return Object.fromEntries(
    text.split(",").map((pair) => {
      const [key, value, more] = pair.split("=");
      if (!key || value === undefined || more !== undefined)
        throw new UsageError(`${option}: "${pair}" is not key=value`);
      return [key, value];
    }),
  );
}

/** An address has one family, and ICMP and ICMPv6 belong to one each. */
function familiesOf(from: PolicyEndpoint, to: PolicyEndpoint, protocol: Protocol, asked: Family | undefined): Family[] {
  const possible = (["IPv4", "IPv6"] as const).filter(
    (family) =>
      [from, to].every((end) => end.kind === "pod" || parseAddress(end.address)?.family === family) &&
      (protocol === "ICMP" ? family === "IPv4" : protocol === "ICMPv6" ? family === "IPv6" : true),
  );
  const chosen = possible.filter((family) => asked === undefined || family === asked);
  if (chosen.length === 0) throw new UsageError("the addresses, the protocol and --family have no family in common");
  return chosen;
}
