import type { Field } from "../manifest/field.ts";

/** Protocol buffers in JSON have two spellings, and Envoy reads both. {@link https://protobuf.dev/programming-guides/json/} */
export function either(field: Field | undefined, snake: string, camel: string): Field | undefined {
  return field?.get(snake) ?? field?.get(camel);
}
