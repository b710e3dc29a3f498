// Tells which file is loaded next, and why one could not be.
"use strict";
const path = require("node:path");
const { asked, tell } = require("./line.cjs");
const { faultOf } = require("./faults.cjs");
const watchdog = require("./watchdog.cjs");

module.exports = class {
  onTestFileStart(test) {
    tell({ collecting: path.relative(asked.root, test.path) });
    watchdog.run(asked.load);
  }

  onTestFileResult(test, result) {
    watchdog.rest();
    const file = path.relative(asked.root, test.path);
    tell(result.testExecError ? { broken: file, fault: faultOf(result.testExecError) } : { through: file });
  }
};
