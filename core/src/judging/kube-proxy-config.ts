import { notKept } from "../probing/keep-config.ts";

/** The entries of a list in KubeProxyConfiguration, written in either of YAML's ways; undefined where it is not set. */
export function listIn(config: string, field: string): string[] | undefined {
  const [, inline, block] =
    new RegExp(`^${field}:[ \\t]*(?:\\[([^\\]]*)\\]|((?:\\n[ \\t]*-[^\\n]*)+))`, "m").exec(config) ?? [];
  const text = inline ?? block;
  if (text === undefined || config === notKept) return undefined;
  const entries = (
    inline === undefined ? text.split("\n").map((line) => line.replace(/^[ \t]*-/, "")) : text.split(",")
  )
    .map((entry) =>
      entry
        .replace(/#.*/, "")
        .trim()
        .replace(/^["']|["']$/g, ""),
    )
    .filter(Boolean);
  return entries.length > 0 ? entries : undefined;
}
