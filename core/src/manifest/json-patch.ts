import type { PlacedField } from "./composed.ts";
import type { Field } from "./field.ts";

/** What the operations of a JSON patch put where. {@link https://www.rfc-editor.org/rfc/rfc6902} */
export function patched(operations: Field | undefined): readonly PlacedField[] {
  return (operations?.items() ?? []).flatMap((operation) => {
    const [op, path, field] = ["op", "path", "value"].map((key) => operation.get(key));
    const to = path?.text === undefined ? undefined : pointed(path.text);
    return field && to && /^(?:add|replace)$/.test(op?.text ?? "") ? [{ to, field }] : [];
  });
}

/** {@link https://www.rfc-editor.org/rfc/rfc6901}; `-` is the end of a list. */
export function pointed(pointer: string): readonly (string | number)[] | undefined {
  if (!pointer.startsWith("/")) return undefined;
  return pointer
    .slice(1)
    .split("/")
    .map((step) => {
      if (step === "-") return 0;
      return /^\d+$/.test(step) ? Number(step) : step.replaceAll("~1", "/").replaceAll("~0", "~");
    });
}
