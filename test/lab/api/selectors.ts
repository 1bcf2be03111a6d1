import type { ApiObject } from "../objects/object.ts";
import type { Resource } from "./resources.ts";
import { badRequest } from "./status.ts";

export type Matches = (object: ApiObject) => boolean;

/** What a list or a watch selects: its labelSelector and fieldSelector together. Throws 400 for what cannot be parsed. */
export function selection(resource: Resource, query: URLSearchParams): Matches {
  const labels = labelSelector(query.get("labelSelector") ?? "");
  const fields = fieldSelector(resource, query.get("fieldSelector") ?? "");
  return (object) => labels(object) && fields(object);
}

function labelSelector(text: string): Matches {
  // Commas separate requirements, except inside "in (a, b)".
  const requirements = text === "" ? [] : text.split(/,(?![^(]*\))/).map((each) => requirement(each.trim()));
  return (object) => requirements.every((matches) => matches(object.metadata.labels ?? {}));
}

function requirement(text: string): (labels: Record<string, string>) => boolean {
  const set = /^([\w./-]+)\s+(in|notin)\s*\(([^)]*)\)$/.exec(text);
  if (set) {
    const [, key = "", operator, list = ""] = set;
    const values = list.split(",").map((value) => value.trim());
    return (labels) => values.includes(labels[key] ?? "\0") === (operator === "in");
  }
  const pair = /^([\w./-]+)\s*(==|=|!=)\s*([\w.-]*)$/.exec(text);
  if (pair) {
    const [, key = "", operator, value] = pair;
    return (labels) => (labels[key] === value) === (operator !== "!=");
  }
  const absent = /^!\s*([\w./-]+)$/.exec(text);
  if (absent) return (labels) => !((absent[1] ?? "") in labels);
  if (/^[\w./-]+$/.test(text)) return (labels) => text in labels;
  throw badRequest(`unable to parse requirement: found '${text.replace(/^!/, "").at(0) ?? ""}', expected: identifier`);
}

const podFields = [
  "spec.nodeName",
  "spec.restartPolicy",
  "spec.schedulerName",
  "spec.serviceAccountName",
  "spec.hostNetwork",
  "status.phase",
  "status.podIP",
  "status.nominatedNodeName",
];
const eventFields = [
  "involvedObject.kind",
  "involvedObject.namespace",
  "involvedObject.name",
  "involvedObject.uid",
  "involvedObject.apiVersion",
  "reason",
  "type",
  "source",
];
const fieldsOf: Record<string, string[]> = {
  pods: podFields,
  events: eventFields,
  nodes: ["spec.unschedulable"],
  namespaces: ["status.phase"],
  services: ["spec.clusterIP", "spec.type"],
  secrets: ["type"],
};

function fieldSelector(resource: Resource, text: string): Matches {
  const requirements = text === "" ? [] : text.split(",").map((each) => fieldRequirement(resource, each));
  return (object) => requirements.every((matches) => matches(object));
}

function fieldRequirement(resource: Resource, text: string): Matches {
  const [, path = "", operator, value] = /^([\w.]+)(==|!=|=)(.*)$/.exec(text) ?? [];
  if (!operator) throw badRequest(`invalid selector: '${text}'; can't understand '${text}'`);
  const served = ["metadata.name", "metadata.namespace", ...(fieldsOf[resource.name] ?? [])];
  if (!served.includes(path)) throw badRequest(`field label not supported: ${path}`);
  return (object) => (`${read(object, path) ?? ""}` === value) === (operator !== "!=");
}

function read(object: ApiObject, path: string): unknown {
  return path.split(".").reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], object);
}

/** Whether labels satisfy a LabelSelector of an object (matchLabels and matchExpressions); an empty one matches everything. */
export function matchesSelector(
  selector: {
    matchLabels?: Record<string, string>;
    matchExpressions?: { key: string; operator: string; values?: string[] }[];
  },
  labels: Record<string, string> = {},
): boolean {
  const equal = Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels[key] === value);
  const expressions = (selector.matchExpressions ?? []).every(({ key, operator, values = [] }) => {
    const value = labels[key];
    if (operator === "In") return value !== undefined && values.includes(value);
    if (operator === "NotIn") return value === undefined || !values.includes(value);
    return (value !== undefined) === (operator === "Exists");
  });
  return equal && expressions;
}
