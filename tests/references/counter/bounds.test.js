import { clamp } from "./bounds.js";

test("values are kept in bounds", () => {
  expect(clamp(5, 0, 10)).toBe(5);
  expect(clamp(-1, 0, 10)).toBe(0);
  expect(clamp(11, 0, 10)).toBe(10);
  expect(() => clamp(1, 2, 0)).toThrow();
});
