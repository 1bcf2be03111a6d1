type ClientNode = typeof import("@kubernetes/client-node/dist/config.js");

let loading: Promise<ClientNode> | undefined;

/** client-node, loaded by who asks a cluster: reading a kubeconfig takes none of it. */
export function clientNode(): Promise<ClientNode> {
  loading ??= load();
  return loading;
}

/**
 * undici, which client-node brings for requests that are not made here, puts its own dispatcher in the place of the one
 * that everybody's `fetch` in this process goes through: an editor's, with its proxy and its certificates, is put back.
 */
async function load(): Promise<ClientNode> {
  const before = dispatchers.map((name) => [name, Reflect.get(globalThis, name)] as const);
  const loaded = await import("@kubernetes/client-node/dist/config.js");
  for (const [name, dispatcher] of before) Reflect.set(globalThis, name, dispatcher);
  return loaded;
}

/** https://github.com/nodejs/undici/blob/main/lib/global.js */
const dispatchers = ["undici.globalDispatcher.1", "undici.globalDispatcher.2"].map((name) => Symbol.for(name));
