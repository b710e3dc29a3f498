// Loaded before a test file whose checks are watched: tells what each got and wanted, and lets none end its test.
"use strict";
const fs = require("node:fs");

const MOST = 10000;

function told(check, row, failed, got, want) {
  const said = { check, row: String(row), failed, got, want };
  fs.appendFileSync(`${process.cwd()}/guild_sight.jsonl`, `${JSON.stringify(said)}\n`);
}

function passes(check) {
  try {
    check();
    return true;
  } catch {
    return false;
  }
}

// Return a value as it is written, alike for equal values; nothing where that is too long or no literal says it.
function shown(value) {
  try {
    const text = written(value);
    return text.length <= MOST ? text : "";
  } catch {
    return "";
  }
}

function written(value) {
  if (typeof value === "string") return JSON.stringify(value);
  if (Object.is(value, -0)) return "-0";
  if (value === null || ["number", "boolean", "undefined"].includes(typeof value)) return String(value);
  if (typeof value === "bigint") return `${value}n`;
  if (Array.isArray(value)) return `[${value.map(written).join(", ")}]`;
  const name = value.constructor ? value.constructor.name : "Object";
  if (name === "Map") return `new Map([${[...value].map(written).join(", ")}])`;
  if (name === "Set") return `new Set([${[...value].map(written).join(", ")}])`;
  if (name === "Date") return `new Date(${JSON.stringify(value.toISOString())})`;
  if (name !== "Object") throw new TypeError(name);
  const key = (one) => (/^[A-Za-z_$][\w$]*$/.test(one) ? one : JSON.stringify(one));
  const pairs = Object.keys(value).sort().map((one) => `${key(one)}: ${written(value[one])}`);
  return pairs.length ? `{ ${pairs.join(", ")} }` : "{}";
}

function compared(check, row, sides, matcher) {
  const same = !sides.thrown && passes(() => expect(sides.got)[matcher](sides.want));
  const want = shown(sides.want);
  const got = sides.thrown ? "error" : same ? want : shown(sides.got);
  const alike = got === want && !same;
  told(check, row, !same, alike ? "" : got, alike ? "" : want);
}

function equal(check, row, got, want, matcher) {
  const sides = { thrown: false };
  const given = (value) => {
    sides.got = value;
  };
  const thrown = () => {
    sides.thrown = true;
  };
  try {
    const value = got();
    if (value && value.constructor && value.constructor.name === "Promise") {
      return value.then(given, thrown).then(want).then((wanted) => {
        sides.want = wanted;
        compared(check, row, sides, matcher);
      });
    }
    given(value);
  } catch {
    thrown();
  }
  try {
    sides.want = want();
  } catch {
    return undefined;
  }
  return compared(check, row, sides, matcher);
}

// What throws anything but a failed expectation gives no answer.
function expected(error) {
  return Boolean(error && (error.matcherResult || error.name === "TestingLibraryElementError"));
}

function settled(statement, passed, failed) {
  try {
    const running = statement();
    if (running && typeof running.then === "function") return running.then(passed, failed);
    passed();
  } catch (error) {
    failed(error);
  }
  return undefined;
}

function held(check, row, statement) {
  const failed = (error) => {
    if (expected(error)) told(check, row, true, "", "");
  };
  return settled(statement, () => told(check, row, false, "", ""), failed);
}

function raises(check, row, statement) {
  const failed = (error) => {
    if (!expected(error)) return;
    told(check, row, true, /did not throw/.test(error.message) ? "no error" : "another error", "error");
  };
  return settled(statement, () => told(check, row, false, "error", "error"), failed);
}

function numbered(rows) {
  return rows.map((row, number) => [number, ...(Array.isArray(row) ? row : [row])]);
}

globalThis.guildWatch = { equal, held, raises, numbered };
