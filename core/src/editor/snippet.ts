/** A manifest to start from, known by its file's name: right for a dual-stack cluster, which a test holds against every rule. */
export interface Snippet {
  /** What the command and the completion are called. */
  readonly title: string;
  /** `\${1:name}` are the places to fill in, as editors spell them. `{{ula}}` becomes a random ULA /48. */
  readonly body: string;
  readonly source: string;
}
