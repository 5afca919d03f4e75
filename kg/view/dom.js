"use strict";

// Text reaches the document through this function only, always as text nodes: nothing is ever parsed as HTML.
function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "class") made.className = value;
    else if (name === "onclick") made.addEventListener("click", value);
    else if (value !== false && value !== null) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== ""));
  return made;
}

function fill(pattern, values) {
  return pattern.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}

const SHAPE_PATHS = {
  dot: "M8 2a6 6 0 1 0 .01 0Z",
  square: "M2.8 2.8h10.4v10.4H2.8Z",
  diamond: "M8 1.2 14.8 8 8 14.8 1.2 8Z",
  triangle: "M8 1.8 14.6 13.4H1.4Z",
  triangleDown: "M8 14.2 1.4 2.6h13.2Z",
  star: "m8 1 2 4.6 5 .5-3.8 3.3 1.2 4.9L8 11.7l-4.4 2.6 1.2-4.9L1 6.1l5-.5Z",
  hexagon: "M4.5 2h7L15 8l-3.5 6h-7L1 8Z",
};

// The mark of an entity type, as the canvas draws it.
function typeIcon(type) {
  const namespace = "http://www.w3.org/2000/svg";
  const icon = document.createElementNS(namespace, "svg");
  icon.setAttribute("viewBox", "0 0 16 16");
  icon.setAttribute("class", "type-icon");
  icon.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(namespace, "path");
  path.setAttribute("d", SHAPE_PATHS[type.shape] || SHAPE_PATHS.dot);
  path.setAttribute("fill", type.color);
  icon.append(path);
  return icon;
}
