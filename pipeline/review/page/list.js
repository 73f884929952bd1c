// Which articles are shown.
const AT_ONCE = 200;
const filters = { state: "all", language: "", topic: "", sure: "", words: "" };
let shown = [];
let limit = AT_ONCE;
let current = null;

const STATES = [
  ["all", "All", () => true],
  ["told", "Told", (article) => ["told", "saved"].includes(stateOf(article))],
  ["listed", "Withheld", (article) => stateOf(article) === "listed"],
  ["doubt", "In doubt", (article) => article.rows.some((row) => isDoubted(article, row))],
  ["decided", "Decided", isDecided],
  ["out", "Left out", (article) => ["out", "dropped"].includes(stateOf(article))],
];

const SURE = [
  ["", "Any confidence", () => true],
  ["high", "80 % and more", (article) => article.mean !== null && article.mean >= 0.8],
  ["fair", "50 to 80 %", (article) => article.mean !== null && article.mean >= 0.5 && article.mean < 0.8],
  ["low", "Below 50 %", (article) => article.mean !== null && article.mean < 0.5],
  ["none", "Not judged", (article) => article.mean === null],
];

const wordsOf = (article) => {
  article.words ??= [
    article.headline, article.original, article.outlet, article.language, article.source,
    ...article.rows.flatMap((row) => [textOf(row.o), textOf(row.e)]),
  ].join("\n").toLowerCase();
  return `${article.words}\n${Object.values(editOf(article.id)).join("\n").toLowerCase()}`;
};

const passes = (article) =>
  STATES.find(([name]) => name === filters.state)[2](article) &&
  (!filters.language || article.lang === filters.language) &&
  (!filters.topic || article.topics.includes(filters.topic)) &&
  SURE.find(([name]) => name === filters.sure)[2](article) &&
  filters.words.toLowerCase().split(/\s+/).every((word) => wordsOf(article).includes(word));

const arrange = () => {
  const main = byHand("articles");
  const active = document.activeElement?.dataset?.key;
  shown = inOrder().filter(passes);
  const kept = new Map([...main.querySelectorAll(".card")].map((card) => [card.id, card]));
  const cards = shown.slice(0, limit).map((article) => kept.get(`a-${article.id}`) ?? cardOf(article));
  const here = new Set(cards.map((card) => card.id));
  for (const article of articles) if (kept.has(`a-${article.id}`) && !here.has(`a-${article.id}`)) opened.delete(article.id);
  const left = shown.length - cards.length;
  main.replaceChildren(
    main.querySelector("h2"),
    ...cards,
    ...(left > 0 ? [el("p", { class: "more" }, button(`Show ${Math.min(left, AT_ONCE)} more of ${plural(left, "article")}`, "more", showMore))] : []),
    ...(shown.length ? [] : [nothingShown()]),
    ...endOf(),
  );
  byHand("found").textContent = shown.length === articles.length ? "" : `${plural(shown.length, "article")} of ${articles.length.toLocaleString("en")}`;
  if (active) focusOn(active);
};

const nothingShown = () =>
  articles.length
    ? el("p", { class: "notice" }, "No article is like that. ", button("Show all", "all", clearFilters))
    : el("p", { class: "notice" }, "The issue has no article.");

const showMore = () => {
  limit += AT_ONCE;
  arrange();
};

const endOf = () => {
  const parts = [];
  if (DATA.cut) parts.push(el("p", { class: "notice" }, `To keep the page quick, ${plural(DATA.cut, "article")} show their first sentences and those that are quoted only; articles.jsonl has them whole.`));
  if (DATA.beyond) parts.push(el("p", { class: "notice" }, `${plural(DATA.beyond, "further article")} for which the issue has no room are not on this page; articles.jsonl has them.`));
  if (DATA.refusedCount) {
    const more = DATA.refusedCount - DATA.refused.length;
    parts.push(
      el(
        "details",
        { class: "refused" },
        el("summary", {}, `${plural(DATA.refusedCount, "input")} refused or failed`),
        el("ul", {}, DATA.refused.map(([source, message]) => el("li", {}, el("code", {}, foreign(source)), message ? [": ", ...foreign(message)] : null))),
        more > 0 ? el("p", {}, `and ${more.toLocaleString("en")} more; report.json has them.`) : null,
      ),
    );
  }
  return parts;
};

const clearFilters = () => {
  Object.assign(filters, { state: "all", language: "", topic: "", sure: "", words: "" });
  limit = AT_ONCE;
  showTools(true);
  arrange();
};

const filterBy = (name, value) => {
  filters[name] = value;
  limit = AT_ONCE;
  if (name === "state") showTools();
  arrange();
};

const choice = (name, label, options) =>
  el(
    "label",
    {},
    el("span", { class: "unseen" }, label),
    el("select", { "data-key": `filter-${name}`, onchange: (event) => filterBy(name, event.target.value) },
      options.map(([value, text]) => el("option", { value, selected: filters[name] === value }, text))),
  );

const counted = (values) => {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
};

const toolsOf = () => {
  const languages = [...counted(articles.map((article) => article.lang))].map(([code, count]) => [code, articles.find((article) => article.lang === code).language || "Unknown", count]);
  const topics = [...counted(articles.flatMap((article) => article.topics))];
  return [
    el("div", { class: "states", role: "group", "aria-label": "Show" }),
    el(
      "div",
      { class: "filters" },
      choice("language", "Language", [["", "Any language"], ...languages.sort((one, other) => one[1].localeCompare(other[1])).map(([code, name, count]) => [code, `${name} (${count})`])]),
      choice("topic", "Topic", [["", "Any topic"], ...topics.sort().map(([topic, count]) => [topic, `${topic} (${count})`])]),
      choice("sure", "Confidence", SURE),
      el("label", { class: "search" }, el("span", { class: "unseen" }, "Search"),
        el("input", { type: "search", id: "search", placeholder: "Search (/)", value: filters.words, oninput: (event) => filterBy("words", event.target.value) })),
      button("Keys", "help", showHelp, { title: "Shortcuts (?)" }),
    ),
    el("p", { id: "found", "aria-live": "polite" }),
  ];
};

// The counts change with every decision, the filters do not.
const showTools = (anew = false) => {
  const tools = byHand("tools");
  if (anew || !tools.firstChild) tools.replaceChildren(...toolsOf());
  const active = document.activeElement?.dataset?.key;
  tools.querySelector(".states").replaceChildren(
    ...STATES.map(([name, label, test]) => [name, label, articles.filter(test).length])
      .filter(([name, , count]) => count || name === "all" || name === filters.state)
      .map(([name, label, count]) => button(`${label} ${count.toLocaleString("en")}`, `state-${name}`, () => filterBy("state", name), { "aria-pressed": String(filters.state === name) })),
  );
  if (active?.startsWith("state-")) focusOn(active);
};
