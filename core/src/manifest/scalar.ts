import type { ScalarNode } from "./node.ts";

export type FieldType = "map" | "seq" | "string" | "number" | "boolean" | "null" | "template";

/** How far the text lies behind the node's start; undefined if text and source do not run in step (escapes, blocks). */
export function contentShift({ style, text, start, end }: ScalarNode): number | undefined {
  const quote = style === "plain" ? 0 : 1;
  if (style === "literal" || style === "folded") return undefined;
  return end - start - 2 * quote === text.length ? quote : undefined;
}

/** The type of a plain scalar in the YAML 1.2 core schema, {@link https://yaml.org/spec/1.2.2/#103-core-schema}. */
export function plainType(text: string): FieldType {
  if (/^(?:~|null|Null|NULL|)$/.test(text)) return "null";
  if (/^(?:true|True|TRUE|false|False|FALSE)$/.test(text)) return "boolean";
  return /^[-+]?(?:0x[0-9a-fA-F]+|0o[0-7]+|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?)$/.test(text) ? "number" : "string";
}
