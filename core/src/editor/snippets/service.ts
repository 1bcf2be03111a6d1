import type { Snippet } from "../snippet.ts";

export const snippet: Snippet = {
  title: "Dual-stack Service",
  body: `apiVersion: v1
kind: Service
metadata:
  name: \${1:web}
spec:
  ipFamilyPolicy: PreferDualStack
  selector:
    app: \${2:web}
  ports:
    - name: http
      port: 80
      targetPort: \${3:8080}
`,
  source: "https://kubernetes.io/docs/concepts/services-networking/dual-stack/",
};
