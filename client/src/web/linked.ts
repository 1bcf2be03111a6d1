/**
 * One script of bundles that `require` each other by `./NAME`; its value is what the one that is named `main` exports. What is none of
 * them is left to a `given` function, if the scope has one.
 */
export function linked(bundles: ReadonlyMap<string, string>, main: string): string {
  const functions = [...bundles].map(
    ([name, text]) => `${JSON.stringify(`./${name}`)}: function (module, exports, require) {\n${text}\n}`,
  );
  return `(function () {
const bundles = {${functions.join(",\n")}};
const known = {};
const load = (name) => {
  if (known[name]) return known[name].exports;
  if (!bundles[name]) return given(name);
  const module = known[name] = { exports: {} };
  bundles[name](module, module.exports, load);
  return module.exports;
};
return load(${JSON.stringify(`./${main}`)});
})()`;
}
