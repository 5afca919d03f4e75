"use strict";

const ENTRIES_AT_FIRST = 20;
const OPEN_EVIDENCE = 6;
const OVERVIEW_ENTITIES = 15;

// The side panel: an overview, a node with its edges, or an edge with its evidence.
function createPanel(page, container, incident, go) {
  const strings = page.strings;
  const typeOf = (node) => page.types[Number(page.nodes[node].group.slice(1))];

  function entityButton(node, role = "") {
    const name = page.nodeRecords[node].name;
    const label = `${name}（${typeOf(node).label}）`;
    return element(
      "button",
      { type: "button", class: `entity ${role}`, onclick: () => go.node(node), "aria-label": label, "data-node": node },
      typeIcon(typeOf(node)),
      element("span", { class: "name" }, name),
    );
  }

  function property(term, ...values) {
    return element("div", {}, element("dt", {}, term), element("dd", {}, ...values));
  }

  function marked(text, parts) {
    const quote = element("blockquote");
    let done = 0;
    for (const [start, end, roles] of parts) {
      quote.append(text.slice(done, start), element("mark", { class: roles }, text.slice(start, end)));
      done = end;
    }
    quote.append(text.slice(done));
    return quote;
  }

  function evidenceFigure([sentence, parts]) {
    const [documentIndex, start, end, text] = page.sentences[sentence];
    const [name, published] = page.documents[documentIndex];
    const caption = element("figcaption", {}, element("cite", {}, name));
    if (published) caption.append(element("time", { datetime: published }, published));
    caption.append(element("span", {}, fill(strings.characters, { start: start + 1, end })));
    return element("figure", { class: "evidence" }, marked(text, parts), caption);
  }

  function evidenceList(record) {
    if (!record.evidence.length) return [element("p", { class: "quiet" }, strings.no_evidence)];
    return record.evidence.map(evidenceFigure);
  }

  // The first entries at once, the others on demand: an organisation may have thousands.
  function grow(list, items, make) {
    let shown = 0;
    const more = element("button", { type: "button", class: "more", onclick: () => add(true) });
    function add(byHand) {
      const next = items.slice(shown, shown + ENTRIES_AT_FIRST).map(make);
      shown += next.length;
      list.append(...next);
      more.textContent = fill(strings.show_more, { count: Math.min(items.length - shown, ENTRIES_AT_FIRST) });
      more.hidden = shown >= items.length;
      if (byHand) next[0].querySelector("button").focus();
    }
    add(false);
    return [list, more];
  }

  function relationEntry(node, edge, open) {
    const record = page.edgeRecords[edge];
    const { from, to } = page.edges[edge];
    const details = element(
      "details",
      {},
      element("summary", {}, fill(strings.evidence_count, { count: record.evidence.length })),
    );
    const fillDetails = () => {
      if (details.childElementCount === 1) details.append(...evidenceList(record));
    };
    details.addEventListener("toggle", fillDetails);
    if (open) {
      fillDetails();
      details.open = true;
    }
    const link = element("button", { type: "button", class: "link", onclick: () => go.edge(edge) }, strings.show_relation);
    return element(
      "li",
      {},
      entityButton(from === node ? to : from),
      record.summary ? element("p", { class: "qualifiers" }, record.summary) : null,
      details,
      link,
    );
  }

  function relationGroups(node) {
    const groups = new Map();
    for (const edge of incident[node]) {
      const direction = page.edges[edge].from === node ? "outgoing" : "incoming";
      const key = `${direction} ${page.edgeRecords[edge].predicate}`;
      if (!groups.has(key)) groups.set(key, { direction, label: page.edgeRecords[edge].label, edges: [] });
      groups.get(key).edges.push(edge);
    }
    const open = incident[node].length <= OPEN_EVIDENCE;
    const ordered = [...groups.values()].sort((first, second) => second.direction.localeCompare(first.direction, "en"));
    return ordered.map(({ direction, label, edges }) => {
      const arrow = element("span", { class: "direction" }, `${direction === "outgoing" ? "→" : "←"} ${strings[direction]}`);
      const heading = element("h3", {}, label, arrow, element("span", { class: "count" }, String(edges.length)));
      const list = element("ul", { class: "entries" });
      return element("section", {}, heading, ...grow(list, edges, (edge) => relationEntry(node, edge, open)));
    });
  }

  function replace(kind, ...children) {
    const content = element("div", { class: `content ${kind}` }, ...children);
    container.replaceChildren(content);
    container.parentElement.scrollTop = 0;
    return content.querySelector("h2");
  }

  return {
    overview() {
      const ranked = page.nodes
        .map((node) => node.id)
        .sort((first, second) => incident[second].length - incident[first].length || first - second)
        .slice(0, OVERVIEW_ENTITIES);
      const entry = (node) =>
        element("li", {}, entityButton(node), element("span", { class: "count" }, String(incident[node].length)));
      return replace(
        "overview",
        element("h2", { tabindex: -1 }, strings.overview),
        element("p", { class: "quiet" }, strings.overview_hint),
        element("h3", {}, strings.most_connected),
        element("ol", { class: "ranking" }, ...ranked.map(entry)),
      );
    },

    node(node) {
      const record = page.nodeRecords[node];
      const seen = record.first === record.last ? record.first : `${record.first} – ${record.last}`;
      const groups = relationGroups(node);
      return replace(
        "node",
        element("p", { class: "badge" }, typeIcon(typeOf(node)), typeOf(node).label),
        element("h2", { tabindex: -1 }, record.name),
        element(
          "dl",
          {},
          record.aliases.length
            ? property(strings.aliases, ...record.aliases.map((alias) => element("span", { class: "chip" }, alias)))
            : null,
          record.documents === "0"
            ? null
            : property(strings.document_count, fill(strings.documents, { count: record.documents })),
          seen ? property(strings.seen, seen) : null,
        ),
        ...(groups.length ? groups : [element("p", { class: "quiet" }, strings.no_relations)]),
      );
    },

    edge(edge) {
      const record = page.edgeRecords[edge];
      const { from, to } = page.edges[edge];
      return replace(
        "edge",
        element("p", { class: "badge" }, fill(strings.evidence_count, { count: record.evidence.length })),
        element("h2", { tabindex: -1 }, record.label),
        element(
          "div",
          { class: "ends" },
          element("span", { class: "end-label" }, strings.subject),
          entityButton(from, "subject"),
          element("span", { class: "end-label" }, strings.object),
          entityButton(to, "object"),
        ),
        element(
          "dl",
          {},
          ...record.qualifiers.map(([term, value]) => property(term, value)),
          property(strings.weight, record.weight),
          record.confidence ? property(strings.confidence, record.confidence) : null,
        ),
        element("h3", {}, strings.evidence),
        ...evidenceList(record),
      );
    },
  };
}
