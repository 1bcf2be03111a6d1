/** Documents that say what a capture shows; nobody can write in them. */
export const pageScheme = "kube-ipv6-packets";
