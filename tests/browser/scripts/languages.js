// Text whose letters are of another script than the language that the page says it is in, or of the wrong direction.
() => {
  const codes = [
    "Latn", "Arab", "Armn", "Beng", "Cyrl", "Deva", "Ethi", "Geor", "Grek", "Gujr", "Guru", "Hang", "Hani", "Hebr",
    "Hira", "Kana", "Khmr", "Knda", "Laoo", "Mlym", "Mymr", "Orya", "Sinh", "Taml", "Telu", "Thaa", "Thai", "Tibt",
  ];
  const patterns = codes.map((code) => [code, new RegExp(`^\\p{Script=${code}}`, "u")]);
  const scriptOf = (letter) => (patterns.find(([, pattern]) => pattern.test(letter)) || ["unknown"])[0];
  const mixed = { Hans: ["Hani"], Hant: ["Hani"], Jpan: ["Hani", "Hira", "Kana"], Kore: ["Hang", "Hani"] };
  const scriptsOf = (language) => {
    const script = new Intl.Locale(language).maximize().script;
    return mixed[script] || [script];
  };
  const rightToLeft = ["Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm"];
  const found = [];
  const check = (text, element, what) => {
    const letters = text.match(/\p{L}/gu) || [];
    const foreign = [...new Set(letters.map(scriptOf))].filter((script) => script !== "Latn");
    if (!foreign.length) return;
    const marked = element.closest("[lang]");
    const allowed = marked ? scriptsOf(marked.lang) : [];
    const wrong = foreign.filter((script) => !allowed.includes(script));
    const where = `${what} of ${element.tagName.toLowerCase()}.${element.className}`;
    if (wrong.length) {
      found.push(`${wrong} in lang=${marked && marked.lang}, ${where}: ${text.trim().slice(0, 80)}`);
      return;
    }
    if (!marked.hasAttribute("dir")) found.push(`no dir, ${where}: ${text.trim().slice(0, 80)}`);
    const expected = rightToLeft.includes(foreign[0]) ? "rtl" : "ltr";
    if (getComputedStyle(element).direction !== expected) found.push(`not ${expected}, ${where}: ${text.trim()}`);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!["SCRIPT", "STYLE"].includes(parent.tagName)) check(walker.currentNode.data, parent, "text");
  }
  for (const element of document.body.querySelectorAll("[title], [aria-label], [alt], [placeholder]")) {
    for (const attribute of ["title", "aria-label", "alt", "placeholder"]) {
      check(element.getAttribute(attribute) || "", element, attribute);
    }
  }
  return found;
}
