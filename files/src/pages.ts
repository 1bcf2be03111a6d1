import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The page of a rule or of a cause. */
export interface Page {
  readonly kind: "rule" | "cause";
  /** Its file's name. */
  readonly id: string;
  /** Markdown. */
  readonly text: string;
}

const folders = { rules: "rule", causes: "cause" } as const;

/** The names of all pages. `root`: the folder of what is shipped. */
export function pageNames(root: string): readonly string[] {
  return listed(root).map(({ id }) => id);
}

/** The pages of this name, or those that say they serve this number of the catalogue. `root`: the folder of what is shipped. */
export function pagesOf(root: string, name: string): readonly Page[] {
  const all = listed(root);
  const read = ({ kind, id, text }: (typeof all)[number]): Page => ({ kind, id, text: text() });
  const named = all.filter(({ id }) => id === name.toLowerCase());
  if (named.length > 0 || !/^[A-Za-z]{1,6}\d{1,3}$/.test(name)) return named.map(read);
  const number = name.toUpperCase();
  return all.map(read).filter(({ text }) => text.includes(`**${number}** `) || text.includes(`Number: ${number}.`));
}

/** An extension has them in one file. */
function listed(root: string) {
  const docs = join(root, "docs");
  if (!existsSync(join(docs, "rules"))) return together(join(root, "dist/pages.json"));
  return Object.entries(folders).flatMap(([folder, kind]) =>
    readdirSync(join(docs, folder))
      .filter((file) => file.endsWith(".md"))
      .sort()
      .map((file) => ({ kind, id: file.slice(0, -3), text: () => readFileSync(join(docs, folder, file), "utf8") })),
  );
}

function together(path: string) {
  const pages = JSON.parse(readFileSync(path, "utf8")) as Readonly<Record<string, string>>;
  return Object.entries(pages).flatMap(([page, text]) => {
    const [, folder = "", id = ""] = /^(\w+)\/(.+)\.md$/.exec(page) ?? [];
    return folder in folders ? { kind: folders[folder as keyof typeof folders], id, text: () => text } : [];
  });
}
