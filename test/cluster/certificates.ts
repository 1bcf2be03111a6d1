import "reflect-metadata";
import * as x509 from "@peculiar/x509";

/** A certificate and its key in PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const day = 24 * 60 * 60 * 1000;

/** A certificate authority that signs server and client certificates. */
export async function certificateAuthority() {
  const keys = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    name: "CN=test-ca",
    keys,
    signingAlgorithm: algorithm,
    notBefore: new Date(Date.now() - 10 * day),
    notAfter: new Date(Date.now() + 10 * day),
    extensions: [new x509.BasicConstraintsExtension(true, undefined, true)],
  });
  return {
    pem: ca.toString("pem"),
    /** `days` until it expires; a negative number for one that has. */
    async sign(name: string, addresses: readonly string[], days = 1): Promise<Certificate> {
      const own = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
      const names = addresses.map((value) => ({
        type: /[:.]\d|::/.test(value) ? ("ip" as const) : ("dns" as const),
        value,
      }));
      const certificate = await x509.X509CertificateGenerator.create({
        subject: `CN=${name}`,
        issuer: ca.subject,
        publicKey: own.publicKey,
        signingKey: keys.privateKey,
        signingAlgorithm: algorithm,
        notBefore: new Date(Date.now() - 5 * day),
        notAfter: new Date(Date.now() + days * day),
        extensions: names.length === 0 ? [] : [new x509.SubjectAlternativeNameExtension(names)],
      });
      const key = Buffer.from(await crypto.subtle.exportKey("pkcs8", own.privateKey)).toString("base64");
      return {
        cert: certificate.toString("pem"),
        key: `-----BEGIN PRIVATE KEY-----\n${key}\n-----END PRIVATE KEY-----\n`,
      };
    },
  };
}
