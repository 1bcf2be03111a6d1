/** One line of two texts held against each other. */
export interface DiffLine {
  readonly mark: " " | "-" | "+";
  readonly text: string;
}

/** Lines around what differs that are shown with it. */
const around = 3;

/** What is otherwise in `after`, by the longest common subsequence of lines; `undefined` where lines in between are left out. */
export function lineDiff(before: string, after: string): readonly (DiffLine | undefined)[] {
  const [old, now] = [before, after].map((text) => text.trimEnd().split("\n")) as [string[], string[]];
  const all = merged(old, now);
  const shown = all.map((_, index) => all.slice(Math.max(0, index - around), index + around + 1).some(isChange));
  return all.flatMap((line, index) => (shown[index] ? [line] : index === 0 || shown[index - 1] ? [undefined] : []));
}

function isChange({ mark }: DiffLine): boolean {
  return mark !== " ";
}

function merged(old: readonly string[], now: readonly string[]): DiffLine[] {
  const [first, last] = ends(old, now);
  const [a, b] = [old.slice(first, old.length - last), now.slice(first, now.length - last)];
  const same = (text: string): DiffLine => ({ mark: " ", text });
  return [...old.slice(0, first).map(same), ...middle(a, b), ...old.slice(old.length - last).map(same)];
}

/** How many lines at the beginning and at the end are the same. */
function ends(a: readonly string[], b: readonly string[]): [number, number] {
  const most = Math.min(a.length, b.length);
  let first = 0;
  while (first < most && a[first] === b[first]) first++;
  let last = 0;
  while (last < most - first && a[a.length - 1 - last] === b[b.length - 1 - last]) last++;
  return [first, last];
}

function middle(a: readonly string[], b: readonly string[]): DiffLine[] {
  // The length of what is common from each place on.
  const common = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  const at = (x: number, y: number) => common[x]?.[y] ?? 0;
  for (let x = a.length - 1; x >= 0; x--)
    for (let y = b.length - 1; y >= 0; y--)
      (common[x] as number[])[y] = a[x] === b[y] ? at(x + 1, y + 1) + 1 : Math.max(at(x + 1, y), at(x, y + 1));
  const lines: DiffLine[] = [];
  for (let x = 0, y = 0; x < a.length || y < b.length; ) {
    if (x < a.length && y < b.length && a[x] === b[y]) {
      lines.push({ mark: " ", text: a[x++] ?? "" });
      y++;
    } else if (y >= b.length || (x < a.length && at(x + 1, y) >= at(x, y + 1)))
      lines.push({ mark: "-", text: a[x++] ?? "" });
    else lines.push({ mark: "+", text: b[y++] ?? "" });
  }
  return lines;
}
