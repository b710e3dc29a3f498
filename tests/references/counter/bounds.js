export function clamp(value, low, high) {
  if (low > high) {
    throw new Error(`${low} is above ${high}`);
  }
  return Math.min(Math.max(value, low), high);
}
