// The lines of an article: the original, its English, how sure that is, and what is held against it.
const ROWS_AT_ONCE = 200;

const marked = (parts, text = (part) => part) =>
  parts.flatMap((part) => (typeof part === "string" ? text(part) : el("span", { class: part[0], title: part[0] }, text(part[1]))));

const sureness = (row) => (row.c === null ? "none" : row.d.length || row.c < 0.5 ? "low" : row.c < 0.8 ? "fair" : "high");

const SURE_WORDS = { high: "sure", fair: "fairly sure", low: "not sure", none: "not judged" };

const rowId = (article, row) => `s-${article.id}-${article.rows.indexOf(row)}`;

const rowOf = (article, row) => {
  const only = row.o === null;
  const sure = sureness(row);
  const classes = ["row", `sure-${sure}`, only && "only", row.a && "apart", row.k !== undefined && "decided", row.p < 0 && "title"];
  return el(
    "div",
    { class: classes.filter(Boolean).join(" "), id: rowId(article, row), tabindex: "-1", role: "group", "aria-label": row.p < 0 ? "Headline" : "Sentence" },
    only ? null : el("p", { class: "o", lang: article.lang, dir: article.dir }, marked(row.o)),
    el(
      "div",
      { class: "e" },
      englishOf(article, row),
      el(
        "ul",
        { class: "tags" },
        row.p < 0 ? el("li", {}, "headline") : null,
        row.h ? el("li", { class: "used" }, "printed as the headline") : null,
        row.q ? el("li", { class: "used" }, "quoted in the summary") : null,
        row.a ? el("li", {}, "byline or credit, left as published") : null,
      ),
      row.d.length
        ? el("ul", { class: "doubts" }, row.d.map(([label, detail]) => el("li", {}, el("strong", {}, label), detail ? [": ", ...foreign(detail, article.lang)] : null)))
        : null,
    ),
    only ? null : sideOf(article, row, sure),
  );
};

const englishOf = (article, row) => {
  const machine = textOf(row.e);
  const text = (part) => foreign(part, article.lang);
  if (row.k === undefined || row.k === machine) return el("p", { class: "text" }, marked(row.e, text));
  return el("div", {}, el("p", { class: "text" }, text(row.k)), el("p", { class: "was" }, el("span", { class: "unseen" }, "The machine wrote: "), text(machine)));
};

const sideOf = (article, row, sure) => {
  const by = row.k === undefined ? null : row.k === textOf(row.e) ? "confirmed by you" : "corrected by you";
  const judged = row.c === null ? SURE_WORDS.none : `${percent(row.c)} ${SURE_WORDS[sure]}`;
  const id = rowId(article, row);
  return el(
    "div",
    { class: "side" },
    el("p", { class: "sure" }, by ?? judged),
    row.a
      ? null
      : el(
          "p",
          { class: "acts" },
          button(row.k === undefined ? "Right" : "Undo", `${id}-confirm`, () => confirmRow(article, row), {
            title: row.k === undefined ? "The English says what the original says (c)" : "Leave it to the machine again (c)",
          }),
          button("Correct", `${id}-correct`, () => correctRow(article, row), { title: "Write it in your own words (e)" }),
          row.p < 0 ? null : button("Quote", `${id}-quote`, () => quoteRow(article, row), { title: "Put it into the summary (q)" }),
        ),
  );
};

// As many lines as a text takes in half of a window.
const linesFor = (text) => Math.min(12, Math.max(2, Math.ceil(text.length / 50)));

const correctRow = (article, row) => {
  const shown = byHand(rowId(article, row));
  const cell = shown?.querySelector(".e");
  if (!cell || cell.querySelector("textarea")) return cell?.querySelector("textarea").focus();
  const id = rowId(article, row);
  const area = el("textarea", { rows: linesFor(row.k ?? textOf(row.e)), "aria-label": "Your English of this sentence", value: row.k ?? textOf(row.e), lang: "en", maxlength: 4000 });
  const back = () => {
    refreshRow(article, row);
    focusOn(`${id}-correct`);
  };
  const save = () => {
    const english = oneLine(area.value);
    if (!english) return say("Write the sentence, or press Cancel.");
    judge(article, row, english);
    byHand(id)?.focus();
  };
  area.addEventListener("keydown", (event) => {
    if (event.key === "Escape") back();
    else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) save();
    else return;
    event.preventDefault();
  });
  cell.querySelector(".text").after(
    el("div", { class: "correct" }, area, button("Save", `${id}-save`, save), button("Cancel", `${id}-cancel`, back)),
  );
  area.focus();
  area.setSelectionRange(0, 0);
};

const quoteRow = (article, row) => {
  const english = row.k ?? textOf(row.e);
  showFields(article);
  const field = fieldOf(article, "summary");
  const text = field.value.trim();
  if (text.includes(english)) return say("It is in the summary already.");
  field.value = text ? `${text} ${english}` : english;
  field.dispatchEvent(new Event("input"));
  say("Put into the summary. Save it, or tell the article.");
};

const rowsOf = (article) => {
  const list = el("div", { class: "rows", role: "group", "aria-label": "Sentences" });
  showRows(article, list, 0);
  return list;
};

const showRows = (article, list, from) => {
  list.querySelector(".more")?.remove();
  const rows = article.rows.slice(from, from + ROWS_AT_ONCE);
  let paragraph = from ? article.rows[from - 1].p : null;
  for (const row of rows) {
    const made = rowOf(article, row);
    if (row.p !== paragraph && paragraph !== null) made.classList.add("begins");
    paragraph = row.p;
    list.append(made);
  }
  const left = article.rows.length - from - rows.length;
  if (left > 0) {
    const more = () => showRows(article, list, from + rows.length);
    list.append(el("p", { class: "more" }, button(`Show ${plural(Math.min(left, ROWS_AT_ONCE), "more sentence")} of ${left.toLocaleString("en")}`, `more-${article.id}`, more)));
  } else if (article.rows.length < article.count) {
    list.append(el("p", { class: "notice" }, `${plural(article.count - article.rows.length, "sentence")} of this article are not on this page; articles.jsonl has them.`));
  }
};

const shownRow = (article, row) => {
  const list = byHand(`a-${article.id}`).querySelector(".rows");
  while (!byHand(rowId(article, row)) && list.querySelector(".more button")) list.querySelector(".more button").click();
  return byHand(rowId(article, row));
};

const refreshRow = (article, row) => {
  const shown = byHand(rowId(article, row));
  if (!shown) return;
  const made = rowOf(article, row);
  if (shown.classList.contains("begins")) made.classList.add("begins");
  shown.replaceWith(made);
};
