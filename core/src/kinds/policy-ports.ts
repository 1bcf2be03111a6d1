import type { Field } from "../manifest/field.ts";

/** Ports that a rule of a policy is about, as plain JSON. */
export interface Ports {
  /** undefined for every protocol. */
  readonly protocol?: string;
  readonly first: number;
  readonly last: number;
  /** In place of numbers. */
  readonly name?: string;
}

const everyPort: Ports = { first: 1, last: 65_535 };

/** Of a NetworkPolicy, as the API server fills them in: without a protocol TCP, without a port all of them, without a list everything. */
export function portsOf(rule: Field): readonly Ports[] {
  const items = rule.get("ports")?.items() ?? [];
  return items.length === 0 ? [everyPort] : items.map((item) => portOf(item, "TCP"));
}

/** The ports that a Cilium rule is on, whatever it asks of what is said there. */
export function ciliumWantedPorts(rule: Field): readonly Ports[] {
  const lists = rule.get("toPorts")?.items() ?? [];
  if (lists.length === 0) return [everyPort];
  return lists.flatMap((list) => (list.get("ports")?.items() ?? []).map((item) => portOf(item, "ANY")));
}

/** The ports that it opens: without a protocol any, port 0 is every port. Rules of layer 7 narrow what they open, so that it is not counted. */
export function ciliumPortsOf(rule: Field): readonly Ports[] {
  const lists = rule.get("toPorts")?.items() ?? [];
  if (lists.length === 0) return [everyPort];
  return lists
    .filter((list) => !list.has("rules"))
    .flatMap((list) => (list.get("ports")?.items() ?? []).map((item) => portOf(item, "ANY")));
}

/** An item with `port`, `endPort` and `protocol`. */
function portOf(item: Field, usual: string): Ports {
  const port = item.get("port");
  const protocol = item.get("protocol")?.text ?? usual;
  const of = protocol === "ANY" ? {} : { protocol };
  if (!port || port.type === "null" || port.text === "0") return { ...everyPort, ...of };
  const first = /^\d+$/.test(port.text ?? "") ? Number(port.text) : undefined;
  if (first === undefined) return { ...of, first: -1, last: -1, name: port.text ?? "" };
  return { ...of, first, last: item.get("endPort")?.integer ?? first };
}

/** Of a rule of Calico's: `ports` of its destination, single ones, "8000:9000", or names. */
export function calicoPortsOf(rule: Field): readonly Ports[] {
  const protocol = rule.get("protocol")?.text?.toUpperCase();
  const of = protocol === undefined ? {} : { protocol };
  const ports = rule.get("destination", "ports")?.items() ?? [];
  if (ports.length === 0) return [{ ...everyPort, ...of }];
  return ports.map(({ text = "" }) => {
    const [, first, last] = /^(\d+)(?::(\d+))?$/.exec(text) ?? [];
    if (first === undefined) return { ...of, first: -1, last: -1, name: text };
    return { ...of, first: Number(first), last: Number(last ?? first) };
  });
}

/** Whether all of some ports are among others, which add up: 80 to 85 and 86 to 90 are 80 to 90. */
export function cover(all: readonly Ports[], wanted: readonly Ports[]): boolean {
  return wanted.every((ports) => coversOne(all, ports));
}

function coversOne(all: readonly Ports[], { protocol, first, last, name }: Ports): boolean {
  const own = all.filter((ports) => ports.protocol === undefined || ports.protocol === protocol);
  if (name !== undefined && own.some((ports) => ports.name === name)) return true;
  // A name may be any port.
  const end = name === undefined ? last : everyPort.last;
  let next = name === undefined ? first : everyPort.first;
  for (const ports of own.toSorted((a, b) => a.first - b.first))
    if (ports.name === undefined && ports.first <= next) next = Math.max(next, ports.last + 1);
  return next > end;
}
