import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { literalsOf, messagesOf } from "./texts.ts";

/** Words with spaces between them, a word beside something that is put in, or one word as buttons have it. */
const prose = /[a-z]{2,}[,.:;)]?\s+[\w({]|[\w)}]\s+\(?[a-z]{2,}|^[A-Z][a-z]+$|^[a-z]+ \.\.\.$/;

/** Text of HTML between its tags. */
const betweenTags = />[^<{]*[A-Za-z]{2,}[^<]*(?:<|$)/;

/** What looks like words and is for machines: by what stands before it on its line, or by itself. */
const machines = [
  /^import |\bfrom $|^} from |\bwhen: $|[!=]== $|\bcase $|refTo\([\w.]+, $|const csp = $|span\($|Function\("given", $|icon: $/,
  /^\$\([\w-]+\) \{\}$|^(?:Pod|Service|Node|Kind|Job|Running|Succeeded|Unknown|None|Tier|Namespace|Kustomization|Markdown|EndpointSlice)$/,
];

/** Files whose texts are read by no person, or that are written elsewhere: what a command declares goes into package.nls.json. */
const apart = /^(?:web\/linked|l10n|declared)\.ts$|(?:^|\/)index\.ts$/;

/** The client's texts for people that no translation can reach: "tree/pods.ts:12 No pods". */
export function untranslatable(root: string): readonly string[] {
  return sources(root).flatMap(([name, source]) =>
    apart.test(name) ? [] : untranslatableIn(source).map((found) => `${name}:${found}`),
  );
}

/** The same of one file: "12 No pods". */
export function untranslatableIn(source: string): readonly string[] {
  const declared = /export const declared: Declared = [\s\S]*?\n};\n/.exec(source);
  const ends = (declared?.index ?? 0) + (declared?.[0].length ?? 0);
  return literalsOf(source).flatMap(({ start, tag, parts }) => {
    const line = source.slice(source.lastIndexOf("\n", start) + 1, start);
    const text = parts.join("{}");
    if (tag === "l10n" || (declared && start >= declared.index && start < ends)) return [];
    if (machines.some((pattern, index) => pattern.test(index === 0 ? line : text))) return [];
    const words =
      tag === "html" ? betweenTags.test(text) || /(?:title|aria-label)="[^{"]*[a-z]/.test(text) : prose.test(text);
    if (!words) return [];
    return [`${source.slice(0, start).split("\n").length} ${text.replace(/\s+/g, " ").slice(0, 80)}`];
  });
}

/** l10n/bundle.l10n.json: every text of the client, for a translation to begin with. */
export function bundleOf(root: string): string {
  const messages = [...new Set(sources(root).flatMap(([, source]) => messagesOf(source)))].sort();
  return json(Object.fromEntries(messages.map((message) => [message, message])));
}

/** package.nls.json, with the titles of the commands as they are declared; the rest is written there by hand. */
export function titlesOf(
  written: string,
  commands: readonly { readonly id: string; readonly title: string }[],
): string {
  const others = Object.entries(JSON.parse(written) as Record<string, string>).filter(
    ([key]) => !key.startsWith("command."),
  );
  return json(Object.fromEntries([...commands.map(({ id, title }) => [`command.${id}`, title]), ...others]));
}

/** A manifest with its texts in place of their keys. */
export function resolved(manifest: string, titles: string): string {
  const texts = JSON.parse(titles) as Record<string, string>;
  return manifest.replace(/"%([\w.-]+)%"/g, (_, key: string) => JSON.stringify(texts[key] ?? key));
}

function json(object: object): string {
  return `${JSON.stringify(object, undefined, 2)}\n`;
}

function sources(root: string): readonly (readonly [string, string])[] {
  const folder = join(root, "client/src");
  return (readdirSync(folder, { recursive: true }) as string[])
    .filter((name) => name.endsWith(".ts"))
    .sort()
    .map((name) => [name.replaceAll("\\", "/"), readFileSync(join(folder, name), "utf8")]);
}
