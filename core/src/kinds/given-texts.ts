import type { Field } from "../manifest/field.ts";
import type { Resource } from "../manifest/resource.ts";
import { mask } from "../manifest/template.ts";
import { containersOf, envOf } from "./containers.ts";

/** A text that a program is given, of `command`, `args` or `env`. */
export interface GivenText {
  readonly field: Field;
  readonly text: string;
  readonly container: Field;
  /** The name of the environment variable; undefined for an argument. */
  readonly variable: string | undefined;
}

/** Every text of a resource's containers, in the order written; templates are left out. */
export function givenTexts(resource: Resource): readonly GivenText[] {
  return resource.once(givenTexts, () =>
    containersOf(resource).flatMap((container) => [
      ...["command", "args"].flatMap((list) =>
        (container.get(list)?.items() ?? []).flatMap((field) => given(field, container, undefined)),
      ),
      ...envOf(container).flatMap(({ name, value }) => (value ? given(value, container, name) : [])),
    ]),
  );
}

/** What is written of texts that come from a template in part, which stands in them as blanks. */
export function templatedTexts(resource: Resource): readonly Pick<GivenText, "field" | "text">[] {
  const fields = containersOf(resource).flatMap((container) => [
    ...["command", "args"].flatMap((list) => container.get(list)?.items() ?? []),
    ...envOf(container).flatMap(({ value }) => value ?? []),
  ]);
  return fields.flatMap((field) =>
    field.type === "template" && field.node.kind === "scalar"
      ? [{ field, text: field.node.text.replaceAll(mask, " ") }]
      : [],
  );
}

function given(field: Field, container: Field, variable: string | undefined): GivenText[] {
  return field.text === undefined ? [] : [{ field, text: field.text, container, variable }];
}
