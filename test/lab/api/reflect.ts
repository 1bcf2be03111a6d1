/** The part of the metadata API of decorators that the X.509 library's injection container asks for when it loads. */
interface Metadata {
  getMetadata(key: unknown, target: object): unknown;
  getOwnMetadata(key: unknown, target: object): unknown;
  hasOwnMetadata(key: unknown, target: object): boolean;
  defineMetadata(key: unknown, value: unknown, target: object): void;
  metadata(key: unknown, value: unknown): (target: object) => void;
}

const kept = new WeakMap<object, Map<unknown, unknown>>();

function own(key: unknown, target: object): unknown {
  return kept.get(target)?.get(key);
}

function inherited(key: unknown, target: object | null): unknown {
  return target === null ? undefined : (own(key, target) ?? inherited(key, Object.getPrototypeOf(target)));
}

function define(key: unknown, value: unknown, target: object): void {
  kept.set(target, (kept.get(target) ?? new Map()).set(key, value));
}

const metadata: Metadata = {
  getMetadata: inherited,
  getOwnMetadata: own,
  hasOwnMetadata: (key, target) => own(key, target) !== undefined,
  defineMetadata: define,
  metadata: (key, value) => (target) => define(key, value, target),
};

Object.assign(Reflect, metadata);
