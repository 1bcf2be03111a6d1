import { namesAnyIPv6 } from "../addresses/listen-address.ts";
import type { Field, Place } from "../manifest/field.ts";
import type { Resource } from "../manifest/resource.ts";
import { containersOf, type EnvVar, envOf } from "./containers.ts";
import { imageName, ipv4Program, runtimeOf } from "./runtime.ts";

/** What makes a program listen on IPv4 alone: an argument or a variable. */
export interface Listener {
  readonly at: Place;
  /** As written beside the address; undefined if it is given elsewhere or not at all. */
  readonly port: string | undefined;
  /** What happens to clients that come over IPv6, and what to do. */
  readonly refusal: string;
}

/** The arguments and variables of a resource's containers that bind 0.0.0.0 in such a program, in the order written. */
export function ipv4Listeners(resource: Resource): readonly Listener[] {
  return mainContainers(resource).flatMap((container) => {
    const items = ["command", "args"].flatMap((list) => container.get(list)?.items() ?? []);
    const variables = envOf(container);
    if ([...items, ...variables.map(({ value }) => value)].some((field) => namesAnyIPv6(field?.text ?? ""))) return [];
    const program = ipv4Program(items);
    const said = program === undefined ? [] : items.flatMap((item) => listenersIn(item, program));
    if (runtimeOf(container) !== "ipv4") return said;
    return [...said, ...listeningVariables(variables, program ?? imageName(container))];
  });
}

/** Those that Services send traffic to. */
export function mainContainers(resource: Resource): readonly Field[] {
  return containersOf(resource).filter(({ parent }) => parent?.step === "containers");
}

/** A whole argument, or the value of a flag; what stands inside a longer text, such as a script, is not looked at. */
function listenersIn(item: Field, program: string): Listener[] {
  const match = /^(?:-{1,2}[\w-]+[= ])?(0\.0\.0\.0)(?::(\d+))?$/.exec(item.text ?? "");
  if (!match || item.text === undefined) return [];
  const start = item.text.indexOf("0.0.0.0");
  return [{ at: item.within(start, item.text.length), port: match[2], refusal: refusal(program) }];
}

/** `HOST=0.0.0.0`, whose port mostly stands in `PORT`. */
function listeningVariables(variables: readonly EnvVar[], program: string): Listener[] {
  const beside = variables.find(({ name }) => name === "PORT")?.value?.text;
  return variables.flatMap(({ name, value }) => {
    const match = /^0\.0\.0\.0(?::(\d+))?$/.exec(value?.text ?? "");
    if (!match || !value || !/host|bind|listen|addr/i.test(name)) return [];
    return [{ at: value, port: match[1] ?? beside, refusal: refusal(program) }];
  });
}

function refusal(program: string): string {
  return `${program} refuses them on 0.0.0.0, listen on [::]`;
}
