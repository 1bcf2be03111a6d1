import assert from "node:assert/strict";

/** A JSON Schema as far as the documents of this project need one. */
interface Schema {
  readonly [keyword: string]: unknown;
}

const annotations = new Set(["$schema", "$defs", "title", "description"]);

/** Every way in which a value is not as the schema says, as "$.causes[0].code: ...". A keyword nobody checks fails the test. */
export function violations(schema: Schema, value: unknown, root: Schema = schema, at = "$"): string[] {
  return Object.entries(schema)
    .filter(([keyword]) => !annotations.has(keyword))
    .flatMap(([keyword, wanted]) => {
      const check = checks[keyword];
      assert.ok(check, `this test does not know the keyword ${keyword}`);
      return check({ wanted, value, schema, root, at });
    });
}

interface Checked {
  // biome-ignore lint/suspicious/noExplicitAny: the keyword decides what is wanted
  readonly wanted: any;
  // biome-ignore lint/suspicious/noExplicitAny: any JSON
  readonly value: any;
  readonly schema: Schema;
  readonly root: Schema;
  readonly at: string;
}

const wrong = (fine: boolean, at: string, what: string) => (fine ? [] : [`${at}: ${what}`]);

const checks: Readonly<Record<string, (checked: Checked) => string[]>> = {
  $ref: ({ wanted, value, root, at }) => {
    const defs = root.$defs as Readonly<Record<string, Schema>>;
    const target = defs[String(wanted).replace("#/$defs/", "")];
    assert.ok(target, `${wanted} leads nowhere`);
    return violations(target, value, root, at);
  },
  type: ({ wanted, value, at }) =>
    wrong(
      [wanted].flat().some((type) => is(type, value)),
      at,
      `is no ${wanted}`,
    ),
  const: ({ wanted, value, at }) => wrong(value === wanted, at, `is not ${wanted}`),
  enum: ({ wanted, value, at }) => wrong(wanted.includes(value), at, `${JSON.stringify(value)} is none of ${wanted}`),
  pattern: ({ wanted, value, at }) => wrong(new RegExp(wanted).test(value), at, `${value} does not match ${wanted}`),
  minimum: ({ wanted, value, at }) => wrong(value >= wanted, at, `${value} is below ${wanted}`),
  items: ({ wanted, value, root, at }) =>
    Array.isArray(value) ? value.flatMap((one, index) => violations(wanted, one, root, `${at}[${index}]`)) : [],
  properties: ({ wanted, value, root, at }) =>
    Object.entries<Schema>(wanted).flatMap(([key, schema]) =>
      value?.[key] === undefined ? [] : violations(schema, value[key], root, `${at}.${key}`),
    ),
  required: ({ wanted, value, at }) =>
    value === null ? [] : wanted.flatMap((key: string) => wrong(value?.[key] !== undefined, at, `lacks ${key}`)),
  additionalProperties: ({ wanted, value, schema, at }) => {
    assert.equal(wanted, false);
    if (value === null) return [];
    const known = Object.keys(schema.properties as object);
    return Object.keys(value ?? {}).flatMap((key) => wrong(known.includes(key), at, `has ${key} too`));
  },
};

function is(type: string, value: unknown): boolean {
  if (type === "array") return Array.isArray(value);
  if (type === "null") return value === null;
  if (type === "integer") return Number.isInteger(value);
  return typeof value === type && value !== null && !Array.isArray(value);
}
