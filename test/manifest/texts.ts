import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";

const folder = new URL("../cases/", import.meta.url);

/** The manifests of the cases, as they are written. */
export const cases: readonly (readonly [name: string, text: string])[] = readdirSync(folder)
  .filter((name) => name.endsWith(".yaml"))
  .map((name) => [name, readFileSync(new URL(name, folder), "utf8")]);

/** What is typed into manifests, and what tears them apart. */
export const fragment: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    "\n",
    "\r\n",
    "\r",
    "---\n",
    "\n---\n",
    "\n--- # next\n",
    "---",
    "-",
    "...\n",
    " ",
    "  ",
    "\t",
    ":",
    ": ",
    "#",
    " # kube-ipv6-disable-file\n",
    "{",
    "}",
    "[",
    "]",
    "'",
    '"',
    "|\n",
    ">-\n",
    "{{",
    "}}",
    "{{- if .Values.a }}\n",
    "{{ .Values.a }}",
    "&a ",
    "*a",
    "<<: *a\n",
    "!!str ",
    "%YAML 1.2\n",
    "\ufeff",
    "😀",
    "ä",
    "\0",
    "::",
    "fd00::1",
    "0.0.0.0/0",
    "kind: Service\n",
    "kind: List\nitems:\n- ",
    "spec:\n  ipFamilies: [IPv6]\n",
    "$patch: delete\n",
  ),
  fc.string({ maxLength: 4, unit: "binary" }),
);

function asList(texts: readonly string[]): string {
  const items = texts
    .flatMap((text) => text.split(/^---.*\n/m))
    .filter((text) => text.trim() !== "")
    .map((text) => `- ${text.trimEnd().replaceAll("\n", "\n  ")}\n`);
  return `apiVersion: v1\nkind: List\nitems:\n${items.join("")}`;
}

/** A file of some of the cases, with the line ends and the surroundings files have. */
export const manifest: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(fc.constantFrom(...cases.map(([, text]) => text)), { minLength: 1, maxLength: 4 }),
    fc.constantFrom("---\n", "--- # next\n", "---\n# comment\n---\n"),
    fc.constantFrom("\n", "\n", "\r\n"),
    fc.constantFrom("", "", "---\n", "# head\n---\n", "\ufeff"),
    fc.nat({ max: 3 }),
  )
  .map(([texts, marker, newline, head, list]) =>
    (head + (list === 0 ? asList(texts) : texts.join(marker))).replaceAll("\n", newline),
  );

/** A piece of a text taken out, and something put in its place: places as shares of its length. */
export interface Cut {
  readonly at: number;
  readonly length: number;
  readonly text: string;
}

export const cut: fc.Arbitrary<Cut> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.oneof(fc.constant(0), fc.nat({ max: 8 }), fc.nat({ max: 300 })),
  text: fc.oneof(
    fragment,
    fragment,
    fc.array(fragment, { maxLength: 5 }).map((parts) => parts.join("")),
  ),
});
