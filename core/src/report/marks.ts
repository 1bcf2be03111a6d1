import type { Diagnosis } from "../diagnosis/diagnosis.ts";
import { matrixOf } from "./matrix.ts";

/** What a diagnosis says of an object. */
export interface ObjectMark {
  /** "Node n1", "Service default/web", "Pod default/a" */
  readonly object: string;
  /** "IPv6 forwarding is off on the node", "IPv6 fails from pod default/a" */
  readonly text: string;
  readonly state: "fails" | "works";
}

/** The objects that fail, or that something proven breaks at, and those that were reached in every family that was tried. */
export function marksOf(diagnosis: Diagnosis): ObjectMark[] {
  const marks = new Map<string, ObjectMark>();
  const put = (place: string, mark: Omit<ObjectMark, "object">) => {
    const object = objectIn(place);
    if (object !== undefined && !marks.has(object)) marks.set(object, { object, ...mark });
  };
  for (const { where, because, state } of diagnosis.path) {
    const proven = diagnosis.verdicts.find(
      ({ status, summary }) => status === "proven" && because.startsWith(`${summary}: `),
    );
    if (state === "fails" && proven) put(where, { text: proven.summary, state: "fails" });
  }
  for (const { target, from, cells } of matrixOf(diagnosis)) {
    const tried = (["IPv6", "IPv4"] as const).filter((family) => cells[family].state !== "not tried");
    const failing = tried.filter((family) => cells[family].state === "fails");
    if (failing.length > 0)
      put(target, {
        text: `${failing.join(" and ")} fail${failing.length > 1 ? "" : "s"} from ${from}`,
        state: "fails",
      });
    else if (tried.length > 0 && tried.every((family) => cells[family].state === "works"))
      put(target, { text: `${tried.join(" and ")} work${tried.length > 1 ? "" : "s"} from ${from}`, state: "works" });
  }
  return [...marks.values()];
}

function objectIn(place: string): string | undefined {
  const [, kind = "", name] = /^(node|pod|Service) (\S+)$/.exec(place) ?? [];
  return name && `${{ node: "Node", pod: "Pod", Service: "Service" }[kind]} ${name}`;
}
