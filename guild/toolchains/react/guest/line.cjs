// What guests share: what is asked, on stdin; a line to those who asked, which bears a word that only they know; the
// packages of the layer.
"use strict";
const fs = require("node:fs");
const { createRequire } = require("node:module");

const LINE = 3;
const asked = JSON.parse(fs.readFileSync(0, "utf8"));
const word = asked.word;
delete asked.word;

exports.asked = asked;
exports.LINE = LINE;
exports.worded = (said) => `${word}${JSON.stringify(said)}\n`;
exports.tell = (said) => fs.writeSync(LINE, exports.worded(said));
exports.layer = createRequire(`${asked.layer}/`);
