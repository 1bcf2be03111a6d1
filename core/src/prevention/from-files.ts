import { familiesOfShape, type Shape } from "../addresses/shape.ts";
import type { KubeObject } from "../cluster/cluster.ts";
import { isPolicy } from "../policy/compile.ts";
import { flatten } from "../policy/surroundings.ts";
import type { Basis } from "./model.ts";

export interface FilesBasis {
  readonly objects: readonly KubeObject[];
  /** Who says it comes with it: an option, or settings. */
  readonly shape?: { readonly is: Shape; readonly by: string; readonly settled?: boolean };
  readonly kubernetes?: number;
}

/** The same where no cluster is at hand: of what somebody says, and of the policies in files. A sentence where nobody says the families. */
export function basisOfFiles({ objects, shape, kubernetes }: FilesBasis): Basis | string {
  const families = shape ? familiesOfShape(shape.is) : [];
  if (shape === undefined || families.length === 0)
    return "which families the cluster serves is not known: say it with --cluster, or in .kube-ipv6.yaml beside the files";
  const all = flatten(objects);
  const policies = all.filter(isPolicy);
  return {
    from: `${shape.by} (${shape.is})`,
    families,
    ...(kubernetes === undefined ? {} : { kubernetes }),
    objects: policies.length > 0 ? all : [],
    operator: false,
    settled: shape.settled ?? false,
    unread: [],
  };
}
