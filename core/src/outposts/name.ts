/** "kube-ipv6-x7k2p9w4qd": a name that nobody has, 40 random bits of it. */
export function newName(): string {
  return `kube-ipv6-${source.randomUUID().replaceAll("-", "").slice(0, 10)}`;
}

/** Web Crypto is there in every host of this code; core has the types of none. */
const source = (globalThis as unknown as { readonly crypto: { randomUUID(): string } }).crypto;
