import { fireEvent, render, screen } from "@testing-library/react";
import { Counter } from "./Counter.jsx";

test("starts where it is told", () => {
  render(<Counter start={3} />);
  expect(screen.getByText("Count: 3")).toBeInTheDocument();
});

test("counts up and down", () => {
  render(<Counter />);
  fireEvent.click(screen.getByText("+"));
  expect(screen.getByText("Count: 1")).toBeInTheDocument();
  fireEvent.click(screen.getByText("-"));
  fireEvent.click(screen.getByText("-"));
  expect(screen.getByText("Count: 0")).toBeInTheDocument();
});

test("resets", () => {
  render(<Counter start={2} />);
  fireEvent.click(screen.getByText("+"));
  expect(screen.getByText("Count: 3")).toBeInTheDocument();
  fireEvent.click(screen.getByText("Reset"));
  expect(screen.getByText("Count: 2")).toBeInTheDocument();
});
