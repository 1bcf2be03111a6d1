import { parseAddress } from "#core/addresses/address.ts";
import { splitHostPort } from "#core/addresses/host-port.ts";
import { described, optionsOf, usageOf } from "#core/operations/operation.ts";
import { basisOfFiles } from "#core/prevention/from-files.ts";
import { readBasis } from "#core/prevention/live.ts";
import { type Basis, type Outside, parts, type WantedTests } from "#core/prevention/model.ts";
import { testNamespace } from "#core/prevention/names.ts";
import { asStream, preventionOf } from "#core/prevention/prevention.ts";
import { sentenceOf } from "#core/report/unjudged.ts";
import { type CliCommand, type Exit, UsageError } from "../command.ts";
import { withCluster } from "../open-cluster.ts";
import { oneOf, parse, shapeOption } from "../options.ts";
import { objectsOfFiles } from "../policy-flow.ts";
import { readDocuments } from "../read-documents.ts";
import { terminal } from "../terminal.ts";
import { writeFiles } from "../write-files.ts";

export const operation = described({
  name: "prevent",
  listed: 95,
  editor: "kube-ipv6.writeTests",
  summary: "manifests that keep testing both families of this cluster, and alerts that do not fall back to IPv4",
  usage: "[OPTIONS] [PATH...]",
  operands: {
    name: "paths",
    says: "files with policies and settings, read instead of a cluster",
    many: true,
  },
  says: `Writes for this cluster, and applies nothing: test pods on different nodes with Services of its families; for each family a CronJob that tests DNS, pod to
pod, pod to Service and what --outside names, and fails where that family fails; a check of every node's kernel; modules, probes and alerts for Prometheus
that never take IPv4 for IPv6; and the address plan. Policies in force that would stop the tests are named, and one that lets them through is offered.
With PATH or --cluster no cluster is asked. Only reads lists of the API.`,
  inputs: {
    context: { takes: "NAME", says: "a context of the kubeconfig", byDefault: "the current one" },
    kubeconfig: { takes: "FILE", says: "as for kubectl; KUBECONFIG and ~/.kube/config are read without it" },
    timeout: { takes: "SECONDS", says: "how long a single request may take", byDefault: "10" },
    cluster: {
      takes: ["dual-v4", "dual-v6", "v4", "v6"],
      says: "ask no cluster: these are the families it serves, the primary one first",
    },
    only: { takes: parts, repeatable: true, says: "only these", byDefault: "all of them" },
    namespace: { short: "n", takes: "NAME", says: "where the tests run", byDefault: testNamespace },
    outside: {
      takes: "HOST:PORT",
      repeatable: true,
      says: "a name or an address outside of the cluster that the tests dial as well; without it they dial none",
    },
    image: { takes: "IMAGE", says: "agnhost, or a mirror of it", byDefault: "pinned by its digest" },
    "rules-image": {
      takes: "IMAGE",
      says: "the check of nodes lists the packet filter too, as root with NET_ADMIN, from this image: kube-proxy's own has what it needs",
    },
    prometheus: {
      takes: ["operator", "config"],
      says: "objects of the Prometheus operator, or files for prometheus.yml",
      byDefault: "what the cluster knows, else config",
    },
    blackbox: { takes: "HOST:PORT", says: "where blackbox_exporter is", byDefault: "the one in the cluster" },
    output: { short: "o", takes: "DIR", says: "write the files into this folder instead of printing them" },
    overwrite: { says: "with --output: replace files that are there" },
  },
  exits: {
    0: "they were written",
    1: "they were written, and policies in force would stop a test",
    2: "wrong usage",
    3: "not all could be read, or the families are not known",
  },
  writes: "files that an option names",
});

export const command: CliCommand = { usage: usageOf(operation), run };

type Asked = Partial<WantedTests> & Pick<WantedTests, "namespace" | "outside">;
type Values = ReturnType<typeof parsed>["values"];

function parsed(args: readonly string[]) {
  return parse(args, optionsOf(operation));
}

async function run(args: readonly string[]): Promise<Exit> {
  const { values, positionals } = parsed(args);
  const wanted = wantedOf(values);
  if (values.overwrite && values.output === undefined) throw new UsageError("--overwrite goes with --output");
  const shape = shapeOption(values.cluster);
  if (positionals.length === 0 && shape === undefined)
    return withCluster("prevent", values, async ({ cluster }, signal) =>
      written(await readBasis(cluster, { namespace: wanted.namespace, signal }), wanted, values),
    );
  const { files, unjudged, configs } = readDocuments(positionals);
  for (const each of unjudged) terminal.complain(`kube-ipv6 prevent: ${sentenceOf(each)}`);
  const config = files.map(({ path }) => configs.of(path)?.config).find((one) => one?.cluster !== undefined);
  const said = shape
    ? { is: shape, by: "--cluster" }
    : config?.cluster && { is: config.cluster, by: ".kube-ipv6.yaml", settled: true };
  const basis = basisOfFiles({
    objects: objectsOfFiles(files),
    ...(said ? { shape: said } : {}),
    ...(config?.kubernetes === undefined ? {} : { kubernetes: config.kubernetes }),
  });
  const exit = written(basis, wanted, values);
  return unjudged.length > 0 ? 3 : exit;
}

/** What the options ask for; what they leave open the cluster says. */
function wantedOf(values: Values): Asked {
  const namespace = values.namespace ?? testNamespace;
  if (!/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(namespace))
    throw new UsageError(`--namespace is the name of a namespace, not "${namespace}"`);
  const only = (values.only ?? []).flatMap((word) => oneOf("only", word, parts) ?? []);
  const rulesImage = imageOption("rules-image", values["rules-image"]);
  const image = imageOption("image", values.image);
  const monitoring = oneOf("prometheus", values.prometheus, ["operator", "config"]);
  return {
    parts: only.length > 0 ? parts.filter((part) => only.includes(part)) : parts,
    namespace,
    ...(image === undefined ? {} : { image }),
    ...(rulesImage === undefined ? {} : { rulesImage }),
    outside: (values.outside ?? []).map((text) => outsideOption(text)),
    ...(monitoring === undefined ? {} : { monitoring }),
    ...(values.blackbox === undefined ? {} : { exporter: { at: hostPortOption("blackbox", values.blackbox).text } }),
  };
}

/** https://pkg.go.dev/github.com/distribution/reference */
function imageOption(name: string, text: string | undefined): string | undefined {
  if (text === undefined || /^[A-Za-z0-9[][\w.:/@[\]-]*$/.test(text)) return text;
  throw new UsageError(`--${name} is an image, not "${text}"`);
}

function outsideOption(text: string): Outside {
  const { host, port } = hostPortOption("outside", text);
  const family = parseAddress(host)?.family;
  return { host, port, ...(family ? { family } : {}) };
}

function hostPortOption(option: string, text: string): { host: string; port: number; text: string } {
  const { host = "", port } = splitHostPort(text) ?? {};
  const number = /^\d{1,5}$/.test(port ?? "") ? Number(port) : 0;
  const sound = parseAddress(host) !== undefined || /^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/.test(host);
  if (sound && number > 0 && number < 65536) return { host, port: number, text };
  throw new UsageError(`--${option} is a host and a port such as example.com:443 or [2001:db8::1]:443, not "${text}"`);
}

function written(basis: Basis | string, asked: Asked, values: Values): Exit {
  if (typeof basis === "string") {
    terminal.complain(`kube-ipv6 prevent: ${basis}`);
    terminal.complain("Nothing was written; --cluster says what the cluster serves.");
    return 3;
  }
  const lost = asked.outside.find(({ family }) => family !== undefined && !basis.families.includes(family));
  if (lost) throw new UsageError(`--outside ${lost.host}: the cluster serves no ${lost.family}`);
  const { files, inForce, notes } = preventionOf(basis, asked);
  const failed = values.output === undefined ? [] : writeFiles(values.output, files, values.overwrite === true);
  if (values.output === undefined) terminal.print(asStream(files));
  for (const sentence of [...basis.unread, ...inForce, ...notes, ...failed])
    terminal.complain(`kube-ipv6 prevent: ${sentence}`);
  if (failed.length > 0 || basis.unread.length > 0) return 3;
  return inForce.length > 0 ? 1 : 0;
}
