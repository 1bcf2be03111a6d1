import type { KubeObject } from "../cluster/cluster.ts";

/**
 * Lets objects of a list share what is alike in them: pods of one Deployment differ in name, node and addresses, and a hundred
 * thousand of them would each hold the same labels and containers. Nobody changes an object that was listed.
 */
export class Sharing {
  readonly #fields = new Map<string, Field>();

  /** An equal object, in whose metadata, spec and status each field is the first that was seen of its value. */
  in(given: KubeObject): KubeObject {
    // What was parsed takes half the room of what was put together.
    const object = JSON.parse(JSON.stringify(given)) as KubeObject;
    for (const part of ["metadata", "spec", "status"]) {
      const fields: unknown = object[part];
      if (typeof fields !== "object" || fields === null || Array.isArray(fields)) continue;
      const writable = fields as Record<string, unknown>;
      for (const key of Object.keys(writable)) writable[key] = this.#first(`${part}.${key}`, writable[key]);
    }
    return object;
  }

  #first(path: string, value: unknown): unknown {
    if (value === undefined || typeof value === "number" || typeof value === "boolean" || value === null) return value;
    const field = this.#fields.get(path) ?? { known: new Map<string, unknown>(), asked: 0 };
    this.#fields.set(path, field);
    // What differs from object to object would only fill the table.
    if (field.known.size > enough && field.known.size * 2 > field.asked) return value;
    field.asked++;
    const key = JSON.stringify(value);
    const known = field.known.get(key);
    if (known !== undefined) return known;
    field.known.set(key, value);
    return value;
  }
}

interface Field {
  readonly known: Map<string, unknown>;
  asked: number;
}

/** Different values after which it is asked whether they are ever alike. */
const enough = 1_000;
