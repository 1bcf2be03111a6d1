import { type Answer } from "#core/cluster.ts";
/**
 * What the last frame of an exec says: the exit code, or why the program never ran. A program that is not there has no
 * exit code; runtimes say so in words only, and some in the program's place.
 */
export declare function exitCodeIn(frame: string, what: string, program: string): Answer<number>;
/** How dockershim's successor says it: as output of a program that did not run, with exit code 126 or 127. */
export declare function saysNoProgram(exitCode: number, stdout: string): boolean;
export declare function noSuchProgram(what: string, program: string): {
    ok: false;
    refusal: import("#core/cluster.ts").Refusal;
};
