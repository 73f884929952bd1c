// What is below the articles: decisions to copy, or what the server can do.
const showFoot = () => {
  const decisions = waiting();
  const foot = byHand("foot");
  const active = document.activeElement?.dataset?.key;
  foot.replaceChildren(...(DATA.served ? servedFoot(decisions) : copyFoot(decisions)));
  if (active) focusOn(active);
};

const copyFoot = (decisions) =>
  decisions.length
    ? [
        el("p", {}, `${plural(decisions.length, "decision")} not in ${DATA.overlay} yet`),
        button("Copy the commands", "copy-commands", () => copied(commandsOf(decisions)), { class: "main" }),
        button("Look", "look", showDecisions),
      ]
    : [];

const copied = async (text) => say((await copy(text)) ? "Copied." : "This browser does not let the page copy: select the text and copy it.");

const showDecisions = () => {
  byHand("decisions")?.remove();
  const decisions = waiting();
  const block = (id, label, text) => [
    el("label", {}, el("span", {}, label), el("textarea", { id, readonly: true, rows: 8, value: text, spellcheck: "false" })),
    button("Copy", `copy-${id}`, () => copied(text)),
  ];
  const dialog = el(
    "dialog",
    { id: "decisions", "aria-labelledby": "decisions-title" },
    el("h2", { id: "decisions-title" }, plural(decisions.length, "decision")),
    el("p", {}, "Run the commands where the configuration is, or put the lines into the file; a table that is there already is replaced. Then run the issue again. They are kept in this browser until then."),
    block("commands", "Commands for a shell", commandsOf(decisions)),
    block("lines", `Lines for ${DATA.overlay}`, linesOf(decisions)),
    el(
      "form",
      { method: "dialog" },
      el("button", {}, "Close"),
      button("I have saved them: forget them here", "forget", () => {
        settle(pending);
        keep();
        undone.length = 0;
        dialog.close();
        showFoot();
      }),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
};

const servedFoot = (decisions) => [
  el("p", {}, decisions.length ? `${plural(decisions.length, "decision")} not saved` : `Decisions are saved in ${DATA.overlay}`),
  decisions.length ? button("Save again", "again", () => send("Sent")) : null,
  DATA.can.includes("build") ? button("Build again", "build", () => ask("api/build", "Building the issue again…"), { class: "main" }) : null,
  DATA.can.includes("approve") ? button("Approve", "approve", () => ask("api/approve", "Approving…")) : null,
].filter(Boolean);

const ask = async (path, words) => {
  await sending;
  if (pendingCount()) return say("Some decisions are not saved yet: save them first.");
  const buttons = [...byHand("foot").querySelectorAll("button")];
  for (const one of buttons) one.disabled = true;
  say(words);
  let answer = await post(path, {});
  while (answer.building) {
    if (answer.said) say(answer.said);
    await new Promise((done) => setTimeout(done, 500));
    answer = await post("api/state", {});
  }
  for (const one of buttons) one.disabled = false;
  if (answer.error) return say(answer.error);
  if (path !== "api/build") return say(answer.said);
  try {
    sessionStorage.setItem(KEPT, JSON.stringify({ said: answer.said, at: current?.id }));
  } catch {
    // Without storage the page says nothing after it is loaded anew.
  }
  location.reload();
};

const issueFields = () => {
  const edits = issueEdit();
  const note = el("textarea", { id: "issue-note", rows: 2, value: edits.note, maxlength: 2000 });
  const names = [...new Set([...edits.sections, ...DATA.sections])];
  const save = () => {
    const value = oneLine(note.value);
    if (value !== issueEdit().note) decide({ kind: "issue", changes: { note: value } }, "Note saved");
  };
  const first = (name) => {
    decide({ kind: "issue", changes: { sections: [name, ...issueEdit().sections.filter((one) => one !== name)] } }, `“${name}” comes first`);
    byHand("issue").replaceWith(issueFields());
    byHand("issue").open = true;
  };
  return el(
    "details",
    { id: "issue" },
    el("summary", {}, edits.note ? `The issue: “${edits.note}”` : "The issue: note, order of sections"),
    el("label", {}, el("span", {}, "Editor’s note, printed at its top"), note),
    el("p", { class: "acts" }, button("Save the note", "note", save)),
    names.length > 1 ? el("ol", {}, names.map((name) => el("li", {}, name, " ", button("First", `first-${name}`, () => first(name), { "aria-label": `${name} first` })))) : null,
  );
};

const misfits = () =>
  el(
    "div",
    { class: "warnings", role: "note" },
    el("p", {}, el("strong", {}, `${plural(DATA.misfits.length, "decision")} of ${DATA.overlay} had no effect when the issue was made:`)),
    el("ul", {}, DATA.misfits.map((misfit) => el("li", {}, foreign(misfit)))),
  );

// A source that is broken is seen by what is not in the issue, which nobody can see.
const alarms = () =>
  el(
    "details",
    { id: "alarms", class: "warnings" },
    el("summary", {}, `${plural(DATA.alarms.length, "source")} may be broken`),
    el("ul", {}, DATA.alarms.map((alarm) => el("li", {}, foreign(alarm)))),
  );

const start = () => {
  byHand("when").textContent = issue.date;
  const told = articles.filter((article) => article.state === "told").length;
  const listed = articles.filter((article) => article.state === "listed").length;
  const out = articles.length - told - listed;
  byHand("counts").textContent = [`Issue ${issue.id}`, `${told} told`, `${listed} withheld`, out ? `${out} left out` : "", DATA.refusedCount ? `${DATA.refusedCount} refused or failed` : ""].filter(Boolean).join(" · ");
  restore();
  document.body.append(el("datalist", { id: "sections" }, [...new Set([...DATA.sections, ...articles.flatMap((article) => article.topics)])].map((name) => el("option", { value: name }))));
  byHand("whole").append(issueFields(), ...(DATA.alarms.length ? [alarms()] : []), ...(DATA.misfits.length ? [misfits()] : []));
  showTools();
  arrange();
  showFoot();
  if (shown.length) {
    current = shown[0];
    if (shown.length <= 30) openArticle(shown[0]);
  }
  try {
    const before = JSON.parse(sessionStorage.getItem(KEPT));
    sessionStorage.removeItem(KEPT);
    if (before?.said) say(before.said);
    if (articleOf.has(before?.at)) goTo(articleOf.get(before.at));
  } catch {
    // Nothing was kept.
  }
};

// On paper all that is shown is open, as far as paper is of use.
addEventListener("beforeprint", () => {
  let rows = 0;
  for (const article of shown) {
    rows += article.rows.length;
    if (rows <= 5000 && byHand(`a-${article.id}`)) openArticle(article);
  }
});

start();
