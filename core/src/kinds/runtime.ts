import type { Field } from "../manifest/field.ts";
import { commandWordsOf, onceOf } from "./containers.ts";
import { goFlags, imagesOfBoth, ipv4Images, ipv4Programs, programsOfBoth, wrappers } from "./known-programs.ts";

/**
 * What a program makes of a socket on 0.0.0.0. "ipv4": an IPv4 socket, as C, Python and Node.js open it. "both": Go and Java
 * take it for the unspecified address and open one socket for both families.
 * {@link https://pkg.go.dev/net#Listen} {@link https://docs.oracle.com/javase/8/docs/technotes/guides/net/ipv6_guide/}
 */
export type Runtime = "ipv4" | "both" | "unknown";

/** The name of the program a container runs, if it is one of those above; undefined if its image decides. */
export function ipv4Program(items: readonly Field[]): string | undefined {
  const first = items.find(({ text = "" }) => !wrappers.has(bareName(text)));
  const name = first && bareName(first.text ?? "");
  return name !== undefined && ipv4Programs.has(name) ? name : undefined;
}

/** "python3.13" is python3. */
function bareName(path: string): string {
  return nameOf(path).replace(/(?<=python\d?)\.\d+$/, "");
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** By the command, or without one by the image; what is not surely known is "unknown". */
export function runtimeOf(container: Field): Runtime {
  return onceOf(container, runtimeOf, () => judge(container));
}

/** One dash before a flag of several words: as Go's own package of flags has it. {@link https://pkg.go.dev/flag} */
const goSpelling = /^-[a-z]+(?:-[a-z]+)+(?:=|$)/;

function judge(container: Field): Runtime {
  if (isGoFlag(container)) return "both";
  const command = container.get("command")?.items() ?? [];
  const items = commandWordsOf(container);
  const program = nameOf(command[0]?.text ?? "");
  const shell = /^(?:ba|da|a|z)?sh$/.test(nameOf(items[0]?.text ?? ""));
  if (ipv4Program(items) || (shell && items.some(runsIPv4Program))) return "ipv4";
  const image = imageName(container);
  if (imagesOfBoth.test(image) || programsOfBoth.test(program)) return "both";
  // A shell or another program in a Python image need not be Python.
  if (ipv4Images.has(image) && command.length === 0) return "ipv4";
  return items.some(({ text = "" }) => goSpelling.test(text)) ? "both" : "unknown";
}

/**
 * Flags that the libraries of Go programs name alike: Prometheus' exporter toolkit, controller-runtime, and the API machinery of Kubernetes.
 * {@link https://github.com/prometheus/exporter-toolkit} {@link https://github.com/kubernetes-sigs/controller-runtime}
 */
function isGoFlag(container: Field): boolean {
  return commandWordsOf(container).some(({ text = "" }) => goFlags.test(text));
}

/** Without registry, tag and digest. */
export function imageName(container: Field): string {
  return nameOf((container.get("image")?.text ?? "").replace(/@.*/, "").replace(/:[^/:]*$/, ""));
}

/** A script of a shell, one of whose commands is such a program. */
function runsIPv4Program({ text = "" }: Field): boolean {
  return text.split(/[;&|\n]+/).some((command) => {
    const words = command
      .trim()
      .split(/\s+/)
      .filter((word) => !/^\w+=/.test(word) && !wrappers.has(word));
    return ipv4Programs.has(bareName(words[0] ?? ""));
  });
}
