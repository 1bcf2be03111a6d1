import { familyOf, isLoopback, parseAddress } from "../addresses/address.ts";
import { lacks } from "../facts/service-ranges.ts";
import type { Rule } from "../lint/rule.ts";
import type { DirectiveWord } from "../program-files/directive.ts";
import { wordLines } from "../program-files/lines.ts";

export const rule: Rule = {
  summary: "PostgreSQL lets clients in over IPv4 only",
  why: `An address in pg_hba.conf is of one family: \`0.0.0.0/0\` is every IPv4 client and no IPv6 one, who is told that there is no
entry for the host. Write the line for \`::/0\` as well, or \`all\`.`,
  source: "https://www.postgresql.org/docs/current/auth-pg-hba-conf.html",
  severity: "warning",
  codes: ["ARG012"],
  kinds: ["PgHba"],
  example: {
    bad: configMap(""),
    good: configMap("    host all all ::/0 scram-sha-256\n"),
  },

  *check(file, world) {
    if (lacks(world, "IPv6")) return;
    const entries = wordLines(file.source).flatMap(entry);
    const answered = new Answered();
    for (const one of entries.filter(overIPv6)) answered.add(one);
    for (const one of entries) {
      const { address } = one;
      if (address.text !== "0.0.0.0/0" || answered.covers(one)) continue;
      // Once it has its line, those that it covers need none.
      answered.add(one);
      const start = file.source.lastIndexOf("\n", address.start) + 1;
      const newline = file.source.indexOf("\n", start);
      const end = newline < 0 ? file.source.length : newline;
      const line = file.source.slice(start, end).replace("0.0.0.0/0", "::/0");
      yield {
        at: file.at(address.start, address.end),
        message: "this lets nobody in over IPv6: add the same line for ::/0",
        fix: { kind: "decision", title: "Add a line for ::/0", edits: [file.edit(end, end, `\n${line}`)] },
      };
    }
  },
};

/** A line that lets clients in over the network. */
interface Entry {
  readonly databases: readonly string[];
  readonly users: readonly string[];
  readonly address: DirectiveWord;
}

function entry([type, database, user, address, next, last]: readonly DirectiveWord[]): Entry[] {
  if (!/^host/.test(type?.text ?? "") || !database || !user || !address) return [];
  // The mask of an address may be a column of its own.
  const method = next && parseAddress(next.text) ? last : next;
  if (method?.text === "reject") return [];
  return [{ databases: database.text.split(","), users: user.text.split(","), address }];
}

function overIPv6({ address: { text } }: Entry): boolean {
  const address = parseAddress(text.replace(/\/.*$/, ""));
  return text === "all" || (familyOf(text) === "IPv6" && !(address && isLoopback(address)));
}

/** Who is let in over IPv6: users by their databases. */
class Answered {
  readonly #users = new Map<string, Set<string>>();

  add({ databases, users }: Entry): void {
    for (const database of databases) {
      const there = this.#users.get(database) ?? new Set();
      for (const user of users) there.add(user);
      this.#users.set(database, there);
    }
  }

  /** Every user of every database; the database `all` does not hold `replication`. */
  covers({ databases, users }: Entry): boolean {
    return databases.every((database) => {
      const own = [this.#users.get(database), database === "replication" ? undefined : this.#users.get("all")];
      return users.every((user) => own.some((there) => there?.has(user) || there?.has("all")));
    });
  }
}

function configMap(more: string): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: db
data:
  pg_hba.conf: |
    host all all 0.0.0.0/0 scram-sha-256
${more}`;
}
