// Run tests with Jest, and tell how each ended.
//
// Asked: `{"root", "paths": [...], "done": [...], "load": 10, "each": 5, "setup": [...]}`, the files to run, the tests that
// were told already, the seconds to load a file and for one test, what is loaded before each file; told:
// `{"collecting": path}`, `{"broken": path, "fault"}` or `{"through": path}`, `{"begin": test, "path", "title", "line"}`,
// `{"end": test, "outcome", "faults"}`, `{"hangs": true}` and, where nothing ended the program, `{"finished": true}`. The
// project's own settings are not read.
"use strict";
const os = require("node:os");
const path = require("node:path");
const { asked, tell, layer } = require("./line.cjs");
const watchdog = require("./watchdog.cjs");

const guest = (name) => path.join(__dirname, name);
const config = {
  rootDir: asked.root,
  roots: [asked.root],
  testMatch: asked.paths.map((one) => path.join(asked.root, one)),
  testRegex: [],
  testEnvironment: guest("environment.cjs"),
  transform: { "\\.jsx?$": [layer.resolve("@swc/jest"), require("./transform.json")] },
  transformIgnorePatterns: ["/node_modules/", __dirname],
  moduleFileExtensions: ["js", "jsx", "cjs", "mjs", "json", "node"],
  modulePaths: [path.join(asked.layer, "node_modules")],
  setupFilesAfterEnv: [layer.resolve("@testing-library/jest-dom"), ...asked.setup.map(guest)],
  testTimeout: 1000 * asked.each,
  injectGlobals: true,
  watchman: false,
  cacheDirectory: path.join(os.tmpdir(), "guild-jest"),
};

async function main() {
  watchdog.start();
  await layer("jest").runCLI(
    {
      _: [],
      $0: "jest",
      config: JSON.stringify(config),
      runInBand: true,
      ci: true,
      silent: true,
      watchman: false,
      passWithNoTests: true,
      reporters: [guest("reporter.cjs")],
    },
    [asked.root],
  );
  tell({ finished: true });
  process.exit(0);
}

main().catch((error) => {
  tell({ failed: String(error && error.stack) });
  process.exit(1);
});
