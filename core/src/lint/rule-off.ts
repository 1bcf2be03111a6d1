import { parseConfig } from "./config-file.ts";

/**
 * The text of a `.kube-ipv6.yaml` in which a rule is off, everything else as it was; undefined where something is wrong with it, and where a
 * line that is put in would not say just that, as in a mapping in one line.
 */
export function withRuleOff(text: string, rule: string): string | undefined {
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const before = parseConfig(text);
  if (before.config.rules[rule] === "off") return text;
  const end = text === "" || text.endsWith("\n") ? "" : newline;
  const heads = [...text.matchAll(/^rules:[ \t]*(?:#.*)?\r?\n/gm)];
  const head = heads.length === 1 ? heads[0] : undefined;
  const at = head ? head.index + head[0].length : text.length;
  const indent = /^( +)\S/.exec(text.slice(at))?.[1] ?? "  ";
  const line = `${indent}${rule}: "off"${newline}`;
  const changed = head ? text.slice(0, at) + line + text.slice(at) : `${text}${end}rules:${newline}${line}`;
  const { config, problems } = parseConfig(changed);
  const kept = JSON.stringify({ ...config, rules: { ...config.rules, [rule]: undefined } });
  const was = JSON.stringify({ ...before.config, rules: { ...before.config.rules, [rule]: undefined } });
  return config.rules[rule] === "off" && problems.length + before.problems.length === 0 && kept === was
    ? changed
    : undefined;
}
