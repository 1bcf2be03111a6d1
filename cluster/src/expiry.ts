import { X509Certificate } from "node:crypto";
import { isMapping } from "./mapping.ts";

/** A JSON Web Token says when it expires; of any other token nothing can be said. RFC 7519, section 4.1.4. */
export function expiredToken(token: string | undefined): string | undefined {
  const payload = token?.split(".")[1];
  if (!payload) return undefined;
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, "base64url").toString("utf8"));
    const expires = isMapping(claims) ? claims.exp : undefined;
    if (typeof expires !== "number" || expires * 1000 > Date.now()) return undefined;
    return `the token expired on ${new Date(expires * 1000).toISOString()}`;
  } catch {
    // Not a JSON Web Token.
    return undefined;
  }
}

/** Takes PEM in base64. */
export function expiredCertificate(base64: string | undefined): string | undefined {
  if (!base64) return undefined;
  try {
    const until = new X509Certificate(Buffer.from(base64, "base64")).validTo;
    return Date.parse(until) < Date.now()
      ? `the client certificate expired on ${new Date(until).toISOString()}`
      : undefined;
  } catch {
    // The TLS layer will say what is wrong with it.
    return undefined;
  }
}
