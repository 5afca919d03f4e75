"use strict";

function startPage(page) {
  const panelElement = document.getElementById("panel");
  const closeButton = document.getElementById("close-panel");
  const animated = !matchMedia("(prefers-reduced-motion: reduce)").matches && { duration: 350 };
  const canvas = createCanvas(page, document.getElementById("graph"), animated);
  const incident = page.nodes.map(() => []);
  for (const edge of page.edges) {
    incident[edge.from].push(edge.id);
    if (edge.to !== edge.from) incident[edge.to].push(edge.id);
  }
  const legendButtons = page.types.map(legendButton);

  // On a narrow screen the panel lies over the lower part of the canvas.
  const coveredBelow = () =>
    getComputedStyle(panelElement).position === "fixed" && panelElement.classList.contains("open")
      ? panelElement.offsetHeight
      : 0;

  function open(heading, isSelection, focusHeading) {
    panelElement.classList.add("open");
    panelElement.classList.toggle("selection", isSelection);
    closeButton.hidden = false;
    if (focusHeading) heading.focus({ preventScroll: true });
  }

  function openNode(node, { moves, focusHeading }) {
    setTypeHidden(canvas.typeOf[node], false);
    canvas.selectNode(node, incident[node]);
    open(panel.node(node), true, focusHeading);
    if (moves) canvas.show([node], coveredBelow());
  }

  function openEdge(edge, { moves, focusHeading }) {
    const { from, to } = page.edges[edge];
    for (const node of [from, to]) setTypeHidden(canvas.typeOf[node], false);
    canvas.selectEdge(edge);
    open(panel.edge(edge), true, focusHeading);
    if (moves) canvas.show([from, to], coveredBelow());
  }

  function closeSelection() {
    canvas.clear();
    panel.overview();
    panelElement.classList.remove("open", "selection");
    closeButton.hidden = true;
  }

  function setTypeHidden(type, hidden) {
    if (legendButtons[type].getAttribute("aria-pressed") === String(!hidden)) return;
    legendButtons[type].setAttribute("aria-pressed", String(!hidden));
    canvas.setHidden(type, hidden);
  }

  function legendButton(type, index) {
    const button = element(
      "button",
      { type: "button", "aria-pressed": "true", "data-type": index },
      typeIcon(type),
      element("span", { class: "name" }, type.label),
      element("span", { class: "count" }, String(type.count)),
    );
    button.addEventListener("click", () => {
      closeSelection();
      setTypeHidden(index, button.getAttribute("aria-pressed") === "true");
    });
    document.getElementById("legend-types").append(element("li", {}, button));
    return button;
  }

  const fromPanel = { moves: true, focusHeading: true };
  const panel = createPanel(page, document.getElementById("panel-content"), incident, {
    node: (node) => openNode(node, fromPanel),
    edge: (edge) => openEdge(edge, fromPanel),
  });
  const fromCanvas = { moves: false, focusHeading: false };
  canvas.onClick({
    node: (node) => openNode(node, fromCanvas),
    edge: (edge) => openEdge(edge, fromCanvas),
    nothing: closeSelection,
  });
  createSearch(page, incident, (node) => openNode(node, { moves: true, focusHeading: false }));

  document.getElementById("dashed").hidden = !page.edges.some((edge) => edge.dashes);
  document.getElementById("zoom-in").addEventListener("click", () => canvas.zoom(1.4));
  document.getElementById("zoom-out").addEventListener("click", () => canvas.zoom(1 / 1.4));
  document.getElementById("fit").addEventListener("click", canvas.fit);
  document.getElementById("show-overview").addEventListener("click", () => {
    canvas.clear();
    open(panel.overview(), false, true);
  });
  closeButton.addEventListener("click", closeSelection);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeSelection();
  });
  panel.overview();
  // The handle by which the tests, and a reader's own console, reach the drawn graph.
  window.kgView = { network: canvas.network, nodes: canvas.nodes, edges: canvas.edges };
}

{
  const page = JSON.parse(document.getElementById("graph-data").textContent);
  if (page.nodes.length) startPage(page);
}
