import { accessLevels } from "#core/cluster/cluster.ts";
import { roleFor } from "#core/diagnosis/least-role.ts";
import { besides, type Needed, needed } from "#core/diagnosis/rights.ts";

const begin = /(<!-- rights: [^>]*-->\n)[\s\S]*?(<!-- \/rights -->)/;

/** The page on permissions with its table, and the role that is asked for most. */
export function withRights(page: string): string {
  const levels = accessLevels
    .map((level) =>
      table(
        level,
        needed.filter(({ from }) => from === level),
      ),
    )
    .filter(Boolean);
  const beside = besides.map((what) =>
    table(
      what,
      needed.filter(({ from }) => from === what),
    ),
  );
  const role = `What \`kube-ipv6 rbac --access exec\` prints:\n\n\`\`\`yaml\n${roleFor("exec", undefined, []).join("\n")}\n\`\`\``;
  const head = "| from level | verbs | resources | in | what for |\n|---|---|---|---|---|\n";
  return page.replace(
    begin,
    (_, open: string, close: string) => `${open}\n${head}${[...levels, ...beside].join("\n")}\n\n${role}\n\n${close}`,
  );
}

function table(level: string, all: readonly Needed[]): string {
  const places = { cluster: "the cluster", namespace: "each namespace", system: "the namespaces of the system" };
  return all
    .map(({ verbs, apiGroup, resources, in: where, what, names: only }) => {
      const names = resources.map((name) => `\`${apiGroup === "" ? name : `${name}.${apiGroup}`}\``);
      const those = only ? ` (${only.join(", ")})` : "";
      return `| ${level} | ${verbs.join(", ")} | ${names.join(", ")}${those} | ${places[where]} | ${what} |`;
    })
    .join("\n");
}
