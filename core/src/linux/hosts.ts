import { lines, words } from "./lines.ts";

export interface HostEntry {
  readonly address: string;
  readonly names: readonly string[];
}

/** Parses `/etc/hosts`. */
export function parseHosts(text: string): HostEntry[] {
  return lines(text.replace(/#.*/g, "")).flatMap((line) => {
    const [address = "", ...names] = words(line);
    return names.length > 0 ? [{ address, names }] : [];
  });
}
