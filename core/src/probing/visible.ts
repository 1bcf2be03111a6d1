import type { Refusal } from "../cluster/cluster.ts";
import type { OutpostView } from "./containers.ts";
import type { Want } from "./want.ts";

/** Why what is wanted cannot be seen there as the vantage sees it; what is of another place would be a lie. */
export function whyUnseen(wants: readonly Want[], outpost: OutpostView | undefined): Refusal | undefined {
  if (!outpost) return undefined;
  const { level, within, ownFiles } = outpost;
  if (within !== undefined && !wants.every(isOfNetwork))
    return unsupported("needs ephemeral: a node shows of a pod the files of its network, and no more");
  if (ownFiles && !wants.every((want) => !("path" in want) || want.path.startsWith("/proc/")))
    return unsupported("needs ephemeral: its own files can be read in the pod alone");
  if (level === "node" && wants.some(({ op }) => op === "ip6tables" || op === "nft"))
    return unsupported("needs privileged-node: it takes root to read the rules of a packet filter");
  return undefined;
}

function isOfNetwork(want: Want): boolean {
  return "path" in want && want.path.startsWith("/proc/net/") && !want.path.includes("*");
}

function unsupported(message: string): Refusal {
  return { reason: "unsupported", message };
}
