import { readdirSync, readFileSync } from "node:fs";
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

/** The names of all pages. */
export function pageNames(docs: string): readonly string[] {
  return listed(docs).map(({ id }) => id);
}

/** The pages of this name, or those that say they serve this number of the catalogue. `docs`: the folder that holds them. */
export function pagesOf(docs: string, name: string): readonly Page[] {
  const all = listed(docs);
  const read = ({ kind, id, path }: (typeof all)[number]): Page => ({ kind, id, text: readFileSync(path, "utf8") });
  const named = all.filter(({ id }) => id === name.toLowerCase());
  if (named.length > 0 || !/^[A-Za-z]{1,6}\d{1,3}$/.test(name)) return named.map(read);
  const number = name.toUpperCase();
  return all.map(read).filter(({ text }) => text.includes(`**${number}** `) || text.includes(`Number: ${number}.`));
}

function listed(docs: string) {
  return Object.entries(folders).flatMap(([folder, kind]) =>
    readdirSync(join(docs, folder))
      .filter((file) => file.endsWith(".md"))
      .sort()
      .map((file) => ({ kind, id: file.slice(0, -3), path: join(docs, folder, file) })),
  );
}
