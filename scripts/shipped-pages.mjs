// The pages of rules and causes, and what is new, as one file: three hundred of them are half as large in a vsix as each alone.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** `rules/NAME.md`, `causes/NAME.md` and `CHANGELOG.md` with their Markdown, as JSON. */
export function shippedPages(docs) {
  const news = ["CHANGELOG.md", readFileSync(path.join(docs, "../CHANGELOG.md"), "utf8")];
  const pages = ["rules", "causes"].flatMap((folder) =>
    readdirSync(path.join(docs, folder))
      .filter((file) => file.endsWith(".md"))
      .sort()
      .map((file) => [`${folder}/${file}`, readFileSync(path.join(docs, folder, file), "utf8")]),
  );
  return JSON.stringify(Object.fromEntries([...pages, news]));
}
