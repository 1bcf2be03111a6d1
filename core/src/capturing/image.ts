/**
 * What a capture is made from unless somebody says otherwise: the image that Kubernetes' own pages look around with, which has tcpdump.
 * Pinned, so that nobody can put something else in its place. https://github.com/nicolaka/netshoot
 */
export const captureImage =
  "docker.io/nicolaka/netshoot:v0.13@sha256:a20c2531bf35436ed3766cd6cfe89d352b050ccc4d7005ce6400adf97503da1b";
