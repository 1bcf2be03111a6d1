import { type Family, familyOf } from "#core/addresses/address.ts";
import type { KubeObject } from "#core/cluster/cluster.ts";
import { clusterIPs } from "#core/summary/families.ts";
import { markdown, paragraphs } from "#core/text/markdown.ts";
import { l10n } from "../l10n.ts";
import { arranged, badgeOf, ipv6First } from "./arrange.ts";
import type { Followed } from "./following.ts";
import { listRows } from "./list.ts";
import { refusalRow } from "./refusal.ts";
import { note, type Row, refTo } from "./row.ts";
import { types, type View } from "./view.ts";

/** The Services of a namespace: families, every cluster IP, and the endpoints of each family. */
export function servicesRow(id: string, namespace: string, view: View): Row {
  const own = `${id}/services`;
  const shape = (services: readonly KubeObject[]) => {
    const slices = view.list(types.endpointSlices, { namespace });
    const expected = view.expects("services");
    return arranged(
      own,
      services.map((service) => serviceRow(own, service, slices, expected)),
      view,
    );
  };
  return note(own, l10n`Services`, {
    icon: "type-hierarchy-sub",
    description: view.count(types.services, { namespace }),
    children: () => listRows(own, view.list(types.services, { namespace }), l10n`No Services in this namespace`, shape),
  });
}

/** One Service, as also the row of the cluster's DNS is made of. */
export function serviceRow(id: string, service: KubeObject, slices: Followed, expected: readonly Family[] = []): Row {
  const own = `${id}/${service.metadata.name}`;
  const families = ipFamilies(service);
  const deaf = slices.answer?.ok ? familiesWithoutEndpoints(service, slices.answer.value) : [];
  const addresses = ipv6First(clusterIPs(service));
  const headless = service.spec?.clusterIP === "None" ? "headless" : "";
  const where = addresses.join(", ") || headless || service.spec?.externalName || l10n`no address`;
  return {
    id: own,
    label: service.metadata.name,
    description: addresses.length > 0 || families.length === 0 ? where : `${families.join(", ")}: ${where}`,
    odd: families.length > 0 && !isApi(service) && expected.some((family) => !families.includes(family)),
    ...(families.length === 0 ? {} : badgeOf(addresses)),
    addresses,
    icon: deaf.length > 0 ? "warning" : "type-hierarchy-sub",
    ...(deaf.length > 0 ? { tone: "warning" as const } : {}),
    tooltip: paragraphs([markdown`**${service.metadata.name}**`, policyText(service), ...deaf]),
    menu: "service",
    object: refTo(types.services, "Service", service),
    children: () => [
      ...deaf.map((text) => note(`${own}/${text}`, text, { icon: "warning", tone: "warning" })),
      ...details(own, service, slices),
    ],
  };
}

/** The API server publishes its own endpoints, of one family. */
function isApi({ metadata: { namespace, name } }: KubeObject): boolean {
  return namespace === "default" && name === "kubernetes";
}

function details(id: string, service: KubeObject, { answer }: Followed): readonly Row[] {
  const addresses = ipv6First(clusterIPs(service)).map((text) =>
    note(`${id}/${text}`, text, {
      description: l10n`${familyOf(text) ?? ""} cluster IP`,
      icon: "symbol-number",
      menu: "address",
    }),
  );
  const rows = [note(`${id}/policy`, policyText(service), { icon: "info" }), ...addresses];
  if (answer === undefined) return rows;
  if (!answer.ok) return [...rows, refusalRow(`${id}/slices`, answer.refusal)];
  const slices = slicesOf(service, answer.value);
  return [...rows, ...slices.map((slice) => sliceRow(id, slice))];
}

function sliceRow(id: string, slice: KubeObject): Row {
  const endpoints: readonly { addresses?: readonly string[] }[] = slice.endpoints ?? [];
  const ready = readyEndpoints(slice);
  const own = `${id}/${slice.metadata.name}`;
  return {
    id: own,
    label: l10n`${slice.addressType ?? "?"} endpoints`,
    description: l10n`${ready} of ${endpoints.length} ready, ${slice.metadata.name}`,
    icon: "references",
    menu: "object",
    object: refTo(types.endpointSlices, "EndpointSlice", slice),
    children: () =>
      endpoints.flatMap(({ addresses = [] }) =>
        addresses.map((text) => note(`${own}/${text}`, text, { icon: "symbol-number", menu: "address" })),
      ),
  };
}

/** A family the Service has an address in, but nobody who answers there, while the other family has. */
function familiesWithoutEndpoints(service: KubeObject, all: readonly KubeObject[]): readonly string[] {
  const slices = slicesOf(service, all);
  const ready = (family: Family) =>
    slices.filter(({ addressType }) => addressType === family).reduce((sum, slice) => sum + readyEndpoints(slice), 0);
  const families = ipFamilies(service);
  if (families.every((family) => ready(family) === 0)) return [];
  return families
    .filter((family) => ready(family) === 0)
    .map((family) => l10n`No ready ${family} endpoint: ${family} clients are refused.`);
}

/** https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/ : a missing `ready` means ready. */
function readyEndpoints(slice: KubeObject): number {
  const endpoints: readonly { conditions?: { ready?: boolean } }[] = slice.endpoints ?? [];
  return endpoints.filter(({ conditions }) => conditions?.ready !== false).length;
}

function slicesOf(service: KubeObject, slices: readonly KubeObject[]): readonly KubeObject[] {
  const { name, namespace } = service.metadata;
  return slices.filter(
    ({ metadata }) => metadata.labels?.["kubernetes.io/service-name"] === name && metadata.namespace === namespace,
  );
}

function ipFamilies(service: KubeObject): readonly Family[] {
  const list: readonly unknown[] = Array.isArray(service.spec?.ipFamilies) ? service.spec.ipFamilies : [];
  return list.filter((family) => family === "IPv4" || family === "IPv6");
}

/** "PreferDualStack: IPv4, IPv6"; an ExternalName Service is only a name for another name and has no family. */
function policyText({ spec = {}, ...service }: KubeObject): string {
  if (spec.type === "ExternalName") return l10n`ExternalName: ${spec.externalName}`;
  return `${spec.ipFamilyPolicy ?? l10n`no ipFamilyPolicy`}: ${ipFamilies({ spec, ...service }).join(", ") || l10n`no family`}`;
}
