import type { ResolvConf } from "./resolv-conf.ts";

/**
 * The names a resolver tries for a name, in order, absolute and without the last dot: with fewer dots than `ndots` the search
 * list comes first. What has as many dots is tried as it is; glibc then goes on with the search list and musl does not.
 * {@link https://man7.org/linux/man-pages/man5/resolv.conf.5.html}, {@link https://wiki.musl-libc.org/functional-differences-from-glibc.html}
 */
export function nameCandidates(name: string, { search, options }: ResolvConf, libc: "glibc" | "musl"): string[] {
  if (name.endsWith(".")) return [name.slice(0, -1)];
  const searched = search.map((domain) => `${name}.${domain.replace(/^\.+|(?<!\.)\.+$/g, "")}`.replace(/\.$/, ""));
  const isFull = name.split(".").length - 1 >= ndotsOf(options);
  if (!isFull) return distinct([...searched, name]);
  return libc === "musl" ? [name] : distinct([name, ...searched]);
}

/** 1 unless an option says otherwise; both resolvers know no more than 15. */
function ndotsOf(options: readonly string[]): number {
  const written = options.map((option) => /^ndots:(\d+)$/.exec(option)?.[1]).filter((digits) => digits !== undefined);
  return Math.min(Number(written.at(-1) ?? 1), 15);
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)];
}
