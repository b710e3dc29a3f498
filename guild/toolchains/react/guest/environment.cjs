// Where a test file runs: a `.jsx` one sees a page, a `.js` one what Node gives; either tells how its tests end.
"use strict";
const path = require("node:path");
const { asked, tell, layer } = require("./line.cjs");
const { faultOf, frames } = require("./faults.cjs");
const watchdog = require("./watchdog.cjs");

const MOST_FAULTS = 10;
const done = new Set(asked.done);

// The number of a test among those of its file tells it from its namesakes.
function numbered(block, prefix, found = new Map()) {
  for (const child of block.children) {
    if (child.type === "describeBlock") numbered(child, prefix, found);
    else found.set(child, `${prefix}#${found.size}`);
  }
  return found;
}

const telling = (Base) =>
  class extends Base {
    constructor(config, context) {
      super(config, context);
      this.path = path.relative(asked.root, context.testPath);
    }

    async handleTestEvent(event, state) {
      if (super.handleTestEvent) await super.handleTestEvent(event, state);
      if (event.name === "run_start") this.numbers = numbered(state.rootDescribeBlock, this.path);
      const test = this.numbers && event.test && this.numbers.get(event.test);
      if (test && event.name === "test_start") this.begin(test, event.test);
      if (test && event.name === "test_skip" && !done.has(test)) tell({ end: test, outcome: "skipped", faults: [] });
      if (test && event.name === "test_done") this.end(test, event.test);
    }

    begin(test, told) {
      if (done.has(test)) {
        told.mode = "skip";
        return;
      }
      const place = frames(told.asyncError && told.asyncError.stack).find(([file]) => file === this.path);
      tell({ begin: test, path: this.path, title: told.name, line: place ? place[1] : 0 });
      watchdog.run(asked.each);
    }

    end(test, told) {
      watchdog.rest();
      const faults = told.errors.map((one) => (Array.isArray(one) ? faultOf(one[0] ?? one[1], one[1]) : faultOf(one)));
      tell({ end: test, outcome: faults.length ? "failed" : "passed", faults: faults.slice(0, MOST_FAULTS) });
    }
  };

const Page = telling(layer("jest-environment-jsdom").TestEnvironment);
const Plain = telling(layer("jest-environment-node").TestEnvironment);

module.exports = function TestEnvironment(config, context) {
  return context.testPath.endsWith(".jsx") ? new Page(config, context) : new Plain(config, context);
};
