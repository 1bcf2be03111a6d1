/** A Kustomization of Flux in flux/NAME.yaml. */
export const flux = (name: string, path: string, rest = "") => ({
  [`flux/${name}.yaml`]: `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: ${name}, namespace: flux-system}
spec:
  path: ${path}
  sourceRef: {kind: GitRepository, name: flux-system}
${rest}`,
});
export const configMap = (name: string, data: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, namespace: flux-system}\ndata:\n  ${data}\n`;
export const fromSettings =
  "  postBuild:\n    substituteFrom:\n      - {kind: ConfigMap, name: settings}\n      - {kind: Secret, name: hidden}\n";
export const inline = (...pairs: string[]) => `  postBuild:\n    substitute:\n      ${pairs.join("\n      ")}\n`;
export const variable = (name: string) => `$\{${name}}`;
export const service = (address: string, more = "") => ({
  "apps/web/kustomization.yaml": "resources: [service.yaml]\n",
  "apps/web/service.yaml": `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    metallb.universe.tf/loadBalancerIPs: ${address}${more}
spec: {type: LoadBalancer, ipFamilies: [IPv6], selector: {app: web}, ports: [{port: 80}]}
`,
});
export const wrong = "fd1b:9a5c::7e07::5";
export const twice = 'ip-invalid must be a valid IP address: it has two "::"';
