import { createHash, randomUUID } from "node:crypto";

// biome-ignore lint/suspicious/noExplicitAny: objects of every kind pass through here, checked only where they matter.
export type Any = any;

/** An object of the API: the fields every kind has, and whatever its own kind adds. */
export interface ApiObject {
  apiVersion: string;
  kind: string;
  metadata: Metadata;
  [field: string]: Any;
}

export interface Metadata {
  name: string;
  namespace?: string;
  uid: string;
  resourceVersion: string;
  creationTimestamp: string;
  generation?: number;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ownerReferences?: Any[];
  [field: string]: Any;
}

/** A new object with the metadata the server fills in; its resourceVersion is given by the store. */
export function object(
  apiVersion: string,
  kind: string,
  metadata: Partial<Metadata> & { name: string },
  rest: object,
): ApiObject {
  const { name, namespace, ...more } = metadata;
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      uid: randomUUID(),
      resourceVersion: "",
      creationTimestamp: now(),
      ...more,
    },
    ...rest,
  };
}

/** The time as the API writes it: seconds, in UTC. */
export function now(): string {
  return new Date().toISOString().replace(/\.\d+Z$/, "Z");
}

/** Five letters from the alphabet Kubernetes appends to generated names, always the same for the same text. */
export function suffix(text: string): string {
  const letters = "bcdfghjklmnpqrstvwxz2456789";
  return [...createHash("sha256").update(text).digest().subarray(0, 5)]
    .map((byte) => letters[byte % letters.length])
    .join("");
}

/** A reference from a dependant to the object that controls it. */
export function ownedBy(owner: ApiObject): Any {
  return {
    apiVersion: owner.apiVersion,
    kind: owner.kind,
    name: owner.metadata.name,
    uid: owner.metadata.uid,
    controller: true,
    blockOwnerDeletion: true,
  };
}
