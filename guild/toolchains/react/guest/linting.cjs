// Read modules without running them, and tell what is wrong with each.
//
// Asked: `{"files": {path: text}, "paths": [...], "packages": [...], "testing": [...], "rules": {...}}`, the files of the
// project, those to read, the packages that any may import and those that tests may, the rules to keep; told: `{"path", "rule", "line", "column", "message",
// "symbol"}` a fault, and `{"read": path}` at the end of a file.
"use strict";
const { builtinModules } = require("node:module");
const path = require("node:path").posix;
const { asked, tell, layer } = require("./line.cjs");
const { Linter } = layer("eslint");
const globals = layer("globals");
const hooks = layer("eslint-plugin-react-hooks");

// Names of the browser that are likelier to be a forgotten import or variable.
const CONFUSING = "close event external find length name open origin parent print screen self status stop top".split(" ");
const TESTING = /\.test\.jsx?$/;
const BUILTIN = new Set(builtinModules);

const known = { ...globals.browser, ...globals.node, ...globals.es2025 };
for (const name of CONFUSING) delete known[name];
for (const name of ["require", "module", "exports", "__dirname", "__filename"]) delete known[name];

const linter = new Linter();

function verified(file) {
  const testing = TESTING.test(file);
  const messages = linter.verify(
    asked.files[file],
    [
      {
        files: ["**/*.js", "**/*.jsx"],
        languageOptions: {
          parserOptions: { ecmaFeatures: { jsx: true } },
          globals: testing ? { ...known, ...globals.jest, global: "readonly" } : known,
        },
        linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: "off" },
        plugins: { "react-hooks": hooks },
        rules: asked.rules,
      },
    ],
    { filename: file },
  );
  const source = messages.some((one) => one.fatal) ? null : linter.getSourceCode();
  return { messages, body: source ? source.ast.body : [], source };
}

const read = new Map();
function reading(file) {
  if (!read.has(file)) read.set(file, verified(file));
  return read.get(file);
}

function bound(pattern) {
  if (!pattern) return [];
  if (pattern.type === "Identifier") return [pattern.name];
  if (pattern.type === "ObjectPattern") return pattern.properties.flatMap((one) => bound(one.value || one.argument));
  if (pattern.type === "ArrayPattern") return pattern.elements.flatMap(bound);
  return bound(pattern.left || pattern.argument);
}

// Return what a module exports, or null where that cannot be known.
function exported(file, seen = new Set()) {
  const { body, source } = reading(file);
  if (!source || seen.has(file)) return null;
  seen.add(file);
  const names = new Set();
  for (const node of body) {
    if (node.type === "ExportDefaultDeclaration") names.add("default");
    if (node.type === "ExportAllDeclaration" && !node.exported) {
      const target = node.source.value.startsWith(".") ? resolved(file, node.source.value) : "";
      const passed = target in asked.files ? exported(target, seen) : null;
      if (!passed) return null;
      for (const name of passed) if (name !== "default") names.add(name);
    } else if (node.type === "ExportAllDeclaration") names.add(node.exported.name);
    if (node.type !== "ExportNamedDeclaration") continue;
    for (const one of node.specifiers) names.add(one.exported.name || one.exported.value);
    if (node.declaration && node.declaration.id) names.add(node.declaration.id.name);
    for (const one of (node.declaration && node.declaration.declarations) || []) {
      for (const name of bound(one.id)) names.add(name);
    }
  }
  return names;
}

function resolved(from, source) {
  return path.normalize(path.join(path.dirname(from), source));
}

function isPackage(source, file) {
  const listed = TESTING.test(file) ? [...asked.packages, ...asked.testing] : asked.packages;
  const name = source.replace(/^node:/, "");
  return BUILTIN.has(name) || listed.some((one) => source === one || source.startsWith(`${one}/`));
}

// Return what a package offers; null where that cannot be known.
function offered(source) {
  try {
    return new Set([...Object.keys(BUILTIN.has(source.replace(/^node:/, "")) ? require(source) : layer(source)), "default"]);
  } catch {
    return null;
  }
}

function* imports(body) {
  for (const node of body) if (node.source) yield node;
}

function wanted(node) {
  const pairs = [];
  for (const one of node.specifiers || []) {
    if (one.type === "ImportDefaultSpecifier") pairs.push(["default", one.local]);
    if (one.type === "ImportSpecifier") pairs.push([one.imported.name || one.imported.value, one.imported]);
    if (one.type === "ExportSpecifier") pairs.push([one.local.name || one.local.value, one.local]);
  }
  return pairs;
}

function checkImport(file, node) {
  const source = node.source.value;
  const own = source.startsWith(".");
  const target = own ? resolved(file, source) : source;
  const fault = (rule, place, symbol, message) => {
    const { line, column } = place.loc.start;
    tell({ path: file, rule, line, column: column + 1, symbol, message });
  };
  if (own ? !(target in asked.files) : !isPackage(source, file)) {
    fault("import", node, target, `there is no ${own ? "file" : "package"} ${JSON.stringify(source)}`);
    return;
  }
  if (own && !/\.jsx?$/.test(target)) return;
  const names = own ? exported(target) : offered(source);
  for (const [name, place] of names ? wanted(node) : []) {
    if (names.has(name)) continue;
    const symbol = name === "default" ? place.name : name;
    const what = name === "default" ? "no default export" : `no export ${JSON.stringify(name)}`;
    fault("export", place, own ? symbol : `${source}.${symbol}`, `${JSON.stringify(source)} has ${what}`);
  }
}

for (const file of asked.paths) {
  const { messages, body } = reading(file);
  for (const one of messages) {
    const named = /'([^']+)'/.exec(one.message);
    const rule = one.fatal ? "syntax" : one.ruleId;
    tell({ path: file, rule, line: one.line, column: one.column, symbol: named ? named[1] : "", message: one.message });
  }
  for (const node of imports(body)) checkImport(file, node);
  tell({ read: file });
}
