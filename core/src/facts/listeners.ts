import type { Field, Place } from "../manifest/field.ts";
import { podSpec, type Resource } from "../manifest/resource.ts";
import { ipv4Program } from "../runtime.ts";

/** An argument that makes a program listen on IPv4 alone. */
export interface Listener {
  readonly at: Place;
  /** As written beside the address; undefined if it is given elsewhere or not at all. */
  readonly port: string | undefined;
  readonly program: string;
}

/** The arguments of a resource's containers that bind 0.0.0.0 in such a program, in the order written. */
export function ipv4Listeners(resource: Resource): readonly Listener[] {
  return (podSpec(resource)?.get("containers")?.items() ?? []).flatMap((container) => {
    const items = [...(container.get("command")?.items() ?? []), ...(container.get("args")?.items() ?? [])];
    // Without a command the image decides: that is not known here.
    const program = ipv4Program(items);
    return program === undefined ? [] : items.flatMap((item) => listenersIn(item, program));
  });
}

/** A whole argument, or the value of a flag; what stands inside a longer text, such as a script, is not looked at. */
function listenersIn(item: Field, program: string): Listener[] {
  const match = /^(?:-{1,2}[\w-]+[= ])?(0\.0\.0\.0)(?::(\d+))?$/.exec(item.text ?? "");
  if (!match || item.text === undefined) return [];
  const start = item.text.indexOf("0.0.0.0");
  return [{ at: item.within(start, item.text.length), port: match[2], program }];
}
