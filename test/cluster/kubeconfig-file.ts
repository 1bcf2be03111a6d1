import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type { EndpointOptions } from "#cluster/endpoint.ts";
import * as kubeconfigs from "#cluster/kubeconfig.ts";
import type { OpenCluster } from "#cluster/open-cluster.ts";
import * as clusters from "#cluster/open-cluster.ts";
import type { Answer, Refusal } from "#core/cluster/cluster.ts";

/** From the sources, or from the bundle that is shipped where a test names it: what is left out there is missed here. */
const bundle = process.env.KUBE_IPV6_CLUSTER_BUNDLE;
const { readKubeconfig, openCluster }: Pick<typeof kubeconfigs & typeof clusters, "readKubeconfig" | "openCluster"> =
  bundle ? createRequire(import.meta.url)(bundle) : { ...kubeconfigs, ...clusters };

/** A folder that goes away with the test. */
export async function temporaryFolder(test: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "kube-ipv6-"));
  test.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export interface Parts {
  readonly server: string;
  readonly cluster?: Readonly<Record<string, unknown>>;
  readonly user?: Readonly<Record<string, unknown>>;
}

/** Writes a kubeconfig of one context, `lab`. JSON is YAML. */
export async function writeKubeconfig(test: TestContext, { server, cluster = {}, user = {} }: Parts): Promise<string> {
  const file = join(await temporaryFolder(test), "config");
  const config = {
    "current-context": "lab",
    contexts: [{ name: "lab", context: { cluster: "lab", user: "me", namespace: "web" } }],
    clusters: [{ name: "lab", cluster: { server, ...cluster } }],
    users: [{ name: "me", user }],
  };
  await writeFile(file, JSON.stringify(config, undefined, 2));
  return file;
}

/** The cluster of such a kubeconfig; proxies of the environment are left out. */
export async function connect(test: TestContext, parts: Parts, options: EndpointOptions = {}): Promise<OpenCluster> {
  const opened = await tryToConnect(test, parts, options);
  return answerOf(opened);
}

export async function tryToConnect(
  test: TestContext,
  parts: Parts,
  options: EndpointOptions = {},
): Promise<Answer<OpenCluster>> {
  const kubeconfig = answerOf(await readKubeconfig({ path: await writeKubeconfig(test, parts) }));
  const opened = await openCluster(kubeconfig, undefined, { env: {}, ...options });
  if (opened.ok) test.after(() => opened.value.close());
  return opened;
}

export function answerOf<T>(answer: Answer<T>): T {
  if (!answer.ok) assert.fail(`${answer.refusal.reason}: ${answer.refusal.message}`);
  return answer.value;
}

export function refusalOf(answer: Answer<unknown>): Refusal {
  if (answer.ok) assert.fail(`an answer, not a refusal: ${JSON.stringify(answer.value)}`);
  return answer.refusal;
}

/** A refusal reads as one sentence, and says what to do as another. */
export function assertReadable({ message, remedy }: Refusal): void {
  assert.match(message, /^[A-Z].*[^.:]\.$/s);
  if (remedy !== undefined) assert.match(remedy, /^\S.*\S$/s);
}
