import { type Answer, answered, refused } from "../cluster/cluster.ts";
import { type FileForm, lines } from "../linux/lines.ts";

/**
 * Reads a file of a known form. Whoever read around a line of another form would take what he did not understand for what is
 * not there.
 */
export function wellFormed<T>(
  path: string,
  text: Answer<string>,
  form: FileForm,
  read: (text: string) => T,
): Answer<T> {
  if (!text.ok) return text;
  const odd = oddLine(text.value, form);
  return odd === undefined
    ? answered(read(text.value))
    : refused("failed", `${path} could not be read: "${odd.slice(0, 80)}" is no line of it`);
}

/** The first line that is none of the file; empty where the first one is missing. */
function oddLine(text: string, { first, line }: FileForm): string | undefined {
  const all = lines(text).map((one) => one.trim());
  if (first === undefined) return all.find((one) => !line.test(one));
  const [title = "", ...rest] = all;
  return first.test(title) ? rest.find((one) => !line.test(one)) : title;
}
