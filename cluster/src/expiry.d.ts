/** A JSON Web Token says when it expires; of any other token nothing can be said. RFC 7519, section 4.1.4. */
export declare function expiredToken(token: string | undefined): string | undefined;
/** Takes PEM. */
export declare function expiredCertificate(pem: string | undefined): string | undefined;
