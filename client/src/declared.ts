/** What VS Code is told of a command before it is run: what package.json declares is generated from it. */
export interface Declared {
  /** The palette says "IPv6: " before it. */
  readonly title: string;
  /** `$(refresh)` */
  readonly icon?: string;
  /** It needs no cluster: it is there in a browser too, where its `command` gets nothing but a `Desk`. */
  readonly anywhere?: true;
  /**
   * The menus it stands in: when, and in which group. In `commandPalette` it always stands, unless this says when.
   * {@link https://code.visualstudio.com/api/references/contribution-points#contributes.menus}
   */
  readonly menus?: Readonly<Record<string, readonly { readonly when: string; readonly group?: string }[]>>;
}
