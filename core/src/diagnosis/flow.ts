import { canonicalAddress, type Family } from "../addresses/address.ts";
import type { Flow, SceneNode, ScenePod, SceneService } from "../judging/scene.ts";
import { type Subject, type Target, targetName } from "../judging/subject.ts";
import type { Backends } from "./backends.ts";

/** What the connections worth trying are made of. */
export interface FlowParts {
  readonly subject: Subject;
  readonly pods: readonly ScenePod[];
  readonly nodes: readonly SceneNode[];
  readonly allNodes: readonly SceneNode[];
  readonly services: readonly SceneService[];
  readonly behind: Backends;
  /** The Service of the front door that was asked for. */
  readonly door?: SceneService;
}

export const dialledFamilies: readonly Family[] = ["IPv6", "IPv4"];

type Rest = Pick<Flow, "scope" | "host" | "port" | "expectListener" | "asked" | "http"> &
  Partial<Pick<Flow, "toPod" | "service" | "behind" | "front">>;

/** The host as programs print it, since rules, routes and tracked connections are searched for it; spec.clusterIPs is as somebody wrote it. */
export function flow(from: ScenePod, target: Target, family: Family, { host, ...rest }: Rest): Flow {
  const to = targetName(target);
  const printed = host && (canonicalAddress(host) ?? host);
  return { id: `${family} ${from.namespace}/${from.name} > ${to}`, from, to, target, family, ...rest, host: printed };
}
