import { accessLevels } from "../cluster/cluster.ts";
import { operation } from "./operation.ts";

export const rbac = operation({
  name: "rbac",
  summary: "the ClusterRole or Role that a diagnosis of a level needs, and no more",
  usage: "--access LEVEL [OPTIONS]",
  says: `Prints the ClusterRole that is enough for a diagnosis of a level, or the Role for one that looks at one namespace alone. Nothing
is asked of a cluster and nothing is created: it is for whoever grants it to read, and to apply.`,
  inputs: {
    access: {
      takes: accessLevels,
      says: "how far a diagnosis is to look; each level has what the ones before it have",
    },
    namespace: { short: "n", takes: "NAME", says: "a Role for this namespace instead of a ClusterRole" },
    tree: { says: "also what the view of a cluster in the editor follows" },
  },
  exits: { 0: "it was printed", 2: "wrong usage" },
  writes: "nothing",
});
