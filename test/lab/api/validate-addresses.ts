import type { Any, ApiObject } from "../objects/object.ts";
import { familyOf, holds, type Prefix, parsePrefix, toNumber, toText } from "./addresses.ts";
import { bad, type FieldProblem, invalid } from "./status.ts";

/** Checks the addresses of an EndpointSlice against its addressType. Throws 422. */
export function admitSlice(slice: ApiObject): ApiObject {
  const ends: Any[] = slice.endpoints ?? [];
  const problems = ends.flatMap((end, index) =>
    ((end.addresses ?? []) as string[]).flatMap((address, each) =>
      addressProblems(slice.addressType, address, index, each),
    ),
  );
  if (problems.length > 0) throw invalid("EndpointSlice", "discovery.k8s.io", slice.metadata.name, problems);
  return slice;
}

const forbidden = [
  ["loopback range (127.0.0.0/8, ::1/128)", ["127.0.0.0/8", "::1/128"]],
  ["link-local range (169.254.0.0/16, fe80::/10)", ["169.254.0.0/16", "fe80::/10"]],
] as const;

function addressProblems(type: string, address: string, index: number, each: number): FieldProblem[] {
  if (type === "FQDN") return [];
  const family = familyOf(address);
  const field = `endpoints[${index}].addresses`;
  if (family !== type) return [bad(field, address, `must be an ${type} address`)];
  const canonical = toText(toNumber(address), family);
  if (canonical !== address) return [bad(`${field}[${each}]`, address, `must be in canonical form ("${canonical}")`)];
  const range = forbidden.find(([, prefixes]) =>
    prefixes.some((prefix) => holds(parsePrefix(prefix) as Prefix, address)),
  );
  return range ? [bad(`${field}[${each}]`, address, `may not be in the ${range[0]}`)] : [];
}

/** Checks a ServiceCIDR, whose ranges can never change. Throws 422. */
export function admitServiceCidr(object: ApiObject, before: ApiObject | undefined): ApiObject {
  const cidrs: string[] = object.spec?.cidrs ?? [];
  const problems = cidrs.flatMap((text, index) => cidrProblems(text, index));
  const families = cidrs.map((text) => parsePrefix(text)?.family);
  if (before && JSON.stringify(before.spec.cidrs) !== JSON.stringify(cidrs))
    problems.push(bad("spec.cidrs", cidrs, "field is immutable"));
  else if (problems.length === 0 && new Set(families).size < families.length)
    problems.push(
      bad(
        "spec.cidrs",
        cidrs,
        "may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64",
      ),
    );
  if (problems.length > 0) throw invalid("ServiceCIDR", "networking.k8s.io", object.metadata.name, problems);
  return object;
}

function cidrProblems(text: string, index: number): FieldProblem[] {
  const field = `spec.cidrs[${index}]`;
  const prefix = parsePrefix(text);
  if (!prefix) return [bad(field, text, "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)")];
  if (!prefix.clean) return [bad(field, text, "must not have bits set beyond the prefix length")];
  const canonical = `${toText(prefix.base, prefix.family)}/${prefix.length}`;
  return canonical === text ? [] : [bad(field, text, `must be in canonical form ("${canonical}")`)];
}
