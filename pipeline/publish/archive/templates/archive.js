"use strict";
// Search in the browser. The index is one file a year, loaded as a script when somebody begins to search: so it works
// in a folder on a disk as well, where a page may not fetch anything.
(() => {
  const MOST = 50;
  const form = document.getElementById("search");
  if (!form) return;
  const words = document.getElementById("words");
  const results = document.getElementById("results");
  const status = document.getElementById("status");
  const years = form.dataset.years.split(" ").filter(Boolean);
  const articles = [];
  let missing = 0;
  let loading = null;

  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  // Called by the files of the index.
  window.worldbriefIssues = (issues) => {
    for (const [issue, date, items] of issues) {
      for (const [id, headline, lang, dir, outlet, writtenIn, text] of items) {
        const words = plain(`${headline} ${outlet} ${text}`);
        articles.push({ issue, date, id, headline, lang, dir, outlet, writtenIn, words });
      }
    }
  };

  const load = () => {
    loading ??= Promise.all(
      years.map(
        (year) =>
          new Promise((done) => {
            const script = document.createElement("script");
            script.src = `search-${year}.js`;
            script.onload = done;
            script.onerror = () => {
              missing += 1;
              done();
            };
            document.head.append(script);
          }),
      ),
    ).then(() => articles.sort((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : 0)));
    return loading;
  };

  const line = (article) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `${article.issue}/index.html#a-${article.id}`;
    link.textContent = article.headline;
    link.lang = article.lang;
    link.dir = article.dir;
    const about = document.createElement("p");
    about.className = "item";
    // An outlet's name is written as it writes itself.
    const outlet = document.createElement("bdi");
    outlet.textContent = article.outlet;
    if (/[^\p{Script=Latin}\P{L}]/u.test(article.outlet)) {
      outlet.lang = article.writtenIn;
      outlet.dir = "auto";
    }
    about.append(outlet, `${article.outlet ? " · " : ""}${article.date}`);
    item.append(link, about);
    return item;
  };

  const search = async () => {
    await load();
    const asked = plain(words.value).split(/\s+/).filter(Boolean);
    if (!asked.length) {
      results.replaceChildren();
      status.textContent = "";
      return;
    }
    const found = articles.filter((article) => asked.every((word) => article.words.includes(word)));
    results.replaceChildren(...found.slice(0, MOST).map(line));
    const said = found.length > MOST ? `${found.length} articles, the newest ${MOST} of them`
      : found.length === 1 ? "1 article" : `${found.length || "No"} articles`;
    status.textContent = missing ? `${said}; ${missing} of ${years.length} years could not be loaded` : said;
  };

  let pause = 0;
  words.addEventListener("focus", load);
  words.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(search, 150);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    search();
  });
  form.hidden = false;
})();
