"use strict";

const LABEL_FONT = '"PingFang SC","Hiragino Sans GB","Microsoft YaHei","Noto Sans CJK SC","Source Han Sans SC",system-ui,sans-serif';
const LABEL_PIXELS = 13;
const NAMED_AT_ONCE = 60;
const NO_LABEL = " "; // vis-network keeps the old label when it is given an empty one.

function extent(page, axis) {
  const values = page.nodes.map((node) => node[axis]);
  return values.reduce((most, value) => Math.max(most, value)) - values.reduce((least, value) => Math.min(least, value));
}

// The drawn graph. Nodes and edges are known by their number, which is their place in the page's lists.
function createCanvas(page, container, animated) {
  const { clientWidth: width, clientHeight: height } = container;
  // A wide drawing on a tall screen is turned around its diagonal, so that the whole of it is seen larger.
  const turned = height > width && extent(page, "x") > 1.2 * extent(page, "y");
  const [across, down] = turned ? ["y", "x"] : ["x", "y"];
  // Where the whole graph has to be shown small, nodes are drawn larger.
  const shrinking = Math.max(extent(page, across) / width, extent(page, down) / height);
  const factor = Math.min(Math.max(shrinking * 0.5, 1), 2.2);
  const typeOf = page.nodes.map((node) => Number(node.group.slice(1)));
  const sizes = page.nodes.map((node) => node.size * factor);
  const places = page.nodes.map((node) => ({ x: node[across], y: node[down] }));
  const zooms = page.nodes.map((node) => node.labelZooms[Number(turned)]);
  const nodes = new vis.DataSet(
    page.nodes.map(({ label, labelZooms, ...look }) => ({
      ...look,
      ...places[look.id],
      size: sizes[look.id],
      title: `${page.nodeRecords[look.id].name} · ${page.types[typeOf[look.id]].label}`,
    })),
  );
  const edges = new vis.DataSet(page.edges.map((edge) => ({ ...edge, title: page.edgeRecords[edge.id].label })));
  const network = new vis.Network(container, { nodes, edges }, page.options);
  const edgesAreLabelled = page.edges.some((edge) => "label" in edge);
  const hiddenTypes = new Set();
  let kept = null; // What is selected and what belongs to it: { nodes: Set, edges: Set, main: node or -1 }.

  const byImportance = page.nodes
    .map((node) => node.id)
    .sort((first, second) => zooms[first] - zooms[second] || first - second);

  const nodeIsHidden = (node) => hiddenTypes.has(typeOf[node]);
  const edgeIsHidden = (edge) => nodeIsHidden(page.edges[edge].from) || nodeIsHidden(page.edges[edge].to);

  // Fades everything, then draws what is kept once more: no item has to be changed, however large the graph is.
  function drawKept(context) {
    const { x, y } = network.DOMtoCanvas({ x: 0, y: 0 });
    const opposite = network.DOMtoCanvas({ x: container.clientWidth, y: container.clientHeight });
    context.save();
    context.globalCompositeOperation = "destination-out";
    context.fillStyle = "rgba(0,0,0,0.86)";
    context.fillRect(x, y, opposite.x - x, opposite.y - y);
    context.restore();
    const keptEdges = [...kept.edges].filter((edge) => !edgeIsHidden(edge)).map((edge) => network.body.edges[edge]);
    for (const edge of keptEdges) edge.draw(context);
    for (const edge of keptEdges) edge.drawArrows(context);
    for (const node of kept.nodes) if (!nodeIsHidden(node)) network.body.nodes[node].draw(context);
  }

  function drawLabel(context, node, scale, strong) {
    const { x, y } = places[node];
    context.font = `${strong ? "600 " : ""}${(strong ? LABEL_PIXELS + 1 : LABEL_PIXELS) / scale}px ${LABEL_FONT}`;
    const below = y + sizes[node] + 4 / scale;
    context.strokeText(page.nodes[node].label, x, below);
    context.fillText(page.nodes[node].label, x, below);
  }

  // The nodes to name, in view: of a selection its own, else those whose name has room at this zoom.
  function namedNodes(scale) {
    const corner = network.DOMtoCanvas({ x: -80, y: -40 });
    const opposite = network.DOMtoCanvas({ x: container.clientWidth + 80, y: container.clientHeight + 20 });
    const isInView = ({ x, y }) => x > corner.x && x < opposite.x && y > corner.y && y < opposite.y;
    const wanted = kept ? (node) => kept.nodes.has(node) : (node) => zooms[node] <= scale;
    const named = byImportance.filter((node) => wanted(node) && !nodeIsHidden(node) && isInView(places[node]));
    return kept ? named.slice(0, NAMED_AT_ONCE) : named;
  }

  function drawOver(context) {
    if (kept) drawKept(context);
    const scale = network.getScale();
    context.save();
    Object.assign(context, { textAlign: "center", textBaseline: "top", lineJoin: "round" });
    Object.assign(context, { lineWidth: 3.5 / scale, strokeStyle: "rgba(255,255,255,0.92)", fillStyle: "#1e293b" });
    for (const node of namedNodes(scale)) if (!kept || node !== kept.main) drawLabel(context, node, scale, false);
    if (kept && kept.main >= 0) drawLabel(context, kept.main, scale, true);
    context.restore();
  }

  function keep(selection) {
    const relabelled = (edge, label) => ({ id: edge, label });
    if (!edgesAreLabelled && kept) edges.update([...kept.edges].map((edge) => relabelled(edge, NO_LABEL)));
    if (!edgesAreLabelled && selection) {
      edges.update([...selection.edges].map((edge) => relabelled(edge, page.edgeRecords[edge].label)));
    }
    kept = selection;
    const main = selection && selection.main >= 0 ? [selection.main] : [];
    network.setSelection({ nodes: main, edges: selection ? [...selection.edges] : [] }, { highlightEdges: false });
    network.redraw();
  }

  function show(nodeNumbers, coveredBelow) {
    const points = nodeNumbers.map((node) => places[node]);
    const middle = {
      x: points.reduce((sum, point) => sum + point.x, 0) / points.length,
      y: points.reduce((sum, point) => sum + point.y, 0) / points.length,
    };
    const far = Math.max(60, ...points.map((point) => Math.hypot(point.x - middle.x, point.y - middle.y)));
    const room = Math.min(container.clientWidth, container.clientHeight - coveredBelow) / 2 - 40;
    const scale = Math.min(Math.max(network.getScale(), 0.9 / factor), 1.6, Math.max(room, 60) / far);
    network.moveTo({ position: middle, scale, offset: { x: 0, y: -coveredBelow / 2 }, animation: animated });
    network.redraw();
  }

  function fit() {
    network.fit({ animation: false });
    network.moveTo({ scale: Math.min(network.getScale() * 0.92, 1.3), animation: false });
  }

  function setHidden(type, hidden) {
    hidden ? hiddenTypes.add(type) : hiddenTypes.delete(type);
    nodes.update(page.nodes.filter((node) => typeOf[node.id] === type).map((node) => ({ id: node.id, hidden })));
    const changed = page.edges.filter((edge) => edgeIsHidden(edge.id) !== Boolean(edges.get(edge.id).hidden));
    edges.update(changed.map((edge) => ({ id: edge.id, hidden: edgeIsHidden(edge.id) })));
  }

  network.on("afterDrawing", drawOver);
  network.on("dragging", (event) => {
    for (const [node, place] of Object.entries(network.getPositions(event.nodes))) places[node] = place;
  });
  fit();

  return {
    network,
    nodes,
    edges,
    show,
    fit,
    setHidden,
    typeOf,
    isHidden: nodeIsHidden,
    zoom: (factor) => network.moveTo({ scale: network.getScale() * factor, animation: animated }),
    selectNode(node, incident) {
      const around = incident.flatMap((edge) => [page.edges[edge].from, page.edges[edge].to]);
      keep({ nodes: new Set([...around, node]), edges: new Set(incident), main: node });
    },
    selectEdge(edge) {
      keep({ nodes: new Set([page.edges[edge].from, page.edges[edge].to]), edges: new Set([edge]), main: -1 });
    },
    clear: () => keep(null),
    // The canvas reports what is under the pointer; what is hidden is not there.
    onClick(handlers) {
      network.on("click", (event) => {
        const node = event.nodes.find((found) => !nodeIsHidden(found));
        const edge = event.edges.find((found) => !edgeIsHidden(found));
        if (node !== undefined) handlers.node(node);
        else if (edge !== undefined) handlers.edge(edge);
        else handlers.nothing();
      });
    },
  };
}
