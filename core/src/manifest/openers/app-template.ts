import type { PlacedField } from "../composed.ts";
import type { Field } from "../field.ts";
import type { Opener, Perhaps } from "./opener.ts";

const at = ["spec", "template", "spec", "containers", 0] as const;

/**
 * The containers that a home's chart makes of its values, by name and not in a list.
 * {@link https://bjw-s-labs.github.io/helm-charts/docs/app-template/reference/container/}
 */
export const appTemplate: Opener = {
  kind: "HelmValues",
  groups: [""],
  holds: ["Deployment"],
  mentions: /controllers/,
  open: (values) =>
    (values.get("controllers")?.entries() ?? []).flatMap(([, controller]) =>
      ["containers", "initContainers"].flatMap((list) =>
        (controller.get(list)?.entries() ?? []).map(([, container]) => deployment(container)),
      ),
    ),
};

function deployment(container: Field): Perhaps {
  const placed = [
    ...placeAt(container.get("image", "repository"), "image"),
    ...["command", "args"].flatMap((key) => words(container.get(key), key)),
    ...variables(container.get("env")),
    ...(container.get("probes")?.entries() ?? []).flatMap(([name, probe]) =>
      placeAt(probe.get("spec"), `${name}Probe`),
    ),
  ];
  return { field: container, as: { apiVersion: "apps/v1", kind: "Deployment" }, placed };
}

function placeAt(field: Field | undefined, ...steps: readonly (string | number)[]): readonly PlacedField[] {
  return field ? [{ to: [...at, ...steps], field }] : [];
}

/** A list, or one word alone. */
function words(field: Field | undefined, key: string): readonly PlacedField[] {
  return field?.node.kind === "scalar" ? placeAt(field, key, 0) : placeAt(field, key);
}

/** A mapping of names to values, or to what holds a value; or a list as the API server has it. */
function variables(env: Field | undefined): readonly PlacedField[] {
  if (env?.type === "seq") return placeAt(env, "env");
  return (env?.entries() ?? []).flatMap(([name, own], index) => {
    const field = own.node.kind === "scalar" ? own : own.get("value");
    const to = [...at, "env", index];
    return field
      ? [
          { to: [...to, "name"], field, says: name },
          { to: [...to, "value"], field },
        ]
      : [];
  });
}
