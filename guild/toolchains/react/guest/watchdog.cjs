// Ends the program when one test, or one file while it is loaded, takes too long: a loop lets no other clock run.
"use strict";
const fs = require("node:fs");
const { Worker, isMainThread, workerData } = require("node:worker_threads");

const TICK = 50;
// A test that waits is ended by Jest itself, which then runs the next one.
const GRACE = 1000;

// The time in milliseconds without that for which the main thread waited for a processor: a busy machine is no hang.
function clock() {
  try {
    const waited = Number(fs.readFileSync(`/proc/self/task/${process.pid}/schedstat`, "utf8").split(" ")[1]);
    return Date.now() - waited / 1e6;
  } catch {
    return Date.now();
  }
}

if (isMainThread) {
  const { LINE, worded } = require("./line.cjs");
  const until = new Float64Array(new SharedArrayBuffer(8));
  exports.start = () => {
    new Worker(__filename, { workerData: { until, line: LINE, said: worded({ hangs: true }) } }).unref();
  };
  exports.run = (seconds) => {
    until[0] = clock() + 1000 * seconds + GRACE;
  };
  exports.rest = () => {
    until[0] = 0;
  };
} else {
  const { until, line, said } = workerData;
  setInterval(() => {
    if (until[0] && clock() > until[0]) {
      fs.writeSync(line, said);
      process.kill(process.pid, "SIGKILL");
    }
  }, TICK);
}
