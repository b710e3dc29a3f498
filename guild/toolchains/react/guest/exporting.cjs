// List the names that a package offers. Asked: `{"package"}`; told: `{"names": [...]}`.
"use strict";
const { asked, tell, layer } = require("./line.cjs");

tell({ names: Object.keys(layer(asked.package)).sort() });
