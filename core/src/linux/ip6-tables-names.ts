import { lines } from "./lines.ts";

/** `/proc/net/ip6_tables_names`: the legacy ip6tables tables that are live in this network namespace. */
export function parseIp6TablesNames(text: string): string[] {
  return lines(text).map((line) => line.trim());
}
