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

const [apiServer, controllerManager, kubelet] = ["kube-apiserver", "kube-controller-manager", "kubelet"];

/** Where the files that build a cluster hold the flags of its programs, by kind and program. */
const extraArgs: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  kubeadm: {
    [apiServer]: ["apiServer", "extraArgs"],
    [controllerManager]: ["controllerManager", "extraArgs"],
    [kubelet]: ["nodeRegistration", "kubeletExtraArgs"],
  },
  // https://docs.k3s.io/cli/server#customized-flags-for-kubernetes-processes
  K3sConfig: {
    [apiServer]: ["kube-apiserver-arg"],
    [controllerManager]: ["kube-controller-manager-arg"],
    [kubelet]: ["kubelet-arg"],
  },
  // https://www.talos.dev/latest/reference/configuration/v1alpha1/config/
  TalosConfig: {
    [apiServer]: ["cluster", "apiServer", "extraArgs"],
    [controllerManager]: ["cluster", "controllerManager", "extraArgs"],
    [kubelet]: ["machine", "kubelet", "extraArgs"],
  },
  // https://docs.k0sproject.io/stable/configuration/
  K0sCluster: {
    [apiServer]: ["spec", "api", "extraArgs"],
    [controllerManager]: ["spec", "controllerManager", "extraArgs"],
  },
  // https://rke.docs.rancher.com/config-options/services/services-extras
  RkeConfig: {
    [apiServer]: ["services", "kube-api", "extra_args"],
    [controllerManager]: ["services", "kube-controller", "extra_args"],
    [kubelet]: ["services", "kubelet", "extra_args"],
  },
};

/** The kinds of those files but kubeadm's, which differ from rule to rule. */
export const flagFiles: readonly string[] = Object.keys(extraArgs).filter((kind) => kind !== "kubeadm");

/**
 * The flags a resource gives to a program, by name without dashes: those of a container that runs it (`--a=b` and
 * `--a b`, the last of equals wins), or those of an installer's file. undefined if it does not run the program.
 */
export function programFlags(resource: Resource, program: string): ReadonlyMap<string, Flag> | undefined {
  const known = extraArgs[resource.group === "kubeadm.k8s.io" ? "kubeadm" : resource.kind];
  if (known) {
    const args = argumentsOf(resource, known[program] ?? []);
    return args && byName(configuredFlags(args));
  }
  return containerFlags(resource).get(program);
}

/** k3s adds to a list of another file what stands under its name and a plus. {@link https://docs.k3s.io/installation/configuration#value-merge-behavior} */
function argumentsOf(resource: Resource, steps: readonly string[]): Field | undefined {
  const [last, ...above] = steps.toReversed();
  if (last === undefined) return undefined;
  return resource.get(...steps) ?? resource.get(...above.toReversed(), `${last}+`);
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

/**
 * kubeadm's v1beta4 lists names and values, older versions and others have a map; k3s lists `name=value`, or has one of these alone.
 * {@link https://kubernetes.io/docs/reference/config-api/kubeadm-config.v1beta4/}
 */
function configuredFlags(args: Field): Flag[] {
  const items = args.node.kind === "scalar" ? [args] : args.items();
  const listed = items.flatMap((item) => {
    const value = item.get("value");
    if (value) return flag(item.get("name")?.text ?? "", value, 0, value.path);
    const [head = "", name = ""] = /^-{0,2}([\w-]+)=/.exec(item.text ?? "") ?? [];
    return name ? flag(name, item, head.length, item.path) : [];
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
