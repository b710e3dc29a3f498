import { readFileSync } from "node:fs";

export function count(text) {
  return { lines: text.split("\n").length - 1, words: text.split(/\s+/).filter(Boolean).length, chars: text.length };
}

export function report(name, counts) {
  return `${counts.lines} ${counts.words} ${counts.chars} ${name}`;
}

export function main(args, print = console.log) {
  if (args.length === 0) {
    print("usage: linecount FILE...");
    return 2;
  }
  let code = 0;
  for (const path of args) {
    try {
      print(report(path, count(readFileSync(path, "utf8"))));
    } catch {
      print(`cannot read ${path}`);
      code = 1;
    }
  }
  return code;
}
