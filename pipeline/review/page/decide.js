// One decision: true on the page at once; saved by the server where there is one, else kept to be copied.
let sending = Promise.resolve();

const decide = (decision, words) => {
  undone.push(inverse(decision));
  return carryOut(decision, words);
};

const undo = () => {
  const last = undone.pop();
  if (!last) return say("There is nothing to undo.");
  return carryOut(last, "Undone");
};

const carryOut = (decision, words) => {
  for (const article of take(decision)) refresh(article);
  keep();
  showTools();
  if (!DATA.served) {
    showFoot();
    say(`${words}. ${plural(pendingCount(), "decision")} to copy.`);
    return Promise.resolve();
  }
  // In the order in which they were made.
  sending = sending.then(() => send(words));
  return sending;
};

const send = async (words) => {
  const decisions = waiting();
  if (!decisions.length) return;
  const sent = structuredClone(pending);
  const answer = await post("api/decide", { issue: issue.id, decisions });
  if (answer.error) {
    say(`Not saved: ${answer.error}`);
  } else {
    settle(sent);
    keep();
    say(`${words}. Saved.`);
  }
  showFoot();
};

const post = async (path, body) => {
  try {
    const answer = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    return await answer.json();
  } catch {
    return { error: "the server does not answer; is `worldbrief review --serve` still running?" };
  }
};

// What is said of a text holds for that text alone.
const editArticle = (article, changes, words) => {
  const revision = changes.headline || changes.summary || changes.tell ? { revision: article.revision } : {};
  return decide({ kind: "article", article: article.id, changes: { ...changes, ...revision } }, words);
};

const toggle = (article, key, on, off) => {
  const value = !editOf(article.id)[key];
  return editArticle(article, { [key]: value }, value ? on : off);
};

const drop = (article) => toggle(article, "drop", "Dropped", "Back in");
const pin = (article) => toggle(article, "pin", "Pinned", "Not pinned any more");

const tell = (article) => {
  if (!isWithheld(article)) return say(article.state === "told" ? "It is told already." : "It is not in the issue.");
  const value = !editOf(article.id).tell;
  const changes = value ? changedFields(article) : {};
  const words = !value
    ? "Withheld again"
    : hasLine(article) || changes.headline || changes.summary
      ? "It will be told"
      : "Noted, but there is no line to print yet: confirm or correct one of the first, or write a headline";
  return editArticle(article, { ...changes, tell: value }, words);
};

const judge = (article, row, english) =>
  decide(
    { kind: "sentence", language: article.lang, source: textOf(row.o), english: oneLine(english) },
    !english ? "Left to the machine again" : english === textOf(row.e) ? "Confirmed" : "Corrected",
  );

const confirmRow = (article, row) => judge(article, row, row.k === undefined ? textOf(row.e) : "");

// Moves an article within its section: the whole order of the section is written, since only that says it.
const move = (article, by) => {
  const ids = inOrder().filter((one) => sectionOf(one) === sectionOf(article)).map((one) => one.id);
  const from = ids.indexOf(article.id);
  const to = from + by;
  if (to < 0 || to >= ids.length) return say(by < 0 ? "It is the first of its section." : "It is the last of its section.");
  [ids[from], ids[to]] = [ids[to], ids[from]];
  const others = issueEdit().order.filter((id) => !ids.includes(id));
  decide({ kind: "issue", changes: { order: [...others, ...ids] } }, by < 0 ? "Moved up" : "Moved down");
  arrange();
};

const sectionOf = (article) => {
  const chosen = editOf(article.id).section;
  return chosen || (article.state === "told" ? article.section : "");
};

// As it will be printed: what was pinned, then what the editor put in order, then as the pipeline has it.
const inOrder = () => {
  const order = new Map(issueEdit().order.map((id, place) => [id, place]));
  const sections = [...new Set(articles.map((article) => article.section))];
  const rank = (article) => [
    article.state === "out" ? 1 : 0,
    editOf(article.id).pin ? 0 : 1,
    sections.indexOf(article.section),
    order.get(article.id) ?? order.size,
  ];
  return articles
    .map((article, place) => [...rank(article), place])
    .sort((one, other) => one.map((value, at) => value - other[at]).find((difference) => difference) ?? 0)
    .map((ranked) => articles[ranked.at(-1)]);
};
