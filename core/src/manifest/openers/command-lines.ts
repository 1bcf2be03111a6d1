import type { Embedded } from "../embedded.ts";
import type { Field } from "../field.ts";
import { Pieced } from "../pieced.ts";
import type { Resource } from "../resource.ts";
import { valuesOfLine } from "./helm-set.ts";
import { type Opener, type Perhaps, values, type WrappedAs } from "./opener.ts";

const k3s: WrappedAs = { apiVersion: "", kind: "K3sConfig" };
const kubeadm: WrappedAs = { apiVersion: "kubeadm.k8s.io/v1beta4", kind: "ClusterConfiguration" };

/** A program that builds a cluster of its flags, and what these are called in its file, where each flag is a field of that. */
interface Installer {
  /** Begins its command. */
  readonly command: RegExp;
  readonly as: WrappedAs;
  readonly above: string;
  readonly fields: Readonly<Record<string, string>>;
}

const installers: readonly Installer[] = [
  {
    // https://docs.k3s.io/installation/configuration#configuration-with-install-script
    command:
      /INSTALL_(?:K3S|RKE2)_\w{1,60}=|\b(?:k3s|rke2)[\w-]{0,60}(?: |\s{1,9}\\\r?\n\s{1,99})(?:server|agent)\b|get\.k3s\.io/,
    as: k3s,
    above: "",
    fields: {
      "cluster-cidr": "cluster-cidr",
      "service-cidr": "service-cidr",
      "node-ip": "node-ip",
      "cluster-dns": "cluster-dns",
      server: "server",
    },
  },
  {
    // https://minikube.sigs.k8s.io/docs/commands/start/, https://kubernetes.io/docs/reference/setup-tools/kubeadm/kubeadm-init/
    command: /\bminikube start\b|\bkubeadm init\b/,
    as: kubeadm,
    above: "networking:\n",
    fields: {
      "extra-config=kubeadm.pod-network-cidr": "  podSubnet",
      "pod-network-cidr": "  podSubnet",
      "service-cluster-ip-range": "  serviceSubnet",
      "service-cidr": "  serviceSubnet",
    },
  },
];

/** The commands of a script that build a cluster, each up to the end of its line, which a backslash carries on. */
function commandsIn(field: Field): readonly Perhaps[] {
  const { text = "" } = field;
  const lines = [...text.matchAll(/(?:[^\n\\]|\\[\s\S])+/g)].filter(([line]) => !/^\s*#/.test(line));
  return lines.flatMap(({ 0: line, index }) => [
    ...installers
      .filter(({ command }) => command.test(line))
      .flatMap(({ as, above, fields }) => {
        const made = fileOf(field, index, line, above, fields);
        return made ? [{ field, as, made }] : [];
      }),
    ...valuesOfLine(field, index, line),
  ]);
}

function fileOf(
  field: Field,
  from: number,
  line: string,
  above: string,
  fields: Installer["fields"],
): Embedded | undefined {
  const made = new Pieced().add(above);
  let any = false;
  for (const { 1: flag = "", 2: value = "", index, 0: whole } of line.matchAll(flags)) {
    const key = fields[flag];
    if (key === undefined) continue;
    const start = from + index + whole.length - value.length;
    made
      .add(`${key}: `)
      .takeQuoted(field, start, start + value.length)
      .add("\n");
    any = true;
  }
  return any ? made.file(field, "Yaml") : undefined;
}

/** `--flag=value` or `--flag value`, on the next line as well; nothing of what a variable or a template holds. */
const flags =
  /--((?:extra-config=)?[\w.-]{1,60})(?:=|["']?\s(?:\s{0,9}\\\r?\n\s{1,99})?)["']?((?:https:\/\/)?[\da-f:./,[\]]{1,400})(?=["'\s\\)]|$)/gi;

/** The same of a command that is written as a list of its words. */
function ofWords(list: Field): readonly Perhaps[] {
  const words = list.items();
  const line = words.map(({ text }) => text ?? "").join(" ");
  return installers
    .filter(({ command }) => command.test(line))
    .flatMap(({ as, above, fields }) => {
      const made = new Pieced().add(above);
      const given = words.flatMap((word, index) => {
        const [head = "", flag = "", value] =
          /^--((?:extra-config=)?[\w.-]{1,60})(?:=(.*))?$/.exec(word.text ?? "") ?? [];
        const field = value === undefined ? words[index + 1] : word;
        const start = value === undefined ? 0 : head.length - value.length;
        const text = field?.text?.slice(start) ?? "";
        return fields[flag] && field && wholeValue.test(text) ? [{ key: fields[flag], field, start }] : [];
      });
      for (const { key, field, start } of given)
        made
          .add(`${key}: `)
          .takeQuoted(field, start, field.text?.length ?? start)
          .add("\n");
      return given.length > 0 ? [{ field: list, as, made: made.file(given[0]?.field ?? list, "Yaml") }] : [];
    });
}

const wholeValue = /^(?:https:\/\/)?[\da-f:./,[\]]{1,400}$/i;

export const mayInstall =
  /minikube start|kubeadm init|INSTALL_(?:K3S|RKE2)_|get\.k3s\.io|(?:k3s|rke2)[\w-]{0,60}(?: |\s{1,9}\\\r?\n\s{1,99})(?:server|agent)|helm .{0,300}(?:install|upgrade)|cilium install/;

/** Flags alone, without the command. */
export function flagsOfK3s(field: Field, start = 0, end = field.text?.length ?? 0): readonly Perhaps[] {
  const [own] = installers;
  const made = own && fileOf(field, start, field.text?.slice(start, end) ?? "", own.above, own.fields);
  return made ? [{ field, as: k3s, made }] : [];
}

function ofScripts(fields: readonly (Field | undefined)[]): readonly Perhaps[] {
  return fields.flatMap((field) => (field?.text && mayInstall.test(field.text) ? commandsIn(field) : []));
}

const holds = ["K3sConfig", "ClusterConfiguration", values.kind];
const mentions = /minikube|kubeadm|INSTALL_|k3s|rke2|helm (?:install|upgrade)|cilium install/;

export const commandLineOpeners: readonly Opener[] = [
  {
    // https://cloudinit.readthedocs.io/en/latest/reference/modules.html#runcmd
    kind: "CloudConfig",
    groups: [""],
    holds,
    mentions,
    open: (resource) => [
      ...["bootcmd", "runcmd"].flatMap((key) => (resource.get(key)?.items() ?? []).flatMap(ofRun)),
      ...ofScripts((resource.get("write_files")?.items() ?? []).map((file) => file.get("content"))),
    ],
  },
  // https://docs.k3s.io/installation/configuration, https://kubernetes.io/docs/reference/setup-tools/kubeadm/kubeadm-init/
  { kind: "ShellScript", groups: [""], holds, open: (resource) => ofScripts([resource.get("script")]) },
  { kind: "ConfigMap", groups: [""], holds, mentions, open: (resource) => ofScripts(dataOf(resource)) },
  {
    // https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsrun
    kind: values.kind,
    groups: [""],
    holds,
    mentions,
    open: (resource) =>
      ofScripts(
        (resource.get("jobs")?.entries() ?? []).flatMap(([, job]) =>
          (job.get("steps")?.items() ?? []).map((step) => step.get("run")),
        ),
      ),
  },
];

/** A line for a shell, or the words of a command, one of which may be such a line. */
function ofRun(command: Field): readonly Perhaps[] {
  return command.node.kind === "seq" ? [...ofWords(command), ...ofScripts(command.items())] : ofScripts([command]);
}

function dataOf(resource: Resource): readonly Field[] {
  return (resource.get("data")?.entries() ?? []).map(([, field]) => field);
}
