import { lines, words } from "./lines.ts";

export interface ResolvConf {
  /** As written, a link-local one with its zone. glibc and musl use the first three. */
  readonly nameservers: readonly string[];
  readonly search: readonly string[];
  readonly options: readonly string[];
}

/** Parses `/etc/resolv.conf`, see {@link https://man7.org/linux/man-pages/man5/resolv.conf.5.html}; the last `search` wins. */
export function parseResolvConf(text: string): ResolvConf {
  const rows = lines(text.replace(/[#;].*/g, "")).map(words);
  const rest = (keyword: string) => rows.filter(([first]) => first === keyword).map((row) => row.slice(1));
  return {
    nameservers: rest("nameserver").flatMap((row) => row.slice(0, 1)),
    search: [...rest("domain"), ...rest("search")].at(-1) ?? [],
    options: rest("options").flat(),
  };
}
