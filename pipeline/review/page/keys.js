// The keyboard. A key that is typed into a field is text.
const HELP = [
  ["j k", "next, previous article"],
  ["n N", "next, previous sentence in doubt"],
  ["o", "open or close the article"],
  ["t", "tell a withheld article, or withhold it again"],
  ["d", "drop the article, or take it back in"],
  ["p", "pin the article"],
  ["e", "correct the sentence; in no sentence, edit headline and summary"],
  ["c", "confirm the sentence: the English is right"],
  ["q", "quote the sentence in the summary"],
  ["f", "fix a name: the selected words, or by hand"],
  ["u", "undo"],
  ["/", "search"],
  ["?", "this list"],
];

// Who dictates, or rests a hand on the keyboard, can turn single keys off; `?` stays.
const KEYS_OFF = "worldbrief-review-keys-off";

const keysAct = () => {
  try {
    return !localStorage.getItem(KEYS_OFF);
  } catch {
    return true;
  }
};

const setKeys = (act) => {
  try {
    if (act) localStorage.removeItem(KEYS_OFF);
    else localStorage.setItem(KEYS_OFF, "1");
  } catch {
    say("This browser does not keep it.");
  }
};

const showHelp = () => {
  const dialog = byHand("help") ?? el(
    "dialog",
    { id: "help", "aria-labelledby": "help-title" },
    el("h2", { id: "help-title" }, "Keys"),
    el("dl", {}, HELP.flatMap(([keys, does]) => [el("dt", {}, keys.split(" ").map((key) => el("kbd", {}, key))), el("dd", {}, does)])),
    el("label", { class: "switch" }, el("input", { type: "checkbox", checked: keysAct(), onchange: (event) => setKeys(event.target.checked) }), " Single keys act"),
    el("form", { method: "dialog" }, el("button", {}, "Close")),
  );
  if (!dialog.isConnected) document.body.append(dialog);
  dialog.showModal();
};

const show = (element) => {
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: element.classList.contains("row") ? "center" : "start" });
};

const goTo = (article) => {
  if (!article) return;
  while (shown.indexOf(article) >= limit) showMore();
  if (current && current !== article && byHand(`a-${current.id}`) && !Object.keys(changedFields(current)).length) closeArticle(current);
  current = article;
  openArticle(article);
  const card = byHand(`a-${article.id}`);
  card.querySelector(".open").focus({ preventScroll: true });
  card.scrollIntoView({ block: "start" });
};

const step = (by) => {
  const at = shown.indexOf(current);
  const next = shown[at < 0 ? (by > 0 ? 0 : shown.length - 1) : at + by];
  if (next) goTo(next);
  else say(by > 0 ? "That was the last article." : "That was the first article.");
};


const focusedRow = () => {
  const element = document.activeElement?.closest(".row");
  if (!element) return null;
  const [, id, at] = element.id.match(/^s-(.*)-(\d+)$/);
  const article = articleOf.get(id);
  return { article, row: article.rows[at] };
};

const nextDoubt = (by) => {
  const here = focusedRow();
  const from = Math.max(0, shown.indexOf(here?.article ?? current));
  const spots = shown.flatMap((article, place) => article.rows.filter((row) => isDoubted(article, row) || row === here?.row).map((row) => ({ article, row, place })));
  const at = here ? spots.findIndex((spot) => spot.row === here.row) : -1;
  const further = here ? spots[at + by] : by > 0 ? spots.find((spot) => spot.place >= from) : spots.findLast((spot) => spot.place <= from);
  const found = further ?? spots.filter((spot) => isDoubted(spot.article, spot.row)).at(by > 0 ? 0 : -1);
  if (!found) return say("No sentence is in doubt any more.");
  if (!further) say(by > 0 ? "That was the last one; from the top." : "That was the first one; from the end.");
  if (found.article !== current || !isOpen(found.article)) goTo(found.article);
  show(shownRow(found.article, found.row));
};

const fixName = (article) => {
  const selected = oneLine(String(getSelection()));
  openArticle(article);
  const [source, english] = [byHand(`n-${article.id}`), byHand(`m-${article.id}`)];
  if (!source) return;
  if (selected && selected.length <= 200) source.value = selected;
  (source.value ? english : source).focus();
};

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  n: () => nextDoubt(1),
  N: () => nextDoubt(-1),
  o: () => current && (toggleOpen(current), byHand(`a-${current.id}`).querySelector(".open").focus()),
  t: () => current && tell(current),
  d: () => current && drop(current),
  p: () => current && pin(current),
  e: () => {
    const here = focusedRow();
    if (here?.row.o && !here.row.a) correctRow(here.article, here.row);
    else if (current) editFields(current);
  },
  c: () => {
    const here = focusedRow();
    if (!here?.row.o || here.row.a) return say("Choose a sentence first, with n or by a click.");
    confirmRow(here.article, here.row);
    byHand(rowId(here.article, here.row))?.focus();
  },
  q: () => {
    const here = focusedRow();
    if (here && here.row.p >= 0) quoteRow(here.article, here.row);
  },
  f: () => current && fixName(current),
  u: () => undo(),
  "/": () => byHand("search").focus(),
  "?": showHelp,
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.querySelector("dialog[open]")) return;
  if (event.target.closest("input, textarea, select")) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const act = KEYS[event.key];
  if (!act || (!keysAct() && event.key !== "?")) return;
  event.preventDefault();
  act();
});

document.addEventListener("focusin", (event) => {
  const card = event.target.closest?.(".card");
  if (card) current = articleOf.get(card.id.slice(2));
  for (const other of document.querySelectorAll(".card.current")) if (other !== card) other.classList.remove("current");
  card?.classList.add("current");
});

document.addEventListener("click", (event) => {
  const row = event.target.closest(".row");
  if (row && !event.target.closest("button, textarea, a") && !String(getSelection())) row.focus({ preventScroll: true });
});
