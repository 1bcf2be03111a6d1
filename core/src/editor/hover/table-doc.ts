import { addressFields } from "../../literals/address-fields.ts";
import type { AddressPath } from "../../literals/address-path.ts";
import { projectOf } from "../../literals/projects.ts";
import type { Field } from "../../manifest/field.ts";

/** What the table of addresses tells of a field: what its reader takes there, and where that is described. */
export function aboutAddressField(field: Field): { readonly says: string; readonly source: string } | undefined {
  const found = addressFields(field.resource).find(
    ({ field: one }) => one.node === field.node || one.parent?.node === field.node,
  );
  if (!found) return undefined;
  const { path } = found;
  const { project, source } = projectOf(path, ofTable(path, field));
  return { says: [...sentences(path), `Read by ${readers[project] ?? project}.`].join(" "), source };
}

function ofTable({ kinds }: AddressPath, { resource: { kind } }: Field): string {
  return kinds.includes(kind) ? kind : (kinds[0] ?? kind);
}

const readers: Readonly<Record<string, string>> = {
  "Charts and operators": "what the chart or the operator makes of it",
  "An address plan of this tool": "this tool",
};

const forms: Readonly<Record<AddressPath["holds"], string>> = {
  ip: "One address, without brackets, length or port.",
  cidr: "A prefix: an address and a length, `fd12::/64`.",
  "ip-or-cidr": "An address, or a prefix with its length.",
  "ip-port": "An address, with a port behind it or not: IPv6 stands in brackets then.",
  "ip-range": "A prefix, or two addresses of one family with a hyphen between.",
};

const uses: Readonly<Record<NonNullable<AddressPath["range"]>, string>> = {
  pod: "Pods get their addresses from it.",
  service: "Services get their addresses from it.",
  node: "It is what nodes have addresses of.",
  "load-balancer": "Load balancers get their addresses from it.",
  plan: "It is written down, and hands out nothing.",
};

function* sentences(path: AddressPath): Iterable<string> {
  yield forms[path.holds];
  if (path.family) yield `**${path.family}** alone.`;
  if (path.separator) yield path.separator === "," ? "Several are parted by commas." : "Several are parted by blanks.";
  if (path.subnet) yield "No bit is set beyond the length.";
  if (path.strict) yield "It is written as RFC 5952 has it.";
  if (path.range) yield uses[path.range];
  if (path.role === "resolver") yield "Names are asked for there.";
  if (path.loose || path.shaped) yield "Other words may stand here, too.";
}
