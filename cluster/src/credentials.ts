import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { type Answer, answered, refused } from "#core/cluster.ts";
import { hasPlugin, type PluginCluster, runPlugin } from "./exec-plugin.ts";
import { expiredCertificate, expiredToken } from "./expiry.ts";
import { type Entry, folderOf } from "./kubeconfig-document.ts";
import { isMapping, mappingIn, textIn } from "./mapping.ts";
import { pemOf } from "./pem.ts";

/** What a request carries to say who asks. */
export interface Credentials {
  readonly headers: Readonly<Record<string, string>>;
  /** PEM. */
  readonly cert?: string;
  /** PEM. */
  readonly key?: string;
}

export interface CredentialSource {
  /** The credentials to use now; those of a plugin or a token file are kept until they expire. */
  current(): Promise<Answer<Credentials>>;
  /** To be called when the server did not accept them: true if asking again may give others. */
  renew(): boolean;
  /** Why the server may not have accepted them, as far as can be seen from here; never the credential itself. */
  weakness(): string | undefined;
}

export interface CredentialOptions {
  /** Whether a credential plugin, which is a program named by the kubeconfig, may be started. */
  readonly allowExec: boolean;
  /** Milliseconds. */
  readonly pluginTimeout: number;
  readonly pluginCluster: PluginCluster;
}

/** The credentials of a user, checked as far as that costs nothing. Refuses with `config`. */
export async function credentialsOf(
  user: Entry | undefined,
  options: CredentialOptions,
): Promise<Answer<CredentialSource>> {
  if (user && hasPlugin(user)) return fromPlugin(user, options);
  const legacy = fromAuthProvider(user);
  if (legacy && !legacy.ok) return legacy;
  const certificate = await certificateOf(user);
  if (!certificate.ok) return certificate;
  const headers = impersonation(user);
  const tokenFile = textIn(user?.fields, "tokenFile");
  if (user && tokenFile)
    return fromTokenFile(user, resolve(folderOf(user), tokenFile), { ...certificate.value, headers });
  const token = textIn(user?.fields, "token") ?? legacy?.value;
  if (token) headers.authorization = `Bearer ${token}`;
  else if (textIn(user?.fields, "username")) headers.authorization = basic(user);
  const credentials = { ...certificate.value, headers };
  return answered({
    current: () => Promise.resolve(answered(credentials)),
    renew: () => false,
    weakness: () => expiredToken(token) ?? expiredCertificate(credentials.cert),
  });
}

async function certificateOf(
  user: Entry | undefined,
): Promise<Answer<{ readonly cert?: string; readonly key?: string }>> {
  const cert = await pemOf(user, "client-certificate");
  if (!cert.ok) return cert;
  const key = await pemOf(user, "client-key");
  if (!key.ok) return key;
  if (cert.value === undefined && key.value === undefined) return answered({});
  if (cert.value !== undefined && key.value !== undefined) return answered({ cert: cert.value, key: key.value });
  const missing = cert.value === undefined ? "client-certificate" : "client-key";
  return refused("config", `User "${user?.name}" in ${user?.file} has no ${missing}.`, "Get a new kubeconfig.");
}

function basic(user: Entry | undefined): string {
  const pair = `${textIn(user?.fields, "username")}:${textIn(user?.fields, "password") ?? ""}`;
  return `Basic ${Buffer.from(pair, "utf8").toString("base64")}`;
}

/** https://kubernetes.io/docs/reference/access-authn-authz/user-impersonation/ */
function impersonation(user: Entry | undefined): Record<string, string> {
  const as = textIn(user?.fields, "as");
  const uid = textIn(user?.fields, "as-uid");
  return { ...(as ? { "impersonate-user": as } : {}), ...(uid ? { "impersonate-uid": uid } : {}) };
}

function fromPlugin(user: Entry, options: CredentialOptions): Answer<CredentialSource> {
  if (options.allowExec) return answered(new PluginCredentials(user, options));
  const message = `User "${user.name}" in ${user.file} gets its credential from a program, and starting programs is not allowed here.`;
  return refused("config", message, "Trust this workspace, or choose a context with a token or a client certificate.");
}

class PluginCredentials implements CredentialSource {
  readonly #user: Entry;
  readonly #options: CredentialOptions;
  #last: { readonly expires: number; readonly credentials: Promise<Answer<Credentials>> } | undefined;

  constructor(user: Entry, options: CredentialOptions) {
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

  renew(): boolean {
    this.#last = undefined;
    return true;
  }

  weakness(): undefined {
    return undefined;
  }

  async #ask(): Promise<Answer<Credentials>> {
    const given = await runPlugin(this.#user, this.#options.pluginCluster, this.#options.pluginTimeout);
    if (!given.ok) {
      this.#last = undefined;
      return given;
    }
    const { token, clientCertificate: cert, clientKey: key, expires = Number.POSITIVE_INFINITY } = given.value;
    const headers = { ...impersonation(this.#user), ...(token ? { authorization: `Bearer ${token}` } : {}) };
    const credentials = answered({ headers, ...(cert && key ? { cert, key } : {}) });
    this.#last = { expires, credentials: Promise.resolve(credentials) };
    return credentials;
  }
}

function fromTokenFile(user: Entry, file: string, fixed: Credentials): Answer<CredentialSource> {
  let last: { readonly token: string; readonly read: number } | undefined;
  const read = async (): Promise<Answer<Credentials>> => {
    // Tokens in files are rotated; client-go reads them again after a minute as well.
    if (!last || Date.now() - last.read > 60_000) {
      try {
        last = { token: (await readFile(file, "utf8")).trim(), read: Date.now() };
      } catch (error) {
        const code = (error as NodeJS.ErrnoException).code ?? "unknown error";
        const message = `The token file ${file} of user "${user.name}" cannot be read: ${code}.`;
        return refused("config", message, `Put the file back, or correct tokenFile in ${user.file}.`);
      }
    }
    return answered({ ...fixed, headers: { ...fixed.headers, authorization: `Bearer ${last.token}` } });
  };
  return answered({
    current: read,
    renew() {
      const old = last !== undefined && Date.now() - last.read > 1_000;
      last = undefined;
      return old;
    },
    weakness: () => expiredToken(last?.token),
  });
}

/**
 * kubectl knows only `oidc` here since 1.26. Its token is used while it lasts; renewing it would mean to write the
 * kubeconfig, which is kubectl's to do.
 */
function fromAuthProvider(user: Entry | undefined): Answer<string> | undefined {
  const provider = user?.fields["auth-provider"];
  if (!user || !isMapping(provider) || textIn(user?.fields, "token")) return undefined;
  const token = textIn(mappingIn(provider, "config"), "id-token");
  if (provider.name !== "oidc" || !token) {
    const message = `User "${user.name}" in ${user.file} uses the auth provider "${provider.name}", which Kubernetes 1.26 removed.`;
    return refused("config", message, "Use the exec plugin of your provider (gke-gcloud-auth-plugin, kubelogin, aws).");
  }
  const expired = expiredToken(token);
  if (!expired) return answered(token);
  return refused(
    "unauthorized",
    `User "${user.name}" in ${user.file} cannot be used: ${expired}.`,
    "Run any kubectl command once, which renews it.",
  );
}
