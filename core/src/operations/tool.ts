import type { Input, Operation } from "./operation.ts";

/** A tool as the Model Context Protocol lists it: {@link https://modelcontextprotocol.io/specification/2025-06-18/server/tools} */
export interface Tool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly inputSchema: {
    readonly type: "object";
    readonly properties: Readonly<Record<string, Property>>;
    readonly required: readonly string[];
    readonly additionalProperties: false;
  };
  readonly annotations: {
    readonly title: string;
    readonly readOnlyHint: true;
    readonly destructiveHint: false;
    readonly idempotentHint: true;
    readonly openWorldHint: boolean;
  };
}

export interface Property {
  readonly type: "string" | "boolean" | "array";
  readonly description: string;
  readonly enum?: readonly string[];
  readonly items?: { readonly type: "string" };
}

/** The tool that an agent uses the operation by; undefined where it is none for agents. */
export function toolOf({ name, tool, inputs, operands }: Operation): Tool | undefined {
  if (!tool) return undefined;
  const { title, says, takes, text, required = [], asksCluster = false } = tool;
  const properties: Record<string, Property> = {};
  // Where the text is needed, files are not offered beside it.
  if (operands && !required.includes("manifest")) properties[operands.name] = operandProperty(operands);
  if (text !== undefined) properties.manifest = { type: "string", description: text };
  for (const option of takes) if (inputs[option]) properties[option] = propertyOf(inputs[option]);
  return {
    name,
    title,
    description: says,
    inputSchema: { type: "object", properties, required, additionalProperties: false },
    annotations: {
      title,
      readOnlyHint: true,
      destructiveHint: false,
      idempotentHint: true,
      openWorldHint: asksCluster,
    },
  };
}

function operandProperty({ says, many }: NonNullable<Operation["operands"]>): Property {
  return many ? { type: "array", items: { type: "string" }, description: says } : { type: "string", description: says };
}

function propertyOf({ takes, byDefault, repeatable, says }: Input): Property {
  const line = says.replace(/\s+/g, " ");
  const description = byDefault === undefined ? line : `${line} (by default ${byDefault})`;
  if (takes === undefined) return { type: "boolean", description };
  if (repeatable) return { type: "array", items: { type: "string" }, description };
  return { type: "string", description, ...(typeof takes === "string" ? {} : { enum: takes }) };
}

/** What is wrong with the arguments of a call, in one sentence; undefined if nothing is. */
export function wrongArguments(
  { inputSchema: { properties, required } }: Tool,
  given: Readonly<Record<string, unknown>>,
): string | undefined {
  const missing = required.find((name) => given[name] === undefined);
  if (missing !== undefined) return `"${missing}" is needed`;
  for (const [name, value] of Object.entries(given)) {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (!property) return `there is no argument of that name; there are ${Object.keys(properties).join(", ")}`;
    const wrong = wrongValue(property, value);
    if (wrong !== undefined) return `"${name}" ${wrong}`;
  }
  return undefined;
}

function wrongValue({ type, enum: words }: Property, value: unknown): string | undefined {
  if (type === "array")
    return Array.isArray(value) && value.every((one) => typeof one === "string") ? undefined : "is a list of texts";
  if (typeof value !== type) return type === "string" ? "is a text" : "is true or false";
  return words && !words.includes(value as string) ? `is one of ${words.join(", ")}` : undefined;
}
