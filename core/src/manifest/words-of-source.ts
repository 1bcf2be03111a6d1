import type { Resource } from "./resource.ts";

/** The text that was searched last: the objects of a List have one, and it may be long. */
let searched = "";
const found = new Map<RegExp, boolean>();

/** Whether the text that a resource stands in has such a word anywhere. */
export function sourceHas({ source }: Resource, word: RegExp): boolean {
  if (source !== searched) {
    searched = source;
    found.clear();
  }
  let has = found.get(word);
  if (has === undefined) {
    has = word.test(source);
    found.set(word, has);
  }
  return has;
}
