// One article: its head, which is always there, and its body, which is made when it is opened.
const STATE_WORDS = { told: "Told", listed: "Withheld", out: "Not in the issue", dropped: "Dropped by you", saved: "Told by you" };

const FIELDS = [
  ["headline", "Headline", "textarea"],
  ["summary", "Summary", "textarea"],
  ["note", "Editor’s note, printed under it", "input"],
  ["section", "Section", "input"],
];

const headlineOf = (article) => {
  const edit = editOf(article.id);
  const first = article.rows[0];
  return edit.headline || (first?.p === -1 && first.o && first.k) || article.headline || article.original || article.source;
};

const cardOf = (article) =>
  el("article", { id: `a-${article.id}`, class: "card", "aria-labelledby": `h-${article.id}` }, headOf(article), el("div", { class: "body", id: `b-${article.id}`, hidden: true }));

const headOf = (article) => {
  const edit = editOf(article.id);
  const state = stateOf(article);
  const isForeign = Boolean(article.original);
  const key = (name) => `${article.id}-${name}`;
  return el(
    "div",
    { class: `head is-${state}` },
    el(
      "p",
      { class: "about" },
      el("strong", { class: "state" }, STATE_WORDS[state]),
      edit.pin ? el("strong", { class: "state" }, "Pinned") : null,
      edit.tell && state === "listed" ? el("strong", {}, "Told once a line of it is confirmed") : null,
      edit.section || (state === "told" && article.section) ? el("span", {}, edit.section || article.section) : null,
      article.outlet ? el("span", {}, el("bdi", {}, foreign(article.outlet, article.lang))) : null,
      article.date ? el("span", {}, article.date) : null,
      article.language ? el("span", {}, article.language) : null,
      article.update ? el("strong", {}, "Updated") : null,
    ),
    el(
      "h3",
      { id: `h-${article.id}` },
      el("button", { type: "button", class: "open", "data-key": key("open"), "aria-expanded": String(isOpen(article)), "aria-controls": `b-${article.id}`, onclick: () => toggleOpen(article) }, foreign(headlineOf(article), article.lang)),
    ),
    isForeign ? el("p", { class: "original", lang: article.lang, dir: article.dir }, article.original) : null,
    state === "listed" || state === "out"
      ? el("p", { class: "why" }, article.why, article.command ? [" A better model: ", el("code", {}, article.command)] : null)
      : null,
    el("p", { class: "figures" }, figuresOf(article)),
    el(
      "p",
      { class: "acts" },
      isWithheld(article) && state !== "dropped"
        ? button(edit.tell ? "Withhold again" : "Tell", key("tell"), () => tell(article), { class: edit.tell ? "" : "main", title: "Print it in English (t)" })
        : null,
      article.state === "out" && !edit.drop ? null : button(edit.drop ? "Take back in" : "Drop", key("drop"), () => drop(article), { title: "Leave it out of the issue (d)" }),
      state === "dropped" || state === "out" ? null : button(edit.pin ? "Unpin" : "Pin", key("pin"), () => pin(article), { title: "Before all others (p)" }),
      button("Edit", key("edit"), () => editFields(article), { title: "Headline, summary, note, section (e)" }),
      article.url ? link(article.url, "Original page") : null,
    ),
  );
};

const figuresOf = (article) => {
  if (!article.original) return article.rows.length ? "In English: nothing was translated." : "";
  const decided = article.rows.filter((row) => row.k !== undefined).length;
  return [
    plural(article.count, "sentence"),
    article.doubtful ? `, ${article.doubtful} in doubt` : ", none in doubt",
    article.mean === null ? "" : `, on average ${percent(article.mean)} sure`,
    decided ? `, ${decided} confirmed or corrected by you` : "",
    article.model ? `. Translated by ${article.model}` : "",
  ].join("");
};

const bodyOf = (article) => [
  article.warnings.length ? el("ul", { class: "warnings" }, article.warnings.map((warning) => el("li", {}, foreign(warning, article.lang)))) : null,
  printedOf(article),
  fieldsOf(article),
  el("p", { class: "columns", "aria-hidden": true }, article.original ? [el("span", {}, article.language || "Original"), el("span", {}, "English")] : "English"),
  rowsOf(article),
  article.original ? nameFields(article) : null,
];

const printedOf = (article) => {
  const summary = ["told", "saved"].includes(stateOf(article)) ? valueOf(article, "summary") : "";
  const { note } = editOf(article.id);
  return el(
    "div",
    { class: "printed" },
    summary ? el("p", {}, el("strong", {}, "Summary "), foreign(summary, article.lang)) : null,
    note ? el("p", {}, el("strong", {}, "Your note "), foreign(note, article.lang)) : null,
  );
};

// What is printed unless the editor says otherwise.
const valueOf = (article, field) => {
  const edit = editOf(article.id);
  if (edit[field]) return edit[field];
  if (field === "headline") return headlineOf(article);
  if (field === "summary") return article.summary;
  return field === "section" ? sectionOf(article) : "";
};

const fieldId = (article, field) => `f-${article.id}-${field}`;

const fieldOf = (article, field) => byHand(fieldId(article, field));

const fieldsOf = (article) => {
  const save = button("Save", `${article.id}-save`, () => saveFields(article), { class: "main", disabled: true });
  const changed = () => {
    save.disabled = !Object.keys(changedFields(article)).length;
  };
  return el(
    "fieldset",
    { class: "fields words", hidden: true },
    el("legend", {}, "Your words go before the machine’s"),
    FIELDS.map(([field, label, tag]) =>
      el(
        "label",
        {},
        el("span", {}, label),
        el(tag, {
          id: fieldId(article, field),
          value: valueOf(article, field),
          "data-before": valueOf(article, field),
          maxlength: field === "summary" ? 2000 : 300,
          rows: tag === "input" ? null : Math.ceil(linesFor(valueOf(article, field)) / 2),
          list: field === "section" ? "sections" : null,
          oninput: changed,
          onkeydown: (event) => {
            if (event.key === "Escape") {
              event.target.closest("fieldset").hidden = true;
              focusOn(`${article.id}-edit`);
              event.stopPropagation();
            }
            if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            saveFields(article);
          },
        }),
      ),
    ),
    el(
      "p",
      { class: "acts" },
      save,
      button("Move up", `${article.id}-up`, () => move(article, -1), { title: "Within its section" }),
      button("Move down", `${article.id}-down`, () => move(article, 1), { title: "Within its section" }),
    ),
  );
};

// The fields that say something else than before; an emptied one goes back to the machine.
const changedFields = (article) => {
  const changes = {};
  for (const [field] of FIELDS) {
    const input = fieldOf(article, field);
    if (!input) continue;
    const value = oneLine(input.value);
    if (value !== oneLine(input.dataset.before)) changes[field] = value;
  }
  return changes;
};

const saveFields = (article) => {
  const changes = changedFields(article);
  if (!Object.keys(changes).length) return say("Nothing was changed.");
  fieldOf(article, "headline").closest("fieldset").hidden = true;
  focusOn(`${article.id}-edit`);
  return editArticle(article, changes, "Edited");
};

const editFields = (article) => {
  showFields(article);
  fieldOf(article, "headline").focus();
};

const showFields = (article) => {
  openArticle(article);
  fieldOf(article, "headline").closest("fieldset").hidden = false;
};

const nameFields = (article) => {
  const found = [...new Set(article.rows.flatMap((row) => (row.o ?? []).filter((part) => part[0] === "name" && typeof part !== "string").map((part) => part[1])))];
  const source = el("input", { id: `n-${article.id}`, lang: article.lang, dir: article.dir, list: `l-${article.id}`, maxlength: 200 });
  const english = el("input", { id: `m-${article.id}`, maxlength: 200 });
  const known = () => {
    english.value = nameOf(article.lang, source.value.trim()) || english.value;
  };
  source.addEventListener("change", known);
  const save = () => {
    const said = { source: oneLine(source.value), english: oneLine(english.value) };
    if (!said.source || !said.english) return say("A name needs both: as the article writes it, and in English.");
    decide({ kind: "name", language: article.lang, ...said }, "Name kept for the next run");
  };
  const mine = [...DATA.names, ...pending.names].filter((name) => name.english && isOf(name.language, article.lang) && article.rows.some((row) => textOf(row.o).includes(name.source)));
  return el(
    "fieldset",
    { class: "fields names" },
    el("legend", {}, "Fix a name everywhere"),
    el("label", {}, el("span", {}, "As the article writes it"), source),
    el("label", {}, el("span", {}, "In English"), english),
    el("datalist", { id: `l-${article.id}` }, found.map((name) => el("option", { value: name }))),
    el("p", { class: "acts" }, button("Save the name", `${article.id}-name`, save)),
    mine.length
      ? el("ul", { class: "known" }, mine.map((name) =>
          el("li", {}, el("span", { lang: article.lang, dir: article.dir }, name.source), ` is ${name.english} `,
            button("Forget", `${article.id}-forget-${name.source}`, () => decide({ kind: "name", ...name, english: "" }, "Name forgotten")))))
      : null,
  );
};

const opened = new Set();
const isOpen = (article) => opened.has(article.id);

const openArticle = (article) => {
  if (isOpen(article)) return;
  opened.add(article.id);
  const card = byHand(`a-${article.id}`);
  const body = card.querySelector(".body");
  body.replaceChildren(...bodyOf(article).filter(Boolean));
  body.hidden = false;
  card.querySelector(".open").setAttribute("aria-expanded", "true");
};

const closeArticle = (article) => {
  if (!isOpen(article)) return;
  opened.delete(article.id);
  const card = byHand(`a-${article.id}`);
  if (!card) return;
  const body = card.querySelector(".body");
  body.hidden = true;
  body.replaceChildren();
  card.querySelector(".open").setAttribute("aria-expanded", "false");
};

const toggleOpen = (article) => {
  current = article;
  if (isOpen(article)) closeArticle(article);
  else openArticle(article);
};

const focusOn = (key) => document.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus();

// After a decision: the head and the rows anew; what the editor is writing in the fields stays.
const refresh = (article) => {
  const card = byHand(`a-${article.id}`);
  if (!card) return;
  const active = document.activeElement;
  const key = card.contains(active) ? active.dataset.key : null;
  const id = card.contains(active) ? active.id : null;
  card.querySelector(".head").replaceWith(headOf(article));
  if (isOpen(article)) {
    for (const row of article.rows) refreshRow(article, row);
    for (const [field] of FIELDS) {
      const input = fieldOf(article, field);
      const value = valueOf(article, field);
      if (oneLine(input.value) === oneLine(input.dataset.before) || oneLine(input.value) === oneLine(value)) input.value = value;
      input.dataset.before = value;
    }
    fieldOf(article, "headline").dispatchEvent(new Event("input"));
    card.querySelector(".names")?.replaceWith(nameFields(article));
    card.querySelector(".printed").replaceWith(printedOf(article));
  }
  if (key) focusOn(key);
  else if (id) byHand(id)?.focus();
};
