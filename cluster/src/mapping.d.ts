/** A mapping of YAML or JSON whose fields are still to be looked at. */
export type Mapping = Readonly<Record<string, unknown>>;
export declare function isMapping(value: unknown): value is Mapping;
/** A field that is itself a mapping; an empty one otherwise. */
export declare function mappingIn(fields: Mapping | undefined, name: string): Mapping;
/** A field that is a text and not empty. */
export declare function textIn(fields: Mapping | undefined, name: string): string | undefined;
