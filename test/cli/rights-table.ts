// What a diagnosis says to somebody without a right: `node test/cli/rights-table.ts [--write]`, as root, with a build in dist/. In one lab, where
// a node does not forward IPv6, each right of the documented role is taken away in turn; then come accounts as real clusters have them. Each is
// asked again with the role it was told. `--write` puts the table into docs/permissions.md.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { type Lab, startLab } from "#test/lab/lab.ts";
import { perform } from "#test/lab/perform.ts";
import { here } from "./cli.ts";
import { diagnosing, inLab } from "./in-lab.ts";

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly namespaces: readonly string[];
}

/** One account, and what it was told. */
export interface Row {
  readonly account: string;
  readonly code: number | null;
  /** What stands first, as a person reads it. */
  readonly says: string;
  /** "list nodes" */
  readonly misses: readonly string[];
  /** What is enough for an answer: "get, create pods/exec (default)" */
  readonly role: readonly string[];
  /** The exit code with that role beside the rights there were; undefined where none was told. */
  readonly withRole: number | null | undefined;
}

const merge = "application/merge-patch+json";
const pair = ["--from", "n1-p1", "--to", "svc/web"];

/** The rows, one after the other; the lab's roles are of no use to anybody afterwards. */
export async function* rightsRows(lab: Lab): AsyncGenerator<Row> {
  await perform(lab, [{ in: "n1", run: ["sysctl", "-qw", "net.ipv6.conf.all.forwarding=0"] }]);
  // Through the Service every dial is to go the same way.
  await lab.api("PATCH", "/api/v1/namespaces/default/pods/n1-p1", { metadata: { labels: { app: "client" } } }, merge);
  const viewer = inLab(lab, `${lab.name}-viewer`);
  // Most accounts lack one right, and have all with the role they were told.
  const answers = new Map<string, number | null>();
  const as = async (account: string, rules: readonly Rule[], args: readonly string[] = pair): Promise<Row> => {
    await lab.control({ rules: { viewer: rules.map(copied) } });
    const told = await asked([...viewer, ...args]);
    if (told.granted.length === 0) return { account, ...told.row, withRole: undefined };
    const granted = [...rules, ...told.granted];
    const all = JSON.stringify([args, [...new Set(granted.flatMap(each))].sort()]);
    if (!answers.has(all)) {
      await lab.control({ rules: { viewer: granted.map(copied) } });
      answers.set(all, (await asked([...viewer, ...args])).row.code);
    }
    return { account, ...told.row, withRole: answers.get(all) };
  };
  const rights = await documented([], ["*"]);
  const inside = await documented(["--namespace", "default"], ["default"]);
  const exec = (one: Rule) => one.resources[0] === "pods/exec";
  yield as("the role of this page", rights);
  for (const right of rights.filter(isBuiltIn))
    yield as(
      `without ${named(right)}`,
      rights.filter((one) => one !== right),
    );
  yield as("without the kinds of plugins", rights.filter(isBuiltIn));
  yield as(
    "without pods/exec",
    rights.filter((one) => !exec(one)),
  );
  yield as("the role of one namespace, asked with `-n`", inside, ["-n", "default", ...pair]);
  yield as("the same, asked for nothing in particular", inside, ["-n", "default"]);
  yield as("the same, asked for another namespace", inside, ["-n", "kube-system"]);
  yield as(
    "the same, without pods/exec",
    inside.filter((one) => !exec(one)),
    ["-n", "default", ...pair],
  );
  yield as("no right at all", []);
  yield as("no right at all, asked for nothing in particular", [], []);

  const with_ = async (account: string, name: string, token: string | undefined): Promise<Row> => {
    const path = join(lab.plan.directory, name);
    const ours = (line: string) => (token === undefined ? "" : line.replace(/token: .*/, `token: ${token}`));
    const config = readFileSync(lab.kubeconfig, "utf8").replace(/^.*token: .*$/gm, ours);
    writeFileSync(path, config, { mode: 0o600 });
    const { row } = await asked(["--kubeconfig", path, "--context", lab.name, ...pair]);
    return {
      account,
      ...row,
      says: row.says.replaceAll(path, "KUBECONFIG").replaceAll(lab.name, "lab"),
      withRole: undefined,
    };
  };
  yield with_("a token that nobody knows", "unknown", "not-a-token");
  yield with_("a token whose time is over", "over", expired);
  yield with_("no credential", "none", undefined);
}

/** A JSON web token of a service account, which says itself when it ended. https://www.rfc-editor.org/rfc/rfc7519#section-4.1.4 */
const expired = [
  { alg: "RS256" },
  { sub: "system:serviceaccount:default:gone", exp: Date.UTC(2025, 10, 29, 8) / 1000 },
  {},
]
  .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
  .join(".");

/** Each right of the role that is documented, alone. */
async function documented(args: readonly string[], namespaces: readonly string[]): Promise<Rule[]> {
  const { rules } = parse((await here(["rbac", "--access", "exec", ...args])).out) as {
    rules: Omit<Rule, "namespaces">[];
  };
  return rules.flatMap(({ apiGroups, resources, verbs }) =>
    resources.flatMap((resource) =>
      verbs.map((verb) => ({ apiGroups, resources: [resource], verbs: [verb], namespaces })),
    ),
  );
}

/** What every cluster serves. */
function isBuiltIn({ apiGroups: [group = ""] }: Rule): boolean {
  return ["", "apps", "discovery.k8s.io", "networking.k8s.io"].includes(group);
}

function copied({ apiGroups, resources, verbs, namespaces }: Rule) {
  return { apiGroups: [...apiGroups], resources: [...resources], verbs: [...verbs], namespaces: [...namespaces] };
}

/** Every single right of a rule. */
function each({ apiGroups, resources, verbs, namespaces }: Rule): string[] {
  return namespaces.flatMap((namespace) =>
    apiGroups.flatMap((group) =>
      resources.flatMap((resource) => verbs.map((verb) => [namespace, group, resource, verb].join(" "))),
    ),
  );
}

function named({ verbs, resources, apiGroups: [group = ""] }: Rule): string {
  return `${verbs.join(", ")} ${resources.map((one) => (group === "" ? one : `${one}.${group}`)).join(", ")}`;
}

async function asked(args: readonly string[]): Promise<{ row: Omit<Row, "account" | "withRole">; granted: Rule[] }> {
  const { out, err, code } = await diagnosing(["--quiet", ...args]);
  const blocks = out.split("\n\n");
  const rights = blocks.find((block) => block.startsWith("what you may not")) ?? "";
  const [lines = "", yaml = ""] = rights.split("the least role that may\n");
  // What leaves nothing out comes after what is enough.
  const [enough = ""] = yaml.split("# and with this");
  const granted = enough.split(/^ *---$/m).flatMap((text): Rule[] => {
    const role = parse(text);
    const namespaces = [role?.metadata.namespace ?? "*"];
    return (role?.rules ?? []).map((rule: Omit<Rule, "namespaces">) => ({ ...rule, namespaces }));
  });
  const role = granted.map((rule) => `${named(rule)}${rule.namespaces[0] === "*" ? "" : ` (${rule.namespaces[0]})`}`);
  const says = out === "" ? err.trim() : (blocks[0] ?? "").split("\n").slice(1).join("\n");
  return {
    row: {
      code,
      says,
      misses: lines
        .split("\n")
        .slice(1)
        .map((line) => line.trim())
        .filter(Boolean),
      role,
    },
    granted,
  };
}

/** The table for the page: rows that say and name the same share one. */
export function rightsPage(rows: readonly Row[]): string {
  const groups = Map.groupBy(rows, ({ account, says, role, code }) =>
    role.length === 0 && code === 1 && account.startsWith("without") ? "missed by nobody here" : `${account} ${says}`,
  );
  const lines = [...groups.values()].flatMap((same) => {
    const [first] = same;
    if (!first) return [];
    const rights = same.map(({ account }) => `\`${account.replace("without ", "")}\``);
    const who = same.length === 1 ? first.account : `without one of ${rights.join(", ")}`;
    const says = first.says.replace(/\s*\n\s*/g, "<br>").replaceAll("|", "\\|");
    const after = first.withRole === undefined ? "" : `${first.withRole}`;
    return [`| ${who} | ${first.code} | ${says} | ${first.role.map((one) => `\`${one}\``).join("<br>")} | ${after} |`];
  });
  return [
    "| account | exit code | says | least role told | exit code with it |",
    "|---|---|---|---|---|",
    ...lines,
  ].join("\n");
}

if (import.meta.main) {
  const lab = await startLab({ name: `rights${process.pid}`, nodes: 2, pods: 2 });
  const rows: Row[] = [];
  try {
    for await (const row of rightsRows(lab)) {
      rows.push(row);
      const { account, code, says, misses, role, withRole } = row;
      console.log(`${code}  ${account}\n${says.replace(/^/gm, "     ")}`);
      if (misses.length > 0)
        console.log(`     misses: ${misses.join("; ")}\n     role: ${role.join("; ")}; with it: ${withRole}`);
    }
  } finally {
    await lab.stop();
  }
  const page = new URL("../../docs/permissions.md", import.meta.url);
  const place = /(?<=<!-- refused[^>]*-->\n\n)[\s\S]*?(?=\n\n<!-- \/refused -->)/;
  if (process.argv.includes("--write"))
    writeFileSync(
      page,
      readFileSync(page, "utf8").replace(place, () => rightsPage(rows)),
    );
}
