import { type Family, otherFamily } from "../addresses/address.ts";
import { type Shape, shapeOfFamilies } from "../addresses/shape.ts";
import { type CniState, cniState } from "./cni.ts";
import { clusterServiceFamilies, type FamilyState, nodeFamilies, podFamilies } from "./families.ts";
import type { Inventory } from "./inventory.ts";
import { type NodeState, nodeStates } from "./nodes.ts";

/** What a cluster does with the two families, and how that is known. */
export interface Summary {
  /** The families in which pods reach Services, the one that comes first for new Services first; empty if not known. */
  readonly families: readonly Family[];
  /** A few words: "Dual-stack, IPv4 first", "IPv6 only", "Mixed: ...", "Services IPv4 only; pods not known", "Not known". */
  readonly label: string;
  /** Nodes, pods and Services do not have the same families. */
  readonly mixed: boolean;
  readonly services: FamilyState;
  readonly pods: FamilyState;
  readonly nodes: FamilyState;
  readonly nodeStates: readonly NodeState[];
  readonly cni: CniState;
}

/** Where the words dual-stack and single-stack and the meaning of the first family come from. */
export const dualStackSource = "https://kubernetes.io/docs/concepts/services-networking/dual-stack/";

/** Says which families a cluster serves and why; what could not be asked is a reason too, never a guess. */
export function summarize(inventory: Inventory): Summary {
  const services = clusterServiceFamilies(inventory);
  const pods = podFamilies(inventory);
  const nodes = nodeFamilies(inventory);
  const families = served(services, pods);
  const mixed = isMixed([services, pods]);
  return {
    families,
    label: label(services, pods),
    mixed,
    services,
    pods,
    nodes,
    nodeStates: inventory.nodes.ok ? nodeStates(inventory.nodes.value) : [],
    cni: cniState(inventory),
  };
}

/** What rules may take for granted of a manifest that is meant for this cluster: "unknown" if a half is, or the halves differ. */
export function shapeOf({ families, services, pods, mixed }: Summary): Shape {
  return mixed || !services.complete || !pods.complete ? "unknown" : shapeOfFamilies(families);
}

/** What the two halves have in common if that is known, else what each has. */
function label(services: FamilyState, pods: FamilyState): string {
  if (services.families.length + pods.families.length === 0) return "Not known";
  const known = services.complete && pods.complete;
  if (known && !isMixed([services, pods])) return capital(words(services));
  return `${known ? "Mixed: " : ""}Services ${words(services)}; pods ${words(pods)}`;
}

/** "dual-stack, IPv6 first", "IPv4 only", "IPv4, perhaps IPv6", "not known" */
function words({ families: [first, second], complete }: FamilyState): string {
  if (first === undefined) return "not known";
  if (second !== undefined) return `dual-stack, ${first} first`;
  return complete ? `${first} only` : `${first}, perhaps ${otherFamily(first)}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A family of which one half is missing serves nobody; a half that is not known does not take it away. */
function served(services: FamilyState, pods: FamilyState): readonly Family[] {
  if (services.families.length === 0) return pods.families;
  if (pods.families.length === 0) return services.families;
  return services.families.filter((family) => pods.families.includes(family));
}

function isMixed(states: readonly FamilyState[]): boolean {
  const known = states.filter((state) => state.families.length > 0 && state.complete);
  return new Set(known.map((state) => [...state.families].sort().join())).size > 1;
}
