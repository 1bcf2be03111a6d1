import { parseAddress } from "#core/addresses/address.ts";
import { type AlsoFrom, type PodRef, readTarget, type Subject, type Target } from "#core/diagnosis/diagnosis.ts";
import { UsageError } from "./command.ts";

/** The options that say what a diagnosis is about. */
export interface SubjectOptions {
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly outside: readonly string[];
  /** How large packets may be is to be found out. */
  readonly sizes?: boolean;
  /** "here", "node", "node/NAME" */
  readonly alsoFrom?: readonly string[] | undefined;
}

export function subjectOf({ from, to, outside, sizes, alsoFrom = [] }: SubjectOptions, namespace: string): Subject {
  const target = to === undefined ? undefined : targetOf("--to", to, namespace);
  if (target && outside.length > 0 && !alsoFrom.includes("here"))
    throw new UsageError("--outside is for a look around, without --to, and for --also-from here");
  return {
    namespace,
    ...(from === undefined ? {} : { from: podOf(from, namespace) }),
    ...(target ? { to: target } : {}),
    ...(outside.length > 0 ? { outside } : {}),
    ...(alsoFrom.length > 0 ? { alsoFrom: alsoFromOf(alsoFrom, target) } : {}),
    ...(sizes ? { sizes } : {}),
  };
}

/** Where clients of a Service, or of what stands in front of one, may be. */
function alsoFromOf(places: readonly string[], target: Target | undefined): AlsoFrom {
  if (target === undefined || !/^(service|front|object)$/.test(target.kind))
    throw new UsageError("--also-from dials what --to svc/, ing/, gateway/, httproute/ or grpcroute/ names");
  const nodes = new Set(places.filter((place) => place !== "here"));
  const [node, ...more] = nodes;
  if (more.length > 0) throw new UsageError("--also-from takes one node");
  const named = node === undefined || node === "node" ? undefined : /^node\/([a-z0-9][a-z0-9.-]*)$/.exec(node)?.[1];
  if (node !== undefined && node !== "node" && named === undefined)
    throw new UsageError(`--also-from is here, node or node/NAME, not "${node}"`);
  return {
    ...(node === undefined ? {} : { node: named ?? true }),
    ...(places.includes("here") ? { here: true } : {}),
  };
}

function podOf(from: string, namespace: string): PodRef {
  const bare = !from.includes("/");
  const target = targetOf("--from", bare ? `pod/${from}` : from, namespace);
  if ((target.kind !== "pod" && target.kind !== "object") || target.port !== undefined)
    throw new UsageError(`--from is POD or NAMESPACE/POD, not "${from}"`);
  return { namespace: target.namespace, name: target.name };
}

function targetOf(option: string, text: string, namespace: string): Target {
  const { target, problem } = readTarget(text, namespace);
  if (target === undefined) throw new UsageError(`${option}: ${problem}`);
  return target;
}

export function outsideOf(addresses: readonly string[] = [], none: boolean): readonly string[] {
  if (none && addresses.length > 0) throw new UsageError("--outside and --no-outside contradict each other");
  const wrong = addresses.find((text) => parseAddress(text) === undefined);
  if (wrong !== undefined) throw new UsageError(`--outside: "${wrong}" is no IPv4 or IPv6 address`);
  return addresses;
}
