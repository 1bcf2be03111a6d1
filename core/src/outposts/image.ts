/**
 * What an outpost runs from unless somebody says otherwise: the image of Kubernetes' own network tests, of every architecture, with a
 * shell, cat, nc and bash. Pinned, so that nobody can put something else in its place.
 * https://github.com/kubernetes/kubernetes/tree/master/test/images/agnhost,
 * https://github.com/kubernetes-sigs/kind/pull/3903
 */
export const defaultImage =
  "registry.k8s.io/e2e-test-images/agnhost:2.53@sha256:99c6b4bb4a1e1df3f0b3752168c89358794d02258ebebc26bf21c29399011a85";
