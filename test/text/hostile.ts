import { Marked, type Token } from "marked";

/** What others may put into a name, an annotation or a refusal to be obeyed by a terminal, a CI log or a Markdown viewer. */
export const hostile =
  "x\u001b]0;PWNED\u0007\u001b[2J\r\n::error title=forged::y\n::add-mask::z ##[stop-commands]t ##vso[task.setvariable variable=a]b\u009b31m\u202e\u2028" +
  "`![x](https://evil.example/p.png)` [run](command:workbench.action.quit) <img src=x onerror=alert(1)> https://evil.example | www.evil.example mail@evil.example";

/** What a terminal or a CI log would obey in a text; nothing, in a text that may be shown. */
export function obeyed(text: string): readonly string[] {
  return [
    ...(text.match(/(?![\n\t])[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]/gu) ?? []),
    ...(text.match(/^\s*::[a-z-]+[ :].*|##[a-z]*\[/gim) ?? []),
  ].map((found) => JSON.stringify(found));
}

/** The images, links and HTML that a viewer makes of Markdown, except links to those hosts; GitHub's flavour, as in VS Code. */
export function madeOf(
  markdown: string,
  own = /^https:\/\/(?:[\w-]+\.)*(?:kubernetes|rfc-editor|ietf|iana|kernel|cilium|tigera|coredns)\.\w+\//,
): readonly string[] {
  const found: string[] = [];
  const viewer = new Marked({ gfm: true });
  void viewer.walkTokens(viewer.lexer(markdown), (token: Token) => {
    if (token.type === "image" || token.type === "html") found.push(token.raw);
    if (token.type === "link" && !own.test(token.href)) found.push(token.raw);
  });
  return found;
}
