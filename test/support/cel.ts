/**
 * CEL, as far as the admission policies of this project go: what a cluster would say of an object.
 * {@link https://github.com/google/cel-spec/blob/master/doc/langdef.md}, {@link https://kubernetes.io/docs/reference/using-api/cel/}
 */
import { contains, formatAddress, isMapped, type Prefix, parseAddress, parsePrefix } from "#core/addresses/address.ts";

/** Evaluates an expression; throws where CEL has an error: a field that is not there, a type that has no such operation. */
export function evaluate(expression: string, variables: Readonly<Record<string, unknown>>): unknown {
  return compiled(expression)(new Map(Object.entries(variables)));
}

type Scope = ReadonlyMap<string, unknown>;
type Node = ((scope: Scope) => unknown) & { readonly field?: { readonly of: Node; readonly name: string } };

const programs = new Map<string, Node>();

function compiled(expression: string): Node {
  const program = programs.get(expression) ?? new Parser(expression).whole();
  programs.set(expression, program);
  return program;
}

const token = /\s*(?:(\d+)|'((?:[^'\\]|\\.)*)'|([A-Za-z_]\w*)|(&&|\|\||[!=<>]=|[!<>()[\].,?:+-]))/y;

class Parser {
  readonly #tokens: { readonly kind: "number" | "text" | "name" | "sign"; readonly text: string }[] = [];
  #at = 0;

  constructor(text: string) {
    token.lastIndex = 0;
    while (token.lastIndex < text.trimEnd().length) {
      const from = token.lastIndex;
      const [, number, string, name, sign] = token.exec(text) ?? [];
      const kind = number ? "number" : string !== undefined ? "text" : name ? "name" : sign ? "sign" : undefined;
      if (!kind) throw new Error(`no CEL: ${text.slice(from)}`);
      this.#tokens.push({ kind, text: number ?? string ?? name ?? sign ?? "" });
    }
  }

  whole(): Node {
    const node = this.#ternary();
    if (this.#tokens[this.#at]) throw new Error(`"${this.#tokens[this.#at]?.text}" is too much`);
    return node;
  }

  #takes(sign: string): boolean {
    const next = this.#tokens[this.#at];
    if (!next || next.kind === "text" || next.text !== sign) return false;
    this.#at++;
    return true;
  }

  #wants(sign: string): void {
    if (!this.#takes(sign)) throw new Error(`"${sign}" is missing before "${this.#tokens[this.#at]?.text}"`);
  }

  #ternary(): Node {
    const condition = this.#logic(0);
    if (!this.#takes("?")) return condition;
    const yes = this.#logic(0);
    this.#wants(":");
    const no = this.#ternary();
    return (scope) => (boolean(condition(scope)) ? yes(scope) : no(scope));
  }

  /** `||`, and tighter `&&`: an error on one side does not matter where the other decides. */
  #logic(level: 0 | 1): Node {
    const [sign, decides] = level === 0 ? (["||", true] as const) : (["&&", false] as const);
    const side = () => (level === 0 ? this.#logic(1) : this.#relation());
    let left = side();
    while (this.#takes(sign)) {
      const [a, b] = [left, side()];
      left = (scope) => {
        let failed: unknown;
        for (const each of [a, b])
          try {
            if (boolean(each(scope)) === decides) return decides;
          } catch (error) {
            failed = error;
          }
        if (failed) throw failed;
        return !decides;
      };
    }
    return left;
  }

  #relation(): Node {
    let left = this.#sum();
    for (;;) {
      const sign = ["==", "!=", "<=", ">=", "<", ">", "in"].find((each) => this.#takes(each));
      if (!sign) return left;
      const [a, b] = [left, this.#sum()];
      left = (scope) => relations[sign]?.(a(scope), b(scope));
    }
  }

  #sum(): Node {
    let left = this.#unary();
    while (this.#takes("+")) {
      const [a, b] = [left, this.#unary()];
      left = (scope) => {
        const [one, other] = [a(scope), b(scope)];
        if (Array.isArray(one) && Array.isArray(other)) return [...one, ...other];
        throw new Error("only lists are added");
      };
    }
    return left;
  }

  #unary(): Node {
    if (!this.#takes("!")) return this.#member();
    const operand = this.#unary();
    return (scope) => !boolean(operand(scope));
  }

  #member(): Node {
    let node = this.#primary();
    for (;;) {
      if (this.#takes("[")) {
        const [of, index] = [node, this.#ternary()];
        this.#wants("]");
        node = (scope) => fieldOf(of(scope), index(scope));
      } else if (this.#takes(".")) {
        const name = this.#tokens[this.#at++]?.text ?? "";
        const of = node;
        node = this.#takes("(")
          ? this.#method(of, name)
          : Object.assign((scope: Scope) => fieldOf(of(scope), name), { field: { of, name } });
      } else return node;
    }
  }

  #method(of: Node, name: string): Node {
    if (/^(?:all|exists|filter)$/.test(name)) {
      const variable = this.#tokens[this.#at++]?.text ?? "";
      this.#wants(",");
      const body = this.#ternary();
      this.#wants(")");
      const within = (scope: Scope, item: unknown) => boolean(body(new Map([...scope, [variable, item]])));
      return (scope) => {
        const items = list(of(scope));
        if (name === "filter") return items.filter((item) => within(scope, item));
        return name === "all" ? items.every((item) => within(scope, item)) : items.some((item) => within(scope, item));
      };
    }
    const given = this.#arguments();
    return (scope) => {
      const method = methods[name];
      if (!method) throw new Error(`there is no method ${name}`);
      return method(of(scope), ...given.map((each) => each(scope)));
    };
  }

  #arguments(): Node[] {
    const given: Node[] = [];
    while (!this.#takes(")")) {
      given.push(this.#ternary());
      this.#takes(",");
    }
    return given;
  }

  #primary(): Node {
    const next = this.#tokens[this.#at++];
    if (!next) throw new Error("the expression ends too early");
    const { kind, text } = next;
    if (kind === "number") return () => Number(text);
    if (kind === "text") return () => text.replace(/\\(.)/g, "$1");
    if (text === "(") {
      const inner = this.#ternary();
      this.#wants(")");
      return inner;
    }
    if (text === "[") {
      const items: Node[] = [];
      while (!this.#takes("]")) {
        items.push(this.#ternary());
        this.#takes(",");
      }
      return (scope) => items.map((item) => item(scope));
    }
    if (this.#takes("(")) return call(text, this.#arguments());
    const constants: Readonly<Record<string, unknown>> = { true: true, false: false, null: null };
    if (Object.hasOwn(constants, text)) return () => constants[text];
    return (scope) => {
      if (!scope.has(text)) throw new Error(`${text} is not declared`);
      return scope.get(text);
    };
  }
}

function call(name: string, given: readonly Node[]): Node {
  const [first] = given;
  if (!first) throw new Error(`${name} wants an argument`);
  if (name === "has") {
    const { field } = first;
    if (!field) throw new Error("has() wants a field");
    return (scope) => Object.hasOwn(mapping(field.of(scope)), field.name);
  }
  return (scope) => {
    const text = string(first(scope));
    switch (name) {
      case "isIP":
        return address(text) !== undefined;
      case "isCIDR":
        return prefix(text) !== undefined;
      case "ip":
        return address(text) ?? fails(`${text} is no address`);
      case "cidr":
        return prefix(text) ?? fails(`${text} is no prefix`);
      default:
        return fails(`there is no function ${name}`);
    }
  };
}

/** Kubernetes takes neither zones nor IPv4-mapped addresses, nor leading zeros. */
function address(text: string): Address | undefined {
  const found = parseAddress(text);
  return found && !isMapped(found) ? { address: text } : undefined;
}

function prefix(text: string): Cidr | undefined {
  const found = parsePrefix(text);
  return found && !isMapped(found.address) ? { prefix: found } : undefined;
}

interface Address {
  readonly address: string;
}

interface Cidr {
  readonly prefix: Prefix;
}

const isCidr = (value: unknown): value is Cidr => typeof value === "object" && value !== null && "prefix" in value;
const isAddress = (value: unknown): value is Address =>
  typeof value === "object" && value !== null && "address" in value;

const methods: Readonly<Record<string, (of: unknown, ...given: readonly unknown[]) => unknown>> = {
  size: (of) => (typeof of === "string" || Array.isArray(of) ? of.length : fails("it has no size")),
  contains: (of, part) => string(of).includes(string(part)),
  replace: (of, part, other) => string(of).replaceAll(string(part), string(other)),
  ip: (of) => (isCidr(of) ? { address: formatAddress(of.prefix.address) } : fails("only a prefix has an ip()")),
  prefixLength: (of) => (isCidr(of) ? of.prefix.length : fails("only a prefix has a length")),
  family: (of) => (isAddress(of) ? (of.address.includes(":") ? 6 : 4) : fails("only an address has a family")),
  containsIP: (of, ip) => {
    const inner = isAddress(ip) ? parseAddress(ip.address) : undefined;
    return isCidr(of) && inner ? contains(of.prefix, inner) : fails("a prefix contains addresses");
  },
};

const relations: Readonly<Record<string, (a: unknown, b: unknown) => boolean>> = {
  "==": same,
  "!=": (a, b) => !same(a, b),
  "<": (a, b) => number(a) < number(b),
  ">": (a, b) => number(a) > number(b),
  "<=": (a, b) => number(a) <= number(b),
  ">=": (a, b) => number(a) >= number(b),
  in: (a, b) => (Array.isArray(b) ? b.some((item) => same(a, item)) : Object.hasOwn(mapping(b), string(a))),
};

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function fieldOf(of: unknown, name: unknown): unknown {
  if (Array.isArray(of)) return number(name) < of.length ? of[number(name)] : fails("index out of range");
  const fields = mapping(of);
  return Object.hasOwn(fields, string(name)) ? fields[string(name)] : fails(`no such key: ${string(name)}`);
}

function mapping(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return fails("it has no fields");
  return value as Readonly<Record<string, unknown>>;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : fails("it is no list");
}

function boolean(value: unknown): boolean {
  return typeof value === "boolean" ? value : fails("it is neither true nor false");
}

function string(value: unknown): string {
  return typeof value === "string" ? value : fails("it is no text");
}

function number(value: unknown): number {
  return typeof value === "number" ? value : fails("it is no number");
}

function fails(why: string): never {
  throw new Error(why);
}
