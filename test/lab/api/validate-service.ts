import type { ApiObject } from "../objects/object.ts";
import type { Family } from "../options.ts";
import { familyOf, parsePrefix } from "./addresses.ts";
import { allocate, allocateNodePorts, type Ranges } from "./allocate.ts";
import { bad, type FieldProblem, invalid, unsupported } from "./status.ts";

const familyNames = ["IPv4", "IPv6"];
const policies = ["PreferDualStack", "RequireDualStack", "SingleStack"];
const types = ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"];

/**
 * Checks a Service about to be stored and fills in what the API server fills in: defaults, families and clusterIPs.
 * Throws 422 with the API server's words.
 */
export function admitService(service: ApiObject, before: ApiObject | undefined, ranges: Ranges): ApiObject {
  const spec = { sessionAffinity: "None", type: "ClusterIP", internalTrafficPolicy: "Cluster", ...service.spec };
  const result: ApiObject = { ...service, spec, status: service.status ?? { loadBalancer: {} } };
  spec.ports = (spec.ports ?? []).map((port: { port: number }) => ({
    protocol: "TCP",
    targetPort: port.port,
    ...port,
  }));
  const refuse = (problems: FieldProblem[]) => {
    if (problems.length > 0) throw invalid("Service", "", service.metadata.name, problems);
  };
  refuse(namingProblems(service));
  refuse(vocabularyProblems(spec));
  if (spec.type === "ExternalName") {
    refuse(externalNameProblems(spec));
    for (const field of ["clusterIP", "clusterIPs", "internalTrafficPolicy"]) delete spec[field];
    return result;
  }
  reconcileClusterIP(spec, before);
  chooseFamilies(spec, before, ranges);
  refuse(familyProblems(spec));
  refuse(addressProblems(spec, before));
  refuse(sourceRangeProblems(spec));
  allocate(spec, ranges, refuse);
  refuse(allocateNodePorts(spec, ranges.nodePorts));
  return result;
}

function namingProblems(service: ApiObject): FieldProblem[] {
  const { name } = service.metadata;
  if (/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name)) return [];
  const rule =
    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
  return [bad("metadata.name", name, rule)];
}

function vocabularyProblems(spec: ApiObject["spec"]): FieldProblem[] {
  const problems: FieldProblem[] = [];
  spec.ports.forEach((port: { port: number; targetPort: number | string }, index: number) => {
    const range = "must be between 1 and 65535, inclusive";
    const outside = (value: unknown) => typeof value === "number" && (value < 1 || value > 65535);
    if (outside(port.port)) problems.push(bad(`spec.ports[${index}].port`, port.port, range));
    if (outside(port.targetPort)) problems.push(bad(`spec.ports[${index}].targetPort`, port.targetPort, range));
  });
  if (!types.includes(spec.type)) problems.push(unsupported("spec.type", spec.type, types));
  const families: string[] = spec.ipFamilies ?? [];
  families.forEach((family, index) => {
    if (!familyNames.includes(family)) problems.push(unsupported(`spec.ipFamilies[${index}]`, family, familyNames));
    else if (families.indexOf(family) < index)
      problems.push({
        field: `spec.ipFamilies[${index}]`,
        reason: "FieldValueDuplicate",
        message: `Duplicate value: "${family}"`,
      });
  });
  if (spec.ipFamilyPolicy !== undefined && !policies.includes(spec.ipFamilyPolicy))
    problems.push(unsupported("spec.ipFamilyPolicy", spec.ipFamilyPolicy, policies));
  return problems;
}

function externalNameProblems(spec: ApiObject["spec"]): FieldProblem[] {
  const message = "Forbidden: may not be set for ExternalName services";
  return ["ipFamilies", "ipFamilyPolicy"]
    .filter((field) => spec[field] !== undefined)
    .map((field) => ({ field: `spec.${field}`, reason: "FieldValueForbidden", message }));
}

/** clusterIP and clusterIPs say the same thing twice: whichever was changed rules the other. */
function reconcileClusterIP(spec: ApiObject["spec"], before: ApiObject | undefined): void {
  if (before?.spec.type === "ExternalName" || !before) {
    if (spec.clusterIP && !spec.clusterIPs) spec.clusterIPs = [spec.clusterIP];
  } else {
    spec.clusterIPs ??= before.spec.clusterIPs;
    if (
      spec.clusterIP !== undefined &&
      spec.clusterIP !== before.spec.clusterIP &&
      spec.clusterIPs[0] === before.spec.clusterIP
    )
      spec.clusterIPs = [spec.clusterIP, ...spec.clusterIPs.slice(1)];
  }
  if (spec.clusterIPs?.[0] && !spec.clusterIP) spec.clusterIP = spec.clusterIPs[0];
}

/** A downgrade to one family drops the second; otherwise families follow the policy and the cluster's own order. */
function chooseFamilies(spec: ApiObject["spec"], before: ApiObject | undefined, ranges: Ranges): void {
  const served = ranges.cidrs.map((cidr) => parsePrefix(cidr)?.family as Family);
  const untouched = before && JSON.stringify(before.spec.ipFamilies) === JSON.stringify(spec.ipFamilies);
  if (before && spec.ipFamilyPolicy === "SingleStack" && before.spec.ipFamilyPolicy !== "SingleStack") {
    if (untouched) spec.ipFamilies = spec.ipFamilies.slice(0, 1);
    if (spec.ipFamilies.length === 1 && JSON.stringify(spec.clusterIPs) === JSON.stringify(before.spec.clusterIPs))
      spec.clusterIPs = spec.clusterIPs?.slice(0, 1);
  }
  const addresses: string[] = (spec.clusterIPs ?? []).filter((ip: string) => ip !== "None");
  spec.ipFamilies ??= addresses.map(familyOf).filter(Boolean);
  if (spec.ipFamilies.length === 0) spec.ipFamilies = served.slice(0, 1);
  spec.ipFamilyPolicy ??=
    spec.clusterIP === "None" && !spec.selector
      ? "RequireDualStack"
      : addresses.length === 2
        ? "RequireDualStack"
        : "SingleStack";
  if (spec.ipFamilyPolicy !== "SingleStack" && spec.ipFamilies.length === 1 && served.length === 2)
    spec.ipFamilies = [...spec.ipFamilies, ...served.filter((family) => !spec.ipFamilies.includes(family))];
}

function familyProblems(spec: ApiObject["spec"]): FieldProblem[] {
  if (spec.ipFamilyPolicy !== "SingleStack" || spec.ipFamilies.length < 2) return [];
  return [
    bad(
      "spec.ipFamilyPolicy",
      "SingleStack",
      "must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified",
    ),
  ];
}

function addressProblems(spec: ApiObject["spec"], before: ApiObject | undefined): FieldProblem[] {
  const ips: string[] = spec.clusterIPs ?? [];
  const old: string[] = before?.spec.clusterIPs ?? [];
  if (ips[0] === "None") return [];
  if (spec.clusterIP && ips[0] !== spec.clusterIP)
    return [bad("spec.clusterIPs", ips, "first value must match `clusterIP`")];
  const problems: FieldProblem[] = [];
  old.forEach((ip, index) => {
    if (ip !== "None" && ips[index] !== undefined && ips[index] !== ip)
      problems.push(bad(`spec.clusterIPs[${index}]`, ips, "may not change once set"));
  });
  if (problems.length > 0) return problems;
  ips.forEach((ip, index) => {
    const field = `spec.clusterIPs[${index}]`;
    const wanted = spec.ipFamilies[index];
    if (/(^|\.)0\d/.test(ip) && !ip.includes(":")) problems.push(bad(field, ip, "must not have leading 0s"));
    else if (!familyOf(ip))
      problems.push(bad(field, ip, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"));
    else if (wanted && familyOf(ip) !== wanted)
      problems.push(bad(field, ip, `expected an ${wanted} value as indicated by \`ipFamilies[${index}]\``));
  });
  return problems;
}

function sourceRangeProblems(spec: ApiObject["spec"]): FieldProblem[] {
  const ranges: string[] = spec.loadBalancerSourceRanges ?? [];
  return ranges.flatMap((text, index) =>
    parsePrefix(text)?.clean === false
      ? [bad(`spec.LoadBalancerSourceRanges[${index}]`, text, "must not have bits set beyond the prefix length")]
      : [],
  );
}
