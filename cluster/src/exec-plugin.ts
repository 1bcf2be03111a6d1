import { dirname, isAbsolute, resolve } from "node:path";
import { exportCluster, type User } from "@kubernetes/client-node/dist/config_types.js";
import { type Answer, answered, refused } from "#core/cluster/cluster.ts";
import type { ClusterEntry, UserEntry } from "./kubeconfig-document.ts";
import { isMapping, type Mapping, mappingIn, textIn } from "./mapping.ts";
import { runProgram } from "./plugin-process.ts";
import { reasonIn } from "./plugin-words.ts";

/** What a credential plugin gives: a token, a client certificate in base64, or both, until a moment. */
export interface PluginCredential extends Pick<User, "token" | "certData" | "keyData"> {
  /** Milliseconds since 1970. */
  readonly expires?: number;
}

interface Plugin {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly apiVersion: string;
  readonly installHint?: string;
  readonly provideClusterInfo: boolean;
}

/**
 * Runs the credential plugin of a user once, without a terminal and without a shell. Refuses with `config`.
 *
 * client-node's `ExecAuth` has no time limit, tells the plugin nothing of the cluster, leaves its standard input open,
 * runs it once for each of several requests at a time and never again after a 401, forgets the exit code, and throws
 * all that the plugin printed, which may be the token.
 *
 * https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins
 */
export async function runPlugin(
  user: UserEntry,
  cluster: ClusterEntry,
  limit: number,
  stop: AbortSignal,
): Promise<Answer<PluginCredential>> {
  const plugin = pluginOf(user);
  if (!plugin.ok) return plugin;
  const { command, apiVersion, installHint } = plugin.value;
  const env = { ...process.env, ...plugin.value.env, KUBERNETES_EXEC_INFO: told(plugin.value, cluster) };
  const end = await runProgram({ ...plugin.value, env }, limit, stop);
  if (end.kind === "printed") return credentialIn(end.stdout, apiVersion, plugin.value, user);
  const who = `The credential plugin ${command} of user "${user.name}"`;
  if (end.kind === "late") {
    return refused("config", `${who} did not answer within ${limit / 1000} s.`, remedyByHand);
  }
  if (end.kind === "stopped") return refused("cancelled", `${who} was ended before it answered.`);
  if (end.kind === "too much") return refused("config", `${who} printed far more than a credential.`, remedyByHand);
  if (end.kind === "absent") {
    const remedy = installHint?.trim() || `Install ${command}, or write its full path in ${user.file}.`;
    return refused("config", `${who} could not be started: ${end.code}.`, remedy);
  }
  const words = reasonIn(end.stderr);
  return refused("config", `${who} failed with exit code ${end.code}${words && `: ${words}`}.`, remedyByHand);
}

/** The arguments of a plugin are not shown: some take a client secret there. */
const remedyByHand =
  "Run any kubectl command with this context in a terminal and do what it asks for, for example log in again.";

function pluginOf(user: UserEntry): Answer<Plugin> {
  const fields: Mapping = user.exec;
  const command = textIn(fields, "command");
  if (!command) {
    return refused(
      "config",
      `User "${user.name}" in ${user.file} has an exec plugin without a command.`,
      "Write its `command`.",
    );
  }
  if (fields.interactiveMode === "Always") {
    const message = `The credential plugin ${command} of user "${user.name}" needs a terminal (interactiveMode: Always).`;
    return refused("config", message, "Use a context whose plugin can run without a terminal.");
  }
  const args = Array.isArray(fields.args) ? fields.args.map(String) : [];
  const installHint = textIn(fields, "installHint");
  return answered({
    // As client-go: a command with a path separator is relative to the kubeconfig, one without is looked up in PATH.
    command: /[\\/]/.test(command) && !isAbsolute(command) ? resolve(dirname(user.file), command) : command,
    args,
    env: pairsOf(fields.env),
    apiVersion: textIn(fields, "apiVersion") ?? "client.authentication.k8s.io/v1",
    provideClusterInfo: fields.provideClusterInfo === true,
    ...(installHint === undefined ? {} : { installHint }),
  });
}

function pairsOf(list: unknown): Record<string, string> {
  const pairs = Array.isArray(list) ? list.filter(isMapping) : [];
  return Object.fromEntries(pairs.map((pair) => [String(pair.name), String(pair.value ?? "")]));
}

/** https://kubernetes.io/docs/reference/config-api/client-authentication.v1/#client-authentication-k8s-io-v1-Cluster */
function told({ apiVersion, provideClusterInfo }: Plugin, cluster: ClusterEntry): string {
  const skip = cluster.skipTLSVerify ? {} : { "insecure-skip-tls-verify": undefined };
  const info = { ...exportCluster(cluster).cluster, ...skip };
  return JSON.stringify({
    apiVersion,
    kind: "ExecCredential",
    spec: { interactive: false, ...(provideClusterInfo ? { cluster: info } : {}) },
  });
}

function credentialIn(stdout: string, apiVersion: string, plugin: Plugin, user: UserEntry): Answer<PluginCredential> {
  const wrong = (what: string) =>
    refused("config", `The credential plugin ${plugin.command} of user "${user.name}" ${what}.`, remedyByHand);
  let printed: unknown;
  try {
    printed = JSON.parse(stdout);
  } catch {
    // The parser's message would quote the output, which may hold the token.
    return wrong("did not print JSON");
  }
  if (!isMapping(printed) || printed.kind !== "ExecCredential") return wrong("did not print an ExecCredential");
  if (printed.apiVersion !== apiVersion) return wrong(`printed another apiVersion than the ${apiVersion} asked for`);
  const status = mappingIn(printed, "status");
  const token = textIn(status, "token");
  const cert = textIn(status, "clientCertificateData");
  const key = textIn(status, "clientKeyData");
  if (!token && !(cert && key)) return wrong("printed neither a token nor a client certificate with its key");
  const expires = Date.parse(textIn(status, "expirationTimestamp") ?? "");
  return answered({
    ...(token ? { token } : {}),
    ...(cert && key ? { certData: base64(cert), keyData: base64(key) } : {}),
    ...(Number.isNaN(expires) ? {} : { expires }),
  });
}

function base64(text: string): string {
  return Buffer.from(text, "utf8").toString("base64");
}
