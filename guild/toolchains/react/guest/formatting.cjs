// Print a file in the usual form. Asked: `{"text"}`; told: `{"text"}`, nothing where it does not parse.
"use strict";
const { asked, tell, layer } = require("./line.cjs");

layer("prettier")
  .format(asked.text, { parser: "babel" })
  .then((text) => tell({ text }), () => {});
