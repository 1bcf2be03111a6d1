import type { NftRule, Statement } from "./nft-ruleset.ts";

/** A rule much as `nft list ruleset` prints it, for a person to find it again. */
export function nftRuleText({ statements }: NftRule): string {
  return statements.map(statementText).join(" ");
}

function statementText(statement: Statement): string {
  const [kind = "", value] = Object.entries(statement)[0] ?? [];
  const object = (typeof value === "object" && value !== null ? value : {}) as Readonly<Record<string, unknown>>;
  switch (kind) {
    case "match":
      if (typeof object.right === "boolean") return `${text(object.left)} ${object.right ? "exists" : "missing"}`;
      return [text(object.left), object.op === "==" || object.op === "in" ? "" : text(object.op), text(object.right)]
        .filter((word) => word !== "")
        .join(" ");
    case "counter":
      return `counter packets ${object.packets ?? 0}`;
    case "jump":
    case "goto":
      return `${kind} ${object.target}`;
    case "reject":
      return object.expr === undefined ? "reject" : `reject with ${object.type} ${object.expr}`;
    case "limit":
      return `limit rate ${object.rate}/${object.per}`;
    case "log":
      return object.prefix === undefined ? "log" : `log prefix ${JSON.stringify(object.prefix)}`;
    case "vmap":
      return `${text(object.key)} vmap ${text(object.data)}`;
    case "xt":
      return `xt ${object.type} ${object.name}`;
    default:
      return kind;
  }
}

function text(value: unknown): string {
  if (Array.isArray(value)) return value.map(text).join(",");
  if (typeof value !== "object" || value === null) return String(value);
  const [kind = "", inner] = Object.entries(value)[0] ?? [];
  const { protocol, field, key, addr, len, result, flags } = (inner ?? {}) as Readonly<Record<string, unknown>>;
  if (kind === "payload") return `${protocol} ${field}`;
  if (kind === "meta") return String(key).endsWith("name") ? String(key) : `meta ${key}`;
  if (kind === "ct") return `ct ${key}`;
  if (kind === "fib") return `fib ${[flags].flat().map(text).join(" . ")} ${text(result)}`;
  if (kind === "prefix") return `${addr}/${len}`;
  if (kind === "range" && Array.isArray(inner)) return inner.map(text).join("-");
  if (kind === "set") return `{ ${text(inner)} }`;
  if (kind === "concat" && Array.isArray(inner)) return inner.map(text).join(" . ");
  if (kind === "&" && Array.isArray(inner)) return inner.map(text).join(" & ");
  return kind;
}
