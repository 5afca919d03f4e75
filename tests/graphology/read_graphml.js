// Prints what graphology reads from a GraphML file: counts, and every node and edge with its attributes, as JSON.
const fs = require("node:fs");
const Graph = require("graphology");
const { DOMParser } = require("@xmldom/xmldom");
const { parse } = require("graphology-graphml");

const text = fs.readFileSync(process.argv[2], "utf8");
// The parser itself passes over malformed XML, so that is looked for first.
const fail = (message) => {
  throw new Error(message);
};
new DOMParser({ errorHandler: { warning: fail, error: fail, fatalError: fail } }).parseFromString(text, "application/xml");

const graph = parse(Graph, text);
const result = {
  nodeCount: graph.order,
  edgeCount: graph.size,
  nodes: Object.fromEntries(graph.mapNodes((node, attributes) => [node, attributes])),
  edges: Object.fromEntries(
    graph.mapEdges((edge, attributes, source, target) => [edge, { source, target, attributes }]),
  ),
};
process.stdout.write(JSON.stringify(result));
