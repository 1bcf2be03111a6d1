/** A document of a file. */
export interface Source {
  readonly file: string;
  /** 0-based */
  readonly document: number;
}

export function sourceKey({ file, document }: Source): string {
  return `${document} ${file}`;
}
