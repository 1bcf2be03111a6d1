import { familyOf, isLoopback, parseAddress } from "../addresses/address.ts";
import { lacks } from "../facts/service-ranges.ts";
import type { Report, Rule } from "../lint/rule.ts";
import type { Field } from "../manifest/field.ts";
import type { Resource } from "../manifest/resource.ts";
import type { DirectiveWord } from "../program-files/directive.ts";
import { wordLines } from "../program-files/lines.ts";

export const rule: Rule = {
  summary: "PostgreSQL lets clients in over IPv4 only",
  why: `An address in pg_hba.conf is of one family: \`0.0.0.0/0\` is every IPv4 client and no IPv6 one, who is told that there is no
entry for the host. Write the line for \`::/0\` as well, or \`all\`.`,
  source: "https://www.postgresql.org/docs/current/auth-pg-hba-conf.html",
  severity: "warning",
  codes: ["ARG012"],
  kinds: ["PgHba", "HelmValues", "Cluster", "postgresql", "PostgresCluster"],
  mentions: [/pg_?hba/i, /^[ \t]*host.*0\.0\.0\.0\/0/],
  example: {
    bad: configMap(""),
    good: configMap("    host all all ::/0 scram-sha-256\n"),
  },

  *check(file, world) {
    if (lacks(world, "IPv6")) return;
    if (file.kind !== "PgHba") {
      for (const list of listsIn(file)) yield* judgeList(list);
      return;
    }
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
        message: refusal,
        fix: { kind: "decision", title: "Add a line for ::/0", edits: [file.edit(end, end, `\n${line}`)] },
      };
    }
  },
};

/**
 * Operators and charts take the lines as a list.
 * {@link https://cloudnative-pg.io/documentation/current/postgresql_conf/#the-pg_hba-section}
 * {@link https://postgres-operator.readthedocs.io/en/latest/reference/cluster_manifest/#patroni-parameters}
 */
function listsIn(resource: Resource): readonly Field[] {
  const own = [
    ["spec", "postgresql", "pg_hba"],
    ["spec", "patroni", "pg_hba"],
    ["spec", "patroni", "dynamicConfiguration", "postgresql", "pg_hba"],
    ["cluster", "postgresql", "pg_hba"],
  ];
  return own.flatMap((steps) => resource.get(...steps) ?? []);
}

function* judgeList(list: Field): Iterable<Report> {
  const answered = new Answered();
  const entries = list
    .items()
    .flatMap((field) => wordLines(field.text ?? "").flatMap((words) => entry(words).map((one) => ({ one, field }))));
  for (const { one } of entries) if (overIPv6(one)) answered.add(one);
  for (const { one, field } of entries) {
    if (one.address.text !== "0.0.0.0/0" || answered.covers(one)) continue;
    answered.add(one);
    yield { at: field.within(one.address.start, one.address.end), message: refusal };
  }
}

const refusal = "this lets nobody in over IPv6: add the same line for ::/0";

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
  const address = parseAddress(text.replace(/\/.*/, ""));
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
