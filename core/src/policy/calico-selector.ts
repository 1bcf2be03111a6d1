/**
 * Calico's selector language, as its parser reads it:
 * {@link https://docs.tigera.io/calico/latest/reference/resources/networkpolicy#selectors},
 * {@link https://github.com/projectcalico/calico/tree/master/libcalico-go/lib/selector}.
 */
import type { Lookup } from "./labels.ts";
import { every, isUnknown, not, some, type Truth } from "./truth.ts";

/** Whether something with these labels is selected; `inNamespace` tells pods and network sets from what is global. */
export type Selector = (lookup: Lookup, inNamespace: boolean) => Truth;

/** Undefined for text that Calico's parser refuses. An empty selector selects everything. */
export function parseSelector(text: string): Selector | undefined {
  const tokens = tokenize(text);
  if (!tokens || tokens.length > maxTokens) return undefined;
  if (tokens.length === 0) return () => true;
  const reader: Reader = { tokens, at: 0, depth: 0 };
  const selector = either(reader);
  return selector && reader.at === tokens.length ? selector : undefined;
}

/** More than any selector a person writes; Calico itself has no limit. */
const maxTokens = 10_000;
const maxDepth = 100;

interface Token {
  readonly kind: "string" | "name" | "symbol";
  readonly text: string;
}

interface Reader {
  readonly tokens: readonly Token[];
  at: number;
  depth: number;
}

const pattern =
  /[ \t]*(?:"([^"]*)"|'([^']*)'|(==|!=|&&|\|\||[!(){},])|((?:has|all|global)\([ \t]*)|([a-zA-Z0-9_./-]{1,512}))/y;

function tokenize(text: string): Token[] | undefined {
  const tokens: Token[] = [];
  const end = text.replace(/(?<![ \t])[ \t]+$/, "").length;
  for (let at = 0; at < end; at = pattern.lastIndex) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (!match) return undefined;
    const [, double, single, symbol, call, name] = match;
    const quoted = double ?? single;
    if (quoted !== undefined) tokens.push({ kind: "string", text: quoted });
    else if (name !== undefined) tokens.push({ kind: "name", text: name });
    else tokens.push({ kind: "symbol", text: symbol ?? (call ?? "").trim() });
  }
  return tokens;
}

function either(reader: Reader): Selector | undefined {
  return joined(reader, "||", both, some);
}

function both(reader: Reader): Selector | undefined {
  return joined(reader, "&&", operation, every);
}

function joined(
  reader: Reader,
  symbol: string,
  part: (reader: Reader) => Selector | undefined,
  combine: (truths: readonly Truth[]) => Truth,
): Selector | undefined {
  const parts: Selector[] = [];
  do {
    const found = part(reader);
    if (!found) return undefined;
    parts.push(found);
  } while (skip(reader, symbol));
  return (lookup, inNamespace) => combine(parts.map((selector) => selector(lookup, inNamespace)));
}

function operation(reader: Reader): Selector | undefined {
  let negated = false;
  while (skip(reader, "!")) negated = !negated;
  const found = nested(reader) ?? call(reader) ?? comparison(reader);
  return found && negated ? (lookup, inNamespace) => not(found(lookup, inNamespace)) : found;
}

function nested(reader: Reader): Selector | undefined {
  if (reader.depth >= maxDepth || !skip(reader, "(")) return undefined;
  reader.depth++;
  const found = either(reader);
  reader.depth--;
  return skip(reader, ")") ? found : undefined;
}

function call(reader: Reader): Selector | undefined {
  // For Calico "all()" in a namespaceSelector means "in some namespace"; elsewhere the caller passes inNamespace true.
  if (skip(reader, "all(")) return skip(reader, ")") ? (_, inNamespace) => inNamespace : undefined;
  if (skip(reader, "global(")) return skip(reader, ")") ? (_, inNamespace) => !inNamespace : undefined;
  if (!skip(reader, "has(")) return undefined;
  const name = take(reader, "name");
  return name !== undefined && skip(reader, ")") ? (lookup) => valueTruth(lookup(name), () => true) : undefined;
}

function comparison(reader: Reader): Selector | undefined {
  const name = take(reader, "name");
  if (name === undefined) return undefined;
  const operator = comparisonOperator(reader);
  if (operator === "in" || operator === "not in") {
    const values = set(reader);
    return values && compared(name, operator === "not in", (value) => values.includes(value));
  }
  const literal = operator === undefined ? undefined : take(reader, "string");
  if (literal === undefined) return undefined;
  if (operator === "==" || operator === "!=") return compared(name, operator === "!=", (value) => value === literal);
  if (operator === "contains") return compared(name, false, (value) => value.includes(literal));
  if (operator === "starts with") return compared(name, false, (value) => value.startsWith(literal));
  return compared(name, false, (value) => value.endsWith(literal));
}

/** A label that is absent differs from every value, as in Calico's LabelNeValueNode and LabelNotInSetNode. */
function compared(name: string, negated: boolean, test: (value: string) => boolean): Selector {
  return (lookup) => {
    const truth = valueTruth(lookup(name), test);
    return negated ? not(truth) : truth;
  };
}

function comparisonOperator(reader: Reader): string | undefined {
  if (skip(reader, "==")) return "==";
  if (skip(reader, "!=")) return "!=";
  const word = take(reader, "name");
  if (word === "in" || word === "contains") return word;
  // Calico skips spaces between the two words, none included.
  if (word === "startswith") return "starts with";
  if (word === "endswith") return "ends with";
  if (word === "notin") return "not in";
  const second = take(reader, "name");
  const phrase = `${word} ${second}`;
  return ["starts with", "ends with", "not in"].includes(phrase) ? phrase : undefined;
}

function set(reader: Reader): string[] | undefined {
  if (!skip(reader, "{")) return undefined;
  const values: string[] = [];
  for (let value = take(reader, "string"); value !== undefined; value = take(reader, "string")) {
    values.push(value);
    if (!skip(reader, ",")) break;
  }
  return skip(reader, "}") ? values : undefined;
}

function skip(reader: Reader, symbol: string): boolean {
  const token = reader.tokens[reader.at];
  if (token?.kind !== "symbol" || token.text !== symbol) return false;
  reader.at++;
  return true;
}

function take(reader: Reader, kind: Token["kind"]): string | undefined {
  const token = reader.tokens[reader.at];
  if (token?.kind !== kind) return undefined;
  reader.at++;
  return token.text;
}

function valueTruth(found: ReturnType<Lookup>, test: (value: string) => boolean): Truth {
  if (found === undefined) return false;
  return typeof found === "string" ? test(found) : isUnknown(found) && found;
}
