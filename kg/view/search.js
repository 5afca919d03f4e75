"use strict";

const RESULTS = 12;

function searchKey(text) {
  return text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
}

// Entities whose name or alias contains the query: whole names first, then beginnings, then the best connected.
function findEntities(page, keys, incident, query) {
  const wanted = searchKey(query);
  const found = [];
  if (!wanted) return found;
  for (const node of page.nodes.keys()) {
    let best = 4;
    let alias = "";
    keys[node].forEach((key, index) => {
      const rank = key === wanted ? 0 : key.startsWith(wanted) ? 1 : key.includes(wanted) ? 2 : 4;
      if (rank < best) {
        best = rank;
        alias = index ? page.nodeRecords[node].aliases[index - 1] : "";
      }
    });
    if (best < 4) found.push({ node, rank: best, alias });
  }
  return found.sort(
    (first, second) =>
      first.rank - second.rank || incident[second.node].length - incident[first.node].length || first.node - second.node,
  );
}

// The search box, by the combobox pattern of the WAI-ARIA Authoring Practices.
function createSearch(page, incident, choose) {
  const strings = page.strings;
  const input = document.getElementById("search");
  const list = document.getElementById("results");
  const box = document.getElementById("results-box");
  const status = document.getElementById("search-status");
  const keys = page.nodeRecords.map((record) => [record.name, ...record.aliases].map(searchKey));
  let found = [];
  let active = 0;

  function close() {
    box.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function activate(index) {
    active = index;
    [...list.children].forEach((option, position) => option.setAttribute("aria-selected", String(position === index)));
    if (list.children[index]) {
      input.setAttribute("aria-activedescendant", list.children[index].id);
      list.children[index].scrollIntoView({ block: "nearest" });
    }
  }

  function pick(index) {
    const { node } = found[index];
    input.value = page.nodeRecords[node].name;
    close();
    choose(node);
  }

  function resultOption({ node, alias }, index) {
    const type = page.types[Number(page.nodes[node].group.slice(1))];
    return element(
      "li",
      { role: "option", id: `result-${index}`, "data-node": node, onclick: () => pick(index) },
      typeIcon(type),
      element("span", { class: "name" }, page.nodeRecords[node].name),
      alias ? element("span", { class: "alias" }, `${strings.aliases} ${alias}`) : null,
      element("span", { class: "type" }, type.label),
    );
  }

  function statusText() {
    if (!found.length) return fill(strings.no_match, { query: input.value.trim() });
    if (found.length > RESULTS) return fill(strings.more_matches, { count: found.length - RESULTS });
    return fill(strings.matches, { count: found.length });
  }

  function update() {
    found = findEntities(page, keys, incident, input.value);
    list.replaceChildren(...found.slice(0, RESULTS).map(resultOption));
    const isEmpty = !input.value.trim();
    box.hidden = isEmpty;
    input.setAttribute("aria-expanded", String(!isEmpty));
    status.textContent = isEmpty ? "" : statusText();
    activate(0);
  }

  input.addEventListener("input", update);
  input.addEventListener("focus", () => input.value.trim() && update());
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // Enter and the arrows belong to the input method while it composes Chinese.
    const last = Math.min(found.length, RESULTS) - 1;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (box.hidden) update();
      else activate(event.key === "ArrowDown" ? Math.min(active + 1, last) : Math.max(active - 1, 0));
      event.preventDefault();
    } else if (event.key === "Enter") {
      if (box.hidden) update();
      if (found.length) pick(active);
    } else if (event.key === "Escape" && !box.hidden) {
      close();
      event.stopPropagation();
    }
  });
  box.addEventListener("pointerdown", (event) => event.preventDefault());
  input.addEventListener("blur", close);
}
