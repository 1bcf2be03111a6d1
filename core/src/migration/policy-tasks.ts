import type { KubeObject } from "../cluster/cluster.ts";
import { withEdit } from "../parity/edit.ts";
import type { Difference } from "../parity/model.ts";
import { mapping } from "../policy/read.ts";
import { refText } from "../policy/ref.ts";
import type { Argv } from "./commands.ts";
import { someNames, type Task } from "./task.ts";

/** A task for each policy in which a rule lets one family through alone; what nobody can tell the twin of is left to a person. */
export function policyTasks(differences: readonly Difference[]): readonly Task[] {
  const byPolicy = Map.groupBy(differences, ({ divergence }) => refText(divergence.policy));
  return [...byPolicy].flatMap(([policy, own]) => {
    const [told, open] = [own.filter(({ edit }) => edit), own.filter(({ edit }) => !edit)];
    return [...together(policy, told), ...open.map((one) => byHand(policy, one))];
  });
}

/** All that is told of one policy by one command, since a list is sent as a whole. */
function together(policy: string, differences: readonly Difference[]): readonly Task[] {
  const [first] = differences;
  if (!first) return [];
  const source = first.source;
  const command = source && patched(source, differences);
  // What a command writes need not be read twice.
  const values = (edit: NonNullable<Difference["edit"]>) =>
    command ? "" : `: ${edit.values.map((value) => JSON.stringify(value)).join(", ")}`;
  const edits = differences.flatMap(({ edit }) => (edit ? [`${edit.says} (${edit.path})${values(edit)}`] : []));
  return [
    {
      title: `${policy}: ${edits.join("; ")}`,
      why: differences.map(why).join(" "),
      commands: command ? [command.make] : [],
      watch: "kube-ipv6 policy --parity",
      ...(command ? { undo: command.undo } : {}),
    },
  ];
}

function byHand(policy: string, difference: Difference): Task {
  return {
    title: `${policy}: name what stands for ${difference.divergence.text} in the other family`,
    why: why(difference),
    commands: [],
    watch: "kube-ipv6 policy --parity",
  };
}

function why({ divergence, open, direction, instances }: Difference): string {
  const peers = [...new Set(instances.map(({ peer }) => peer.text))];
  return `${divergence.path} (${divergence.text}) lets ${open} alone through, ${direction}, ${someNames(peers)}. Clients prefer IPv6 as soon as a name has it.`;
}

/** Items behind others come first, so that those before them stay where they are. */
function patched(source: KubeObject, differences: readonly Difference[]): { make: Argv; undo: Argv } | undefined {
  const { kind, apiVersion, metadata } = source;
  if (kind !== "NetworkPolicy" || apiVersion !== "networking.k8s.io/v1") return undefined;
  const edits = differences.flatMap(({ edit }) => edit ?? []).sort((a, b) => inOrder(b.path, a.path));
  const edited = edits.reduce(withEdit, source);
  const fields = ["ingress", "egress"].filter(
    (field) => JSON.stringify(mapping(source.spec)[field]) !== JSON.stringify(mapping(edited.spec)[field]),
  );
  const patch = ({ spec }: KubeObject): Argv => {
    const body = { spec: Object.fromEntries(fields.map((field) => [field, mapping(spec)[field] ?? null])) };
    const named = ["-n", metadata.namespace ?? "default", "patch", "networkpolicy", metadata.name];
    return ["kubectl", ...named, "--type", "merge", "-p", JSON.stringify(body)];
  };
  return fields.length === 0 ? undefined : { make: patch(edited), undo: patch(source) };
}

/** `spec.ingress[10]` behind `spec.ingress[9]`. */
function inOrder(a: string, b: string): number {
  return a.localeCompare(b, "en", { numeric: true });
}
