import { listing } from "../probing/api-probe.ts";
import { keepPod } from "../probing/redact.ts";

/** Pods of a node, of a namespace, or all. */
export const probe = listing<{ readonly namespace?: string; readonly node?: string }>({
  id: "pods",
  type: { apiVersion: "v1", resource: "pods" },
  kind: "Pod",
  asks: ({ namespace, node }) =>
    `the pods${node ? ` on node ${node}` : ""}${namespace ? ` in namespace ${namespace}` : ""}`,
  select: ({ namespace, node }) => ({
    ...(namespace ? { namespace } : {}),
    ...(node ? { fieldSelector: `spec.nodeName=${node}` } : {}),
  }),
  keep: keepPod,
});
