/**
 * Whether a glob matches a whole path, parts divided by "/": `*` and `?` stand for what is no "/", `**` between two slashes for any
 * number of folders. Globs come from repositories of strangers, so that time grows with the length of the path times that of the glob at
 * most, whatever they hold.
 */
export function matchesGlob(path: string, glob: string): boolean {
  const [parts, wanted] = [path.split("/"), glob.replace(/^\.?\//, "").split("/")];
  let [part, at] = [0, 0];
  /** Where to go on with one folder more for the last `**`. */
  let back: { part: number; readonly at: number } | undefined;
  for (;;) {
    if (wanted[at] === "**") {
      back = { part, at: ++at };
      if (at === wanted.length) return true;
    } else if (part === parts.length) return at === wanted.length;
    else if (at < wanted.length && matchesName(parts[part] as string, wanted[at] as string)) {
      part++;
      at++;
    } else if (back) {
      part = ++back.part;
      at = back.at;
    } else return false;
  }
}

/** The last `*` takes one character more each time that what follows it does not fit; those before it need not be tried again. */
function matchesName(name: string, glob: string): boolean {
  let [char, at] = [0, 0];
  let back: { char: number; readonly at: number } | undefined;
  while (char < name.length || at < glob.length) {
    if (glob[at] === "*") back = { char, at: ++at };
    else if (char < name.length && at < glob.length && (glob[at] === "?" || glob[at] === name[char])) {
      char++;
      at++;
    } else if (back && back.char < name.length) {
      char = ++back.char;
      at = back.at;
    } else return false;
  }
  return true;
}

/** UTF-16 units of one glob, and of all of a file together. */
const [longest, most] = [1_000, 10_000];

/** The globs that are sound; of the others a sentence each. */
export function soundGlobs(globs: readonly string[]): {
  readonly sound: readonly string[];
  readonly problems: readonly { readonly index: number; readonly message: string }[];
} {
  const sound: string[] = [];
  const problems: { index: number; message: string }[] = [];
  let length = 0;
  for (const [index, glob] of globs.entries()) {
    const wrong = (message: string) => problems.push({ index, message });
    const shown = glob.length > 40 ? `${glob.slice(0, 40)}...` : glob;
    if (glob.length > longest) wrong(`"${shown}" is longer than ${longest} characters`);
    else if (/[[{\\]|[?*+@!]\(|^!/.test(glob)) wrong(`"${shown}": a pattern is made of *, ** and ? only`);
    else if (length + glob.length > most) {
      wrong(`"${shown}" and what follows: the patterns are longer than ${most} characters together`);
      break;
    } else {
      sound.push(glob);
      length += glob.length;
    }
  }
  return { sound, problems };
}
