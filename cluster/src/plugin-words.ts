/**
 * The last line that a plugin wrote to its standard error, as far as it can be shown: plugins print their reason last, and some
 * print credentials with it. Left out are the value behind `=` or `:`, the word that a word like "password" or "token" speaks of,
 * the path and query of an address, and whatever is long or mixes letters and digits as no word of a language does.
 * A password that is an ordinary word in an ordinary place cannot be told; that is why it is one line of no more than 200 characters.
 */
export function reasonIn(stderr: string): string {
  const line =
    stderr
      .trimEnd()
      .split(/[\r\n]/)
      .at(-1)
      ?.trim()
      .slice(0, longestLine)
      .trim() ?? "";
  const shown: string[] = [];
  let secret = false;
  let before = "";
  for (const word of line.split(/\s+/)) {
    const tells = telling.test(word);
    const hidden = secret && !tells && !connecting.test(word) && !onlyName.test(word);
    const named = !word.includes("://") && names.test(word) && !(/^code/i.test(word) && outcome.test(before));
    shown.push(hidden ? leftOut : withoutValues(word));
    // What is spoken of ends with its sentence, or where it is said what became of it.
    if (tells) secret = false;
    else if (hidden || named) secret = !/[.;!?]$/.test(word);
    before = word;
  }
  return shown
    .join(" ")
    .replace(/\(left out\)(?: \(left out\))+/g, leftOut)
    .replace(/\.$/, "");
}

const longestLine = 200;
const leftOut = "(left out)";

/** Words that name a credential; what they name comes next. */
const names =
  /pass(?:word|wd|phrase|code)?|pwd|secret|token|api[-_]?key|\bkey\b|credential|bearer|\bbasic\b|authorization|cookie|session|assertion|\bcode\b|\bpin\b|\botp\b|jwt/i;

/** Nothing but such a name. */
const onlyName = new RegExp(`^\\W*(?:${names.source})s?\\W*$`, "i");

/** What an ordinary code is a code of. */
const outcome = /^(?:exit|status|error|return|http|response)$/i;

/** Words that may stand between such a name and its value. */
const connecting = /^(?:is|was|are|were|the|a|an|your|this|that|[=:"'-]+)[:"']?$/i;

/** Words that say what became of it, which is what one wants to read. */
const telling =
  /^["'(]?(?:has|have|had|not|no|non|cannot|could|can|may|must|should|needs?|does|did|will|expired?|expires|invalid|missing|required|revoked|rejected|refused|denied|failed|failure|error|for|from|in|of|on|to|at|by|with|and|or|but|because|refresh(?:ed)?|file|cache|request|response|endpoint|provider|plugin|command|exchange|source|store|helper|flow)[.,;:!"')]*$/i;

function withoutValues(word: string): string {
  const address = /^(["'(<]*[a-z][\w+.-]*:\/\/)(?:[^/@\s]*@)?([\w.:[\]-]+)(.*)/i.exec(word);
  if (address) return `${address[1]}${address[2]}${address[3] === "" ? "" : `/${leftOut}`}`;
  const [, name = "", value = ""] = /^([^=:]{0,40}[=:])(.+)$/.exec(word) ?? [];
  if (value !== "" && !/^[.,;:!"')\]}]*$/.test(value)) return `${/[\w.+/~]{16,}/.test(name) ? "" : name}${leftOut}`;
  return speakable.test(word) ? word : leftOut;
}

/** Up to 15 letters or digits in a row, not both, or the codes and versions that errors go by: AADSTS50079, v1beta1. */
const speakable =
  /^[^\p{L}\p{N}]*(?:(?:\p{L}{1,15}|\p{N}{1,6})(?:[^\p{L}\p{N}]+|$))*$|^[^\p{L}\p{N}]*(?:[A-Z]{2,8}\d{2,6}|v\d+(?:alpha|beta)\d+|\p{L}{1,15}\d?)[^\p{L}\p{N}]*$/u;
