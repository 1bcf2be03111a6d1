import { podKinds } from "../manifest/resource.ts";
import { type BuiltObject, changed } from "./built-object.ts";
import type { Kustomization } from "./kustomization.ts";
import { type BuiltPart, partAt, partItems, partText, type Steps, setAt, written } from "./parts.ts";

/** Other names and tags for images. {@link https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/images/} */
export function withImages(object: BuiltObject, { root, from }: Kustomization): BuiltObject {
  const images = root.get("images")?.items() ?? [];
  if (images.length === 0 || !podKinds.includes(object.kind)) return object;
  let result = object.root;
  for (const list of ["containers", "initContainers", "ephemeralContainers"]) {
    const containers = partAt(result, [...podSpecAt(object.kind), list]);
    for (const [index, container] of (containers ? partItems(containers) : []).entries()) {
      const image = partAt(container, ["image"]);
      const [, name, rest = ""] = /^([^@]*?)((?::[^:/@]*)?(?:@.*)?)$/.exec(partText(image) ?? "") ?? [];
      const meant = images.find((one) => one.get("name")?.text === name);
      if (image?.kind !== "written" || !meant) continue;
      const [to = name, tag, digest] = ["newName", "newTag", "digest"].map((key) => meant.get(key)?.text);
      const suffix = digest !== undefined ? `@${digest}` : tag !== undefined ? `:${tag}` : rest;
      const made: BuiltPart = written(image.field, image.from, `${to}${suffix}`);
      result = setAt(result, [...podSpecAt(object.kind), list, index, "image"], made);
    }
  }
  return changed(object, result, from);
}

function podSpecAt(kind: string): Steps {
  if (kind === "Pod") return ["spec"];
  if (kind === "PodTemplate") return ["template", "spec"];
  return kind === "CronJob" ? ["spec", "jobTemplate", "spec", "template", "spec"] : ["spec", "template", "spec"];
}
