import type { Field, Place } from "../manifest/field.ts";
import { podSpec, type Resource } from "../manifest/resource.ts";

/** An argument that makes a program listen on IPv4 alone. */
export interface Listener {
  readonly at: Place;
  /** As written beside the address; undefined if it is given elsewhere or not at all. */
  readonly port: string | undefined;
  readonly program: string;
}

/**
 * Programs that open an IPv4 socket for 0.0.0.0. Those of Go and Java are not among them: there 0.0.0.0 opens a socket
 * of both families. {@link https://docs.python.org/3/library/socket.html#socket.create_server}
 */
const ipv4Only = new Set([
  ...["gunicorn", "uvicorn", "hypercorn", "daphne", "flask", "waitress-serve", "python", "python3", "jupyter"],
  ...["node", "next", "vite", "ng", "nodemon", "redis-server", "valkey-server", "mongod", "mongos", "memcached"],
  ...["postgres", "mysqld", "mariadbd", "haproxy", "nginx", "php", "puma", "rails", "rackup", "unicorn", "socat"],
]);

/** Programs that run another one: what they run comes as their argument. */
const wrappers = new Set([
  "npx",
  "npm",
  "yarn",
  "pnpm",
  "bundle",
  "exec",
  "poetry",
  "run",
  "pipenv",
  "uv",
  "tini",
  "dumb-init",
  "--",
]);

/** The arguments of a resource's containers that bind 0.0.0.0 in such a program, in the order written. */
export function ipv4Listeners(resource: Resource): readonly Listener[] {
  return (podSpec(resource)?.get("containers")?.items() ?? []).flatMap((container) => {
    const items = [...(container.get("command")?.items() ?? []), ...(container.get("args")?.items() ?? [])];
    const program = programOf(items);
    return program === undefined ? [] : items.flatMap((item) => listenersIn(item, program));
  });
}

/** Without a command, the image decides: that is not known here. */
function programOf(items: readonly Field[]): string | undefined {
  const names = items.map(({ text = "" }) => text.slice(text.lastIndexOf("/") + 1));
  const name = names.find((candidate) => !wrappers.has(candidate));
  const bare = name?.replace(/(?<=python)[\d.]+$/, "");
  return bare !== undefined && ipv4Only.has(bare) ? bare : undefined;
}

/** A whole argument, or the value of a flag; what stands inside a longer text, such as a script, is not looked at. */
function listenersIn(item: Field, program: string): Listener[] {
  const match = /^(?:-{1,2}[\w-]+[= ])?(0\.0\.0\.0)(?::(\d+))?$/.exec(item.text ?? "");
  if (!match || item.text === undefined) return [];
  const start = item.text.indexOf("0.0.0.0");
  return [{ at: item.within(start, item.text.length), port: match[2], program }];
}
