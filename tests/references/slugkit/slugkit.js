export function slugify(title) {
  return title.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
}

export function truncate(text, most) {
  if (most < 1) {
    throw new Error(`${most} is below 1`);
  }
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

export function initials(name) {
  return name.split(" ").filter(Boolean).map((word) => word[0].toUpperCase()).join("");
}
