import { useState } from "react";
import { clamp } from "./bounds.js";

export function Counter({ start = 0, most = 10 }) {
  const [count, setCount] = useState(start);
  return (
    <div>
      <p>{`Count: ${count}`}</p>
      <button onClick={() => setCount(clamp(count + 1, 0, most))}>+</button>
      <button onClick={() => setCount(clamp(count - 1, 0, most))}>-</button>
      <button onClick={() => setCount(start)}>Reset</button>
    </div>
  );
}
