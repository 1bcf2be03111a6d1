import type { Embedded } from "../embedded.ts";
import type { Field } from "../field.ts";
import { Pieced } from "../pieced.ts";
import { flagsOfK3s } from "./command-lines.ts";
import type { Opener, Perhaps, WrappedAs } from "./opener.ts";

const k3s: WrappedAs = { apiVersion: "", kind: "K3sConfig" };
const holds = ["K3sConfig"];

/** Variables of the roles that install k3s and RKE2, each with what its reader makes of it. */
const roles: Readonly<Record<string, (field: Field) => readonly Perhaps[]>> = {
  // https://github.com/k3s-io/k3s-ansible
  extra_server_args: flagsOfK3s,
  extra_agent_args: flagsOfK3s,
  server_config_yaml: asFile,
  // https://github.com/PyratLabs/ansible-role-k3s
  k3s_server: asFile,
  k3s_agent: asFile,
  // https://github.com/lablabs/ansible-role-rke2
  rke2_server_options: ofLines,
  rke2_agent_options: ofLines,
  // https://github.com/rancherfederal/rke2-ansible
  rke2_config: asFile,
  group_rke2_config: asFile,
};

function asFile(field: Field): readonly Perhaps[] {
  return [{ field, as: k3s }];
}

/** Lines of the file, each an item of a list. */
function ofLines(list: Field): readonly Perhaps[] {
  const made = new Pieced();
  for (const item of list.items()) {
    const [whole, key = "", value = ""] = /^([\w-]+):\s*["']?([\da-f:./,]+)["']?$/i.exec(item.text ?? "") ?? [];
    const start = whole?.indexOf(value, key.length + 1) ?? 0;
    if (whole)
      made
        .add(`${key}: `)
        .takeQuoted(item, start, start + value.length)
        .add("\n");
  }
  return list.items().length > 0 ? [{ field: list, as: k3s, made: made.file(list, "Yaml") }] : [];
}

const names = Object.keys(roles);
const mentions = new RegExp(names.join("|"));

/** Wherever variables stand: at the top of a file of a group's, or below `vars` of an inventory. */
function variables(field: Field, depth = 0): readonly Perhaps[] {
  if (depth > 8) return [];
  return field
    .entries()
    .flatMap(([key, value]) => (Object.hasOwn(roles, key) ? (roles[key]?.(value) ?? []) : variables(value, depth + 1)));
}

export const inventoryOpeners: readonly Opener[] = [
  ...["HelmValues", "AnsibleInventory", "KubesprayVars"].map(
    (kind): Opener => ({ kind, groups: [""], holds, mentions, open: (resource) => variables(resource.root) }),
  ),
  {
    // https://docs.ansible.com/ansible/latest/collections/ansible/builtin/ini_inventory.html
    kind: "AnsibleIni",
    groups: [""],
    holds: ["K3sConfig", "AnsibleInventory", "KubesprayVars"],
    open: (resource) => {
      const field = resource.get("inventory");
      return field ? [...ofIni(field)] : [];
    },
  },
];

/** It has groups of Kubespray or of k3s-ansible. */
export function isInventory(text: string): boolean {
  return /^\[(?:kube[_-](?:control_plane|master|node)|k8s[_-]cluster|k3s_cluster)\b/m.test(text);
}

interface Variable {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

const variable = /(?<=^|\s)([A-Za-z_]\w*)=("[^"\n]*"|'[^'\n]*'|[^\s"'#]+)/g;

/** What the hosts and groups of an INI file say, as the YAML that Ansible could have been given. */
function* ofIni(field: Field): Iterable<Perhaps> {
  const hosts = new Map<string, Variable[]>();
  const groups: Variable[] = [];
  let section = "";
  let from = 0;
  for (const line of (field.text ?? "").split("\n")) {
    section = /^\s*\[([^\]]+)\]/.exec(line)?.[1] ?? section;
    const found = /^\s*[#;[]/.test(line) ? [] : variablesOf(line, from);
    const host = /^[^\s=]+(?=\s|$)/.exec(line)?.[0] ?? "";
    if (/:vars$/.test(section)) groups.push(...found);
    else if (host !== "" && !section.includes(":")) hosts.set(host, [...(hosts.get(host) ?? []), ...found]);
    from += line.length + 1;
  }
  const inventory = new Pieced().add("all:\n  hosts:\n");
  for (const [host, own] of hosts) {
    if (own.length > 0) inventory.add(`    ${JSON.stringify(host)}:\n`);
    write(inventory, field, own, "      ");
  }
  yield { field, as: { apiVersion: "", kind: "AnsibleInventory" }, made: inventory.file(field, "Yaml") };
  const vars = groups.filter(({ name }) => name.startsWith("kube_") || /_stack(?:_networks)?$/.test(name));
  if (vars.length > 0) {
    const made: Embedded = write(new Pieced(), field, vars, "").file(field, "Yaml");
    yield { field, as: { apiVersion: "", kind: "KubesprayVars" }, made };
  }
  for (const { name, start, end } of groups) if (roles[name] === flagsOfK3s) yield* flagsOfK3s(field, start, end);
}

function variablesOf(line: string, from: number): Variable[] {
  return [...line.matchAll(variable)].map(({ 1: name = "", 2: value = "", index }) => {
    const quote = /^["']/.test(value) ? 1 : 0;
    const start = from + index + name.length + 1 + quote;
    return { name, start, end: start + value.length - 2 * quote };
  });
}

function write(made: Pieced, field: Field, variables: readonly Variable[], indent: string): Pieced {
  for (const { name, start, end } of variables) {
    const text = field.text?.slice(start, end) ?? "";
    // Anything but an address or a word would have to be escaped.
    if (/^[\w.:/,[\]]+$/.test(text)) {
      made.add(`${indent}${name}: `);
      if (/^(?:true|false|\d+)$/i.test(text)) made.take(field, start, end);
      else made.takeQuoted(field, start, end);
      made.add("\n");
    }
  }
  return made;
}
