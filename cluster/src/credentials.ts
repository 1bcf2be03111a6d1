import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { User } from "@kubernetes/client-node/dist/config_types.js";
import { type Answer, answered, refused } from "#core/cluster/cluster.ts";
import { runPlugin } from "./exec-plugin.ts";
import { expiredCertificate, expiredToken } from "./expiry.ts";
import { impersonated } from "./headers.ts";
import type { ClusterEntry, UserEntry } from "./kubeconfig-document.ts";
import { mappingIn, textIn } from "./mapping.ts";
import { flattened } from "./pem.ts";

/** Who asks, for as long as it is the same object. */
export interface Credentials {
  /** Who asks, and as whom. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  /** PEM in base64. */
  readonly certData?: string;
  readonly keyData?: string;
}

export interface CredentialSource {
  /** The credentials to use now; those of a plugin or a token file are kept until they expire. */
  current(): Promise<Answer<Credentials>>;
  /** To be called when the server did not accept some: true if asking again may give others. */
  renew(refused: Credentials): boolean;
  /** Why the server may not have accepted them, as far as can be seen from here; never the credential itself. */
  weakness(): string | undefined;
  /** Ends a plugin that is still asked. */
  close(): void;
}

export interface CredentialOptions {
  /** Whether a credential plugin, which is a program named by the kubeconfig, may be started. */
  readonly allowExec: boolean;
  /** Milliseconds. */
  readonly pluginTimeout: number;
  /** What a plugin may be told of. */
  readonly cluster: ClusterEntry;
}

/** The credentials of a user, checked as far as that costs nothing. Refuses with `config`. */
export async function credentialsOf(user: UserEntry, options: CredentialOptions): Promise<Answer<CredentialSource>> {
  if (user.exec) return fromPlugin(user, options);
  const legacy = fromAuthProvider(user);
  if (!legacy.ok) return legacy;
  const certificate = await certificateOf(user);
  if (!certificate.ok) return certificate;
  const { username, password = "" } = user;
  const fixed = { ...certificate.value, ...(username ? { username, password } : {}) };
  if (user.tokenFile) return fromTokenFile(user, resolve(dirname(user.file), user.tokenFile), fixed);
  const credentials = madeOf(user, { ...fixed, token: legacy.value });
  return answered({
    current: () => Promise.resolve(answered(credentials)),
    renew: () => false,
    weakness: () => expiredToken(legacy.value) ?? expiredCertificate(credentials.certData),
    close() {},
  });
}

type Proof = Pick<User, "token" | "certData" | "keyData" | "username" | "password">;

function madeOf(user: UserEntry, { token, username, password = "", certData, keyData }: Proof): Credentials {
  const basic = username ? `Basic ${Buffer.from(`${username}:${password}`, "utf8").toString("base64")}` : undefined;
  const authorization = token ? `Bearer ${token}` : basic;
  return {
    headers: { ...(authorization ? { authorization } : {}), ...impersonated(user) },
    ...(certData ? { certData } : {}),
    ...(keyData ? { keyData } : {}),
  };
}

async function certificateOf(user: UserEntry): Promise<Answer<Pick<Proof, "certData" | "keyData">>> {
  const cert = await flattened(user, "client-certificate", user.certData, user.certFile);
  if (!cert.ok) return cert;
  const key = await flattened(user, "client-key", user.keyData, user.keyFile);
  if (!key.ok) return key;
  if ((cert.value === undefined) === (key.value === undefined))
    return answered({ certData: cert.value, keyData: key.value });
  const missing = cert.value === undefined ? "client-certificate" : "client-key";
  return refused("config", `User "${user.name}" in ${user.file} has no ${missing}.`, "Get a new kubeconfig.");
}

/** Nothing is started before it is known that this is allowed. */
function fromPlugin(user: UserEntry, options: CredentialOptions): Answer<CredentialSource> {
  if (options.allowExec) return answered(new PluginCredentials(user, options));
  const message = `User "${user.name}" in ${user.file} gets its credential from a program, and starting programs is not allowed here.`;
  return refused(
    "untrusted",
    message,
    "Trust this workspace, or choose a context with a token or a client certificate.",
  );
}

/** Milliseconds in which a credential that took the place of a refused one, and is refused as well, is not renewed again. */
const settled = 60_000;

class PluginCredentials implements CredentialSource {
  readonly #user: UserEntry;
  readonly #options: CredentialOptions;
  readonly #stop = new AbortController();
  #last: { readonly expires: number; readonly credentials: Promise<Answer<Credentials>> } | undefined;
  /** The credentials that came last, and when they took the place of some that were refused. */
  #given: { readonly credentials: Credentials; readonly renewed: number | undefined } | undefined;
  #refused: Credentials | undefined;

  constructor(user: UserEntry, options: CredentialOptions) {
    this.#user = user;
    this.#options = options;
  }

  /** Requests that come while the plugin runs wait for the same run: it may be a login in a browser. */
  current(): Promise<Answer<Credentials>> {
    if (!this.#last || this.#last.expires <= Date.now()) {
      this.#last = { expires: Number.POSITIVE_INFINITY, credentials: this.#ask() };
    }
    return this.#last.credentials;
  }

  /** As client-go, the plugin is run again only for the first of many requests that were refused with the same credential. */
  renew(refused: Credentials): boolean {
    if (this.#given?.credentials !== refused) return true;
    const { renewed } = this.#given;
    // A plugin that has just given a new one, which is refused too, would open one login after another.
    if (renewed !== undefined && Date.now() - renewed < settled) return false;
    if (this.#refused !== refused) this.#last = undefined;
    this.#refused = refused;
    return true;
  }

  weakness(): undefined {
    return undefined;
  }

  close(): void {
    this.#stop.abort();
  }

  async #ask(): Promise<Answer<Credentials>> {
    const { cluster, pluginTimeout } = this.#options;
    const given = await runPlugin(this.#user, cluster, pluginTimeout, this.#stop.signal);
    if (!given.ok) {
      this.#last = undefined;
      return given;
    }
    const { expires = Number.POSITIVE_INFINITY, ...proof } = given.value;
    const credentials = madeOf(this.#user, proof);
    const replaces = this.#refused !== undefined && this.#refused === this.#given?.credentials;
    this.#given = { credentials, renewed: replaces ? Date.now() : undefined };
    this.#last = { expires, credentials: Promise.resolve(answered(credentials)) };
    return answered(credentials);
  }
}

/**
 * client-node reads such a file only of its own user in a pod, with the line end that no header may have, and not again
 * when the token is not accepted.
 */
function fromTokenFile(user: UserEntry, file: string, fixed: Proof): Answer<CredentialSource> {
  let last: { readonly token: string; readonly read: number; readonly credentials: Credentials } | undefined;
  const read = async (): Promise<Answer<Credentials>> => {
    // Tokens in files are rotated; client-go reads them again after a minute as well.
    if (last && Date.now() - last.read <= 60_000) return answered(last.credentials);
    try {
      const token = (await readFile(file, "utf8")).trim();
      const credentials = last?.token === token ? last.credentials : madeOf(user, { ...fixed, token });
      last = { token, read: Date.now(), credentials };
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? "unknown error";
      const message = `The token file ${file} of user "${user.name}" cannot be read: ${code}.`;
      return refused("config", message, `Put the file back, or correct tokenFile in ${user.file}.`);
    }
    return answered(last.credentials);
  };
  return answered({
    current: read,
    renew(refused) {
      if (last?.credentials !== refused) return true;
      const old = Date.now() - last.read > 1_000;
      last = undefined;
      return old;
    },
    weakness: () => expiredToken(last?.token),
    close() {},
  });
}

/**
 * The token of a user, or that of its auth provider. kubectl knows only `oidc` since 1.26; client-node would still run
 * the others' commands in a shell. It would renew an `oidc` token too, but not write the new refresh token into the
 * kubeconfig, and of many providers each can be used once: kubectl would have to log in anew.
 */
function fromAuthProvider({ name, file, token, authProvider }: UserEntry): Answer<string | undefined> {
  if (token || !authProvider) return answered(token);
  const own = textIn(mappingIn(authProvider, "config"), "id-token");
  if (authProvider.name !== "oidc" || !own) {
    const message = `User "${name}" in ${file} uses the auth provider "${authProvider.name}", which Kubernetes 1.26 removed.`;
    return refused("config", message, "Use the exec plugin of your provider (gke-gcloud-auth-plugin, kubelogin, aws).");
  }
  const expired = expiredToken(own);
  if (!expired) return answered(own);
  return refused(
    "unauthorized",
    `User "${name}" in ${file} cannot be used: ${expired}.`,
    "Run any kubectl command once, which renews it.",
  );
}
