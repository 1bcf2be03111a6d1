import type { Field } from "../manifest/field.ts";
import { podKinds } from "../manifest/resource.ts";
import { type BuiltObject, changed } from "./built-object.ts";
import type { Kustomization } from "./kustomization.ts";
import { type BuiltPart, partAt, partItems, type Steps, setAt, typeOf, written } from "./parts.ts";

/** Labels that are written into every object. */
interface Labels {
  readonly pairs: readonly (readonly [string, Field])[];
  readonly selectors: boolean;
  readonly templates: boolean;
}

/** What `labels` and `commonLabels` make of an object. {@link https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/labels/} */
export function labelled(object: BuiltObject, { root, from }: Kustomization): BuiltObject {
  const all: Labels[] = (root.get("labels")?.items() ?? []).map((item) => ({
    pairs: item.get("pairs")?.entries() ?? [],
    selectors: item.get("includeSelectors")?.boolean === true,
    templates: item.get("includeTemplates")?.boolean === true,
  }));
  const common = root.get("commonLabels")?.entries() ?? [];
  if (common.length > 0) all.push({ pairs: common, selectors: true, templates: true });
  let result = object.root;
  for (const { pairs, selectors, templates } of all)
    for (const at of [
      ["metadata", "labels"],
      ...(templates || selectors ? podLabelsOf(object.kind) : []),
      ...(selectors ? selectorsOf(object.kind, result) : []),
    ])
      for (const [key, field] of pairs) result = setAt(result, [...at, key], written(field, from));
  return changed(object, result, from);
}

function podLabelsOf(kind: string): readonly Steps[] {
  if (kind === "CronJob") return [["spec", "jobTemplate", "spec", "template", "metadata", "labels"]];
  return podKinds.includes(kind) && kind !== "Pod" && kind !== "PodTemplate"
    ? [["spec", "template", "metadata", "labels"]]
    : [];
}

/** {@link https://github.com/kubernetes-sigs/kustomize/blob/master/api/internal/konfig/builtinpluginconsts/commonlabels.go} */
function selectorsOf(kind: string, root: BuiltPart): readonly Steps[] {
  if (kind === "Service" || kind === "ReplicationController") return [["spec", "selector"]];
  if (["Deployment", "ReplicaSet", "DaemonSet", "StatefulSet"].includes(kind))
    return [["spec", "selector", "matchLabels"]];
  if (kind === "Job" || kind === "PodDisruptionBudget") return there(root, ["spec", "selector", "matchLabels"]);
  if (kind !== "NetworkPolicy") return [];
  const peers = (["ingress", "egress"] as const).flatMap((direction) => {
    const rules = partAt(root, ["spec", direction]);
    const key = direction === "ingress" ? "from" : "to";
    return (rules ? partItems(rules) : []).flatMap((rule, index) =>
      partItems(partAt(rule, [key]) ?? rule).flatMap((_, peer) =>
        there(root, ["spec", direction, index, key, peer, "podSelector", "matchLabels"]),
      ),
    );
  });
  return [...there(root, ["spec", "podSelector", "matchLabels"]), ...peers];
}

function there(root: BuiltPart, steps: Steps): readonly Steps[] {
  const part = partAt(root, steps);
  return part && typeOf(part) === "map" ? [steps] : [];
}
