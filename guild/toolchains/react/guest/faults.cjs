// What an error says of itself, and which of its frames lie in the project, the innermost first.
"use strict";
const { asked, layer } = require("./line.cjs");
const { format } = layer("pretty-format");

const ANSI = /\u001b\[[0-9;]*m/g;
const FRAME = /^\s+at (?:.*? \()?(?:file:\/\/)?(\/.+?):(\d+):\d+\)?$/;
const MOST_FRAMES = 40;
const MOST_TEXT = 4000;
const MOST_VALUE = 400;

function frames(stack) {
  const found = String(stack || "").split("\n").flatMap((line) => {
    const [, file, row] = FRAME.exec(line) || [];
    const own = file && file.startsWith(`${asked.root}/`) && !file.includes("/node_modules/");
    return own ? [[file.slice(asked.root.length + 1), Number(row)]] : [];
  });
  return found.slice(0, MOST_FRAMES);
}

function shown(value) {
  try {
    return format(value, { min: true, maxDepth: 6 }).slice(0, MOST_VALUE);
  } catch {
    return "";
  }
}

function compared(matcher) {
  if (!matcher || !("expected" in matcher) || !("actual" in matcher)) return {};
  return { got: shown(matcher.actual), want: shown(matcher.expected) };
}

// An error of the test's own realm is no instance of this one's.
exports.faultOf = (error, place) => {
  const plain = error === null || typeof error !== "object";
  const message = typeof error === "string" ? error : plain ? `thrown: ${shown(error)}` : String(error.message);
  return {
    type: plain ? "Error" : String(error.name || "Error"),
    message: message.replace(ANSI, "").slice(0, MOST_TEXT),
    frames: frames(plain ? place && place.stack : error.stack),
    matched: !plain && Boolean(error.matcherResult),
    ...compared(plain ? null : error.matcherResult),
  };
};
exports.frames = frames;
