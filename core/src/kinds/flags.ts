import type { Edit } from "../manifest/edit.ts";
import type { Field, Place } from "../manifest/field.ts";
import { podSpec, type Resource } from "../manifest/resource.ts";

/** A text with its place: a scalar, or the value of a flag inside one. */
export interface Written extends Place {
  readonly text: string | undefined;
  /** The place of a part of the text, by offsets in it. */
  within(start: number, end: number): Place;
  replace(text: string): Edit | undefined;
}

/** A flag of a component. Its path is that of the list of arguments it stands in, or of its value in `extraArgs`. */
export interface Flag extends Written {
  readonly name: string;
  readonly text: string;
}

/** The programs that build a cluster, and where kubeadm's configuration holds their flags. */
const extraArgs: Readonly<Record<string, readonly string[]>> = {
  "kube-apiserver": ["apiServer", "extraArgs"],
  "kube-controller-manager": ["controllerManager", "extraArgs"],
  kubelet: ["nodeRegistration", "kubeletExtraArgs"],
};

/**
 * The flags a resource gives to a program, by name without dashes: those of a container that runs it (`--a=b` and
 * `--a b`, the last of equals wins), or those of kubeadm's configuration. undefined if it does not run the program.
 */
export function programFlags(resource: Resource, program: string): ReadonlyMap<string, Flag> | undefined {
  if (resource.group === "kubeadm.k8s.io") {
    const args = resource.get(...(extraArgs[program] ?? []));
    return args && byName(kubeadmFlags(args));
  }
  return containerFlags(resource).get(program);
}

/** The flags of every program that a container runs by name; of two that run the same, the first counts. */
function containerFlags(resource: Resource): ReadonlyMap<string, ReadonlyMap<string, Flag>> {
  return resource.once(containerFlags, () => {
    const flags = new Map<string, ReadonlyMap<string, Flag>>();
    for (const container of podSpec(resource)?.get("containers")?.items() ?? []) {
      const words = started(["command", "args"].map((list) => container.get(list)?.items() ?? []));
      const program = fileName(words[0]?.[0]);
      if (program === undefined || flags.has(program)) continue;
      flags.set(program, byName(words.flatMap(argumentFlags)));
    }
    return flags;
  });
}

/** A command and its arguments from the program on: some manifests start it through go-runner, which has flags of its own. */
function started([command = [], args = []]: readonly (readonly Field[])[]): readonly (readonly Field[])[] {
  if (fileName(command[0]) !== "go-runner") return [command, args];
  const isProgram = ({ text }: Field) => !text?.startsWith("-");
  const program = command.slice(1).findIndex(isProgram) + 1;
  if (program > 0) return [command.slice(program), args];
  const argument = args.findIndex(isProgram);
  return argument < 0 ? [] : [args.slice(argument)];
}

function fileName(word: Field | undefined): string | undefined {
  return word?.text?.slice(word.text.lastIndexOf("/") + 1);
}

function byName(flags: readonly Flag[]): ReadonlyMap<string, Flag> {
  return new Map(flags.map((flag) => [flag.name, flag]));
}

function argumentFlags(items: readonly Field[]): Flag[] {
  return items.flatMap((item, index) => {
    const [, name, equals] = /^--?([\w-]+)(=?)/.exec(item.text ?? "") ?? [];
    if (!item.parent || name === undefined || item.text === undefined) return [];
    const { path } = item.parent;
    if (equals) return flag(name, item, item.text.indexOf("=") + 1, path);
    const next = items[index + 1];
    if (!next || next.text?.startsWith("-")) return [bare(name, item, path)];
    return flag(name, next, 0, path);
  });
}

/** A flag without a value, which stands for "true" where the program takes a boolean. */
function bare(name: string, field: Field, path: string): Flag {
  const whole = { path, start: field.start, end: field.end };
  return { name, text: "", ...whole, within: () => whole, replace: () => undefined };
}

/** Whether a boolean flag is given and on, spelt as Go's strconv.ParseBool takes it; alone it is. */
export function isOn(flag: Flag | undefined): boolean {
  return flag !== undefined && ["", "1", "t", "T", "true", "TRUE", "True"].includes(flag.text);
}

/** v1beta4 lists names and values, older versions have a map. {@link https://kubernetes.io/docs/reference/config-api/kubeadm-config.v1beta4/} */
function kubeadmFlags(args: Field): Flag[] {
  const listed = args.items().flatMap((item) => {
    const value = item.get("value");
    return value ? flag(item.get("name")?.text ?? "", value, 0, value.path) : [];
  });
  return [...listed, ...args.entries().flatMap(([name, value]) => flag(name, value, 0, value.path))];
}

/** `from`: where the value begins in the scalar's text. */
function flag(name: string, field: Field, from: number, path: string): Flag[] {
  const { text: whole } = field;
  if (whole === undefined) return [];
  const within = (start: number, end: number): Place => ({ ...field.within(from + start, from + end), path });
  const text = whole.slice(from);
  const replace = (value: string) => field.replace(whole.slice(0, from) + value);
  return [{ name, text, ...within(0, text.length), within, replace }];
}
