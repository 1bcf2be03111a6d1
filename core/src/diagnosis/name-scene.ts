import type { Family } from "../addresses/address.ts";
import type { Name, Scene, ScenePod, SceneService } from "../judging/scene.ts";
import type { Subject, Target } from "../judging/subject.ts";
import { probe as serviceProbe } from "../probes/service.ts";
import { tryAsk } from "../probing/probe.ts";
import type { PassedOver } from "./choose-source.ts";
import type { Engine } from "./engine.ts";
import { namedFlows } from "./flows.ts";
import { missingTarget } from "./nearest.ts";
import { type Resolved, resolveName } from "./resolve-name.ts";
import { resolveScene, type SceneOptions, standing } from "./resolve-scene.ts";
import { servicePorts } from "./service-flows.ts";

interface Found {
  readonly scene: Scene;
  readonly passedOver: readonly PassedOver[];
}

type Named = Target & { readonly kind: "name" };

/** More addresses of a family are not dialled. */
const mostAddresses = 4;
const families: readonly Family[] = ["IPv6", "IPv4"];

/**
 * The scene of a name: what it resolves to in the source, dialled. A name of a Service of the cluster brings the Service along, and what
 * stands behind it.
 */
export async function nameScene(
  engine: Engine,
  subject: Subject,
  { scene, passedOver }: Found,
  options: Pick<SceneOptions, "patience" | "haste">,
): Promise<{ readonly scene: Scene; readonly warnings: readonly string[] }> {
  const target = nameIn(subject, scene);
  const [from] = scene.pods;
  if (!target || !from) return { scene, warnings: [] };
  const resolved = await engine.run(resolveName(target.name, from, options.patience));
  const behind = await serviceScene(engine, resolved, target, { subject, from, passedOver, options });
  const base = behind ?? scene;
  const service = behind?.services[0];
  const known = new Set(base.flows.map(({ host }) => host));
  const port = portFor(target, service && servicePorts(service));
  const addresses = families.flatMap((family) => resolved.addresses[family].slice(0, mostAddresses));
  const flows = namedFlows(
    from,
    target.name,
    service && notOffered(service, target) ? [] : addresses.filter((address) => !known.has(address)),
    port,
    scene.allNodes,
  );
  const names = resolved.names.map((name): Name => (service ? { ...name, service } : name));
  const unnamed = addresses.length > 0 && !port.named ? [`no port was named: ${port.number} is dialled`] : [];
  const unknown = resolved.name === undefined && addresses.length === 0 && !target.name.includes(".");
  const near = unknown ? (await engine.run(missingTarget(objectNamed(target, from), ["pod", "service"]))).nearest : [];
  const meant = near.length > 0 ? [`no DNS name ${target.name}; did you mean ${near.join(" or ")}?`] : [];
  const found = standing(
    {
      ...base,
      flows: [...flows, ...base.flows],
      names,
      chosen: [...new Set([...scene.chosen, ...resolved.remarks, ...unnamed, ...(behind?.chosen ?? [])])],
    },
    options.patience,
  );
  return { scene: found, warnings: [...resolved.warnings, ...meant] };
}

/** What is sent to a port that a Service does not have is nobody's, and goes where the node's default route leads. */
function notOffered(service: SceneService, { port }: Named): boolean {
  return service.object.spec?.clusterIP !== "None" && port !== undefined && !servicePorts(service).includes(port);
}

function objectNamed({ name }: Named, { namespace }: ScenePod): Target {
  return { kind: "object", namespace, name };
}

/** A Service of type ExternalName is nothing but a name. */
export function nameIn({ to }: Subject, { services: [service] }: Scene): Named | undefined {
  if (to?.kind === "name") return to;
  const { type, externalName } = service?.object.spec ?? {};
  if (to?.kind !== "service" || type !== "ExternalName" || typeof externalName !== "string") return undefined;
  return {
    kind: "name",
    name: `${externalName.replace(/\.$/, "")}.`,
    ...(to.port === undefined ? {} : { port: to.port }),
  };
}

function portFor({ port }: Named, offered: readonly number[] | undefined) {
  const [first] = offered ?? [];
  const number = port ?? first ?? 443;
  return {
    number,
    expected: port !== undefined || first !== undefined,
    named: port !== undefined || first !== undefined,
  };
}

interface Around {
  readonly subject: Subject;
  readonly from: Scene["pods"][number];
  readonly passedOver: readonly PassedOver[];
  readonly options: Pick<SceneOptions, "patience" | "haste">;
}

async function serviceScene(
  engine: Engine,
  { name, addresses }: Resolved,
  { port }: Named,
  { subject, from, passedOver, options }: Around,
): Promise<Scene | undefined> {
  const [, own, namespace] = /^(?:[^.]+\.)?([^.]+)\.([^.]+)\.svc\./.exec(name ?? "") ?? [];
  if (own === undefined || namespace === undefined) return undefined;
  const found = await engine.run(tryAsk(serviceProbe, { namespace, name: own }));
  if (!found.ok || found.value.spec?.type === "ExternalName") return undefined;
  const { clusterIPs = [], clusterIP } = found.value.spec ?? {};
  const all = [...addresses.IPv6, ...addresses.IPv4];
  if (clusterIP !== "None" && !all.some((address) => clusterIPs.includes(address))) return undefined;
  const to: Target = { kind: "service", namespace, name: own, ...(port === undefined ? {} : { port }) };
  const source = { namespace: from.namespace, name: from.name };
  return engine.run(resolveScene({ ...subject, from: source, to }, { ...options, passedOver, resolver: undefined }));
}
