/**
 * Says in lines what is bundled: `bundling dist/x.cjs`, then `bundled dist/x.cjs`, or `failed`. Where files are watched, `watching` stands
 * behind the first round and behind each that a change has made: the task in .vscode/tasks.json, for which F5 waits, looks for these words.
 */
export function bundlingProgress(print) {
  let open = 0;
  let watched = false;
  const settle = () => {
    if (watched && open === 0) print("watching");
  };
  return {
    begin(out) {
      open++;
      print(`bundling ${out}`);
    },
    /** `made` is what esbuild says of the bundle; undefined where it could not be made. */
    end(out, made) {
      open--;
      const size =
        made && `${(made.bytes / 1024).toFixed(0).padStart(5)} KiB from ${Object.keys(made.inputs).length} files`;
      print(made ? `bundled  ${out.padEnd(24)} ${size}` : `failed   ${out}`);
      settle();
    },
    /** The first round is over. */
    watch() {
      watched = true;
      settle();
    },
  };
}
