// What the page knows: the articles, what was decided before, and what was decided here and is not in the file yet.
const DATA = JSON.parse(byHand("data").textContent);
const { articles, issue } = DATA;
const articleOf = new Map(articles.map((article) => [article.id, article]));
const KEPT = `worldbrief-review-${issue.id}`;
const NOTHING = { articles: {}, issue: {}, names: [], sentences: [] };

let pending = structuredClone(NOTHING);
const undone = [];

const squeezed = (text) => text.replace(/\s+/gu, "");
const isOf = (language, code) => code === language || code.startsWith(`${language}-`);
const textOf = (parts) => (parts ? parts.map((part) => (typeof part === "string" ? part : part[1])).join("") : "");
const editOf = (id) => ({ ...DATA.edits[id], ...pending.articles[id] });
const issueEdit = () => ({ ...DATA.issueEdits, ...pending.issue });
const nameOf = (language, source) =>
  [...DATA.names, ...pending.names].findLast((name) => name.language === language && name.source === source)?.english ?? "";

// What a decision changes must be there to be taken back.
const inverse = (decision) => {
  if (decision.kind === "article") {
    const before = editOf(decision.article);
    const changes = Object.fromEntries(
      Object.entries(decision.changes).map(([key, value]) => [key, before[key] ?? (typeof value === "boolean" ? false : "")]),
    );
    return { ...decision, changes };
  }
  if (decision.kind === "issue") {
    const before = issueEdit();
    return { ...decision, changes: Object.fromEntries(Object.keys(decision.changes).map((key) => [key, before[key]])) };
  }
  if (decision.kind === "name") return { ...decision, english: nameOf(decision.language, decision.source) };
  return { ...decision, english: rowsLike(decision)[0]?.[1].k ?? "" };
};

// Every row with the sentence, of whichever article: [article, row].
const rowsLike = ({ language, source }) => {
  const wanted = squeezed(source);
  return articles
    .filter((article) => isOf(language, article.lang))
    .flatMap((article) => article.rows.filter((row) => row.o && squeezed(textOf(row.o)) === wanted).map((row) => [article, row]));
};

// Makes a decision true on the page; gives the articles that look different now.
const take = (decision) => {
  if (decision.kind === "article") {
    pending.articles[decision.article] = { ...pending.articles[decision.article], ...decision.changes };
    return [articleOf.get(decision.article)];
  }
  if (decision.kind === "issue") {
    pending.issue = { ...pending.issue, ...decision.changes };
    return articles;
  }
  const list = decision.kind === "name" ? pending.names : pending.sentences;
  const { language, source, english } = decision;
  const known = list.findIndex((one) => one.language === language && squeezed(one.source) === squeezed(source));
  if (known >= 0) list.splice(known, 1);
  list.push({ language, source, english });
  if (decision.kind === "name") return articles.filter((article) => isOf(language, article.lang));
  const changed = rowsLike(decision);
  for (const [, row] of changed) {
    if (english) row.k = english;
    else delete row.k;
  }
  return [...new Set(changed.map(([article]) => article))];
};

// What the file has now: what was sent is not pending any more, but for what was decided while it was on its way.
const settle = (sent) => {
  for (const [id, changes] of Object.entries(sent.articles)) {
    DATA.edits[id] = { ...DATA.edits[id], ...changes };
    without(pending.articles[id], changes);
    if (!Object.keys(pending.articles[id]).length) delete pending.articles[id];
  }
  Object.assign(DATA.issueEdits, sent.issue);
  without(pending.issue, sent.issue);
  DATA.names.push(...sent.names);
  for (const list of ["names", "sentences"]) {
    const there = new Set(sent[list].map((one) => JSON.stringify(one)));
    pending[list] = pending[list].filter((one) => !there.has(JSON.stringify(one)));
  }
};

const without = (keys, sent) => {
  for (const [key, value] of Object.entries(sent)) if (JSON.stringify(keys[key]) === JSON.stringify(value)) delete keys[key];
};

const pendingCount = () =>
  Object.keys(pending.articles).length + Object.keys(pending.issue).length + pending.names.length + pending.sentences.length;

// Decisions that are not in a file yet live through a reload of the page.
const keep = () => {
  try {
    if (pendingCount()) localStorage.setItem(KEPT, JSON.stringify(pending));
    else localStorage.removeItem(KEPT);
  } catch {
    // A browser without storage: they last as long as the page is open.
  }
};

const restore = () => {
  try {
    const found = JSON.parse(localStorage.getItem(KEPT));
    if (!found) return;
    for (const [article, changes] of Object.entries(found.articles)) {
      if (articleOf.has(article)) take({ kind: "article", article, changes });
    }
    take({ kind: "issue", changes: found.issue });
    for (const name of found.names) take({ kind: "name", ...name });
    for (const sentence of found.sentences) take({ kind: "sentence", ...sentence });
  } catch {
    pending = structuredClone(NOTHING);
  }
};

const isDecided = (article) =>
  Object.entries(editOf(article.id)).some(([key, value]) => key !== "revision" && value) ||
  article.rows.some((row) => row.k !== undefined);

// In the issue as it will be: dropped by hand, told by hand, or as the pipeline left it.
const stateOf = (article) => {
  const edit = editOf(article.id);
  if (edit.drop) return "dropped";
  if (!isWithheld(article)) return article.state;
  const isByHand = article.rows.some((row) => row.k !== undefined);
  return edit.headline || edit.summary || (edit.tell && hasLine(article)) || (article.saved && isByHand) ? "saved" : "listed";
};

// What is left to look at: nothing of an article that is dropped.
const isDoubted = (article, row) => row.d.length > 0 && row.k === undefined && !editOf(article.id).drop;

// Nothing of it would be printed, had nobody decided so.
const isWithheld = (article) => article.state === "listed" || article.saved;

// Whether there is a line to print once it is told.
const hasLine = (article) => {
  const edit = editOf(article.id);
  return Boolean(article.sure || edit.headline || edit.summary || article.rows.some((row) => row.k !== undefined));
};
