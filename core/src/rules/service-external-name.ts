import { familyOf } from "../addresses/address.ts";
import { splitHostPort } from "../addresses/host-port.ts";
import type { Report, Rule } from "../lint/rule.ts";
import type { Resource } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "An ExternalName Service is a CNAME: it has a name, no addresses and no families",
  why: `DNS answers an ExternalName Service with a CNAME. It has no cluster IP, so families mean nothing, and an address is no
name: IPv6 text is refused, IPv4 text is served as the name \`10.20.30.40.\`, which never resolves. For an address outside
use a Service without selector and an EndpointSlice.`,
  source: "https://kubernetes.io/docs/concepts/services-networking/service/#externalname",
  severity: "error",
  codes: ["SVC016", "SVC017", "SVC043"],
  kinds: ["Service"],
  groups: [""],
  mentions: [/externalName/],
  example: {
    bad: `apiVersion: v1
kind: Service
metadata:
  name: ledger
spec:
  type: ExternalName
  externalName: ledger.example.com
  ipFamilyPolicy: PreferDualStack
`,
    good: `apiVersion: v1
kind: Service
metadata:
  name: ledger
spec:
  type: ExternalName
  externalName: ledger.example.com
`,
  },

  *check(service) {
    const type = service.get("spec", "type")?.text;
    const name = service.get("spec", "externalName");
    if (type === "ExternalName") {
      yield* forbidden(service);
      const { host = "", port } = splitHostPort(name?.text?.replace(/\.$/, "") ?? "") ?? {};
      const family = port === undefined ? familyOf(host) : undefined;
      if (family === "IPv6")
        yield {
          at: name,
          message: `a lowercase RFC 1123 subdomain is wanted, not an IPv6 address; ${instead}`,
          codes: ["SVC017"],
        };
      else if (family)
        yield {
          at: name,
          severity: "warning",
          message: `an IPv4 address is served as a CNAME and never resolves; ${instead}`,
          codes: ["SVC017"],
        };
    } else if (name?.text && (type !== undefined || service.lacks("spec", "type")))
      yield {
        at: name,
        severity: "warning",
        message: 'spec.externalName is ignored when spec.type is not "ExternalName"; remove it',
        codes: ["SVC043"],
        fix: { kind: "decision", title: "Remove externalName", edits: [name.remove()] },
      };
  },
};

const instead = "use a Service without selector and an EndpointSlice";
function* forbidden(service: Resource): Iterable<Report> {
  for (const key of ["ipFamilies", "ipFamilyPolicy", "clusterIP", "clusterIPs"]) {
    const field = service.get("spec", key);
    const set = field?.type === "seq" ? field.items().length > 0 : field?.text;
    // clusterIPs repeats clusterIP: one of the two is enough to say it, and the API server says it of the list.
    if (!field || !set || (key === "clusterIP" && service.get("spec", "clusterIPs", 0)?.text)) continue;
    yield {
      at: field.type === "seq" ? field.key : field,
      message: "may not be set for ExternalName services; remove it",
      codes: ["SVC016"],
      fix: { kind: "decision", title: `Remove ${key}`, edits: [field.remove()] },
    };
  }
}
