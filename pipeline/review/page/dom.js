// Elements. Text becomes text nodes and nothing else: no part of an article is ever read as HTML.
const el = (tag, attributes = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "value") made.value = value;
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return made;
};

const byHand = (id) => document.getElementById(id);

const button = (text, key, onclick, more = {}) => el("button", { type: "button", "data-key": key, onclick, ...more }, text);

// An address that a browser would not run.
const link = (url, text) => (/^https?:\/\//i.test(url) ? el("a", { href: url, rel: "external noreferrer", target: "_blank" }, text) : text);

// Letters outside Latin script within English: each run marked with its language, for fonts and screen readers.
const OTHER = "(?:(?!\\p{Script=Latin})\\p{L}\\p{M}*)";
const RUN = new RegExp(`(${OTHER}+(?:[^\\p{L}\\p{N}]{1,3}${OTHER}+)*)`, "u");
const SCRIPTS = [
  "Arab", "Armn", "Beng", "Cyrl", "Deva", "Ethi", "Geor", "Grek", "Gujr", "Guru", "Hang", "Hani", "Hebr", "Hira", "Kana",
  "Khmr", "Knda", "Laoo", "Mlym", "Mymr", "Orya", "Sinh", "Syrc", "Taml", "Telu", "Thaa", "Thai", "Tibt",
].map((code) => [code, new RegExp(`^\\p{Script=${code}}`, "u")]);
const WRITTEN_IN = { Hans: ["Hani"], Hant: ["Hani"], Jpan: ["Hani", "Hira", "Kana"], Kore: ["Hang", "Hani"] };
const LANGUAGES = { Hira: "ja", Kana: "ja", Hang: "ko" };
const RIGHT_TO_LEFT = ["Arab", "Hebr", "Syrc", "Thaa"];

const ownScripts = (language) => {
  const { script } = new Intl.Locale(language).maximize();
  return WRITTEN_IN[script] ?? [script];
};

const foreign = (text, language = "und") =>
  text.split(RUN).map((part, place) => {
    if (place % 2 === 0) return part;
    const script = SCRIPTS.find(([, pattern]) => pattern.test(part))?.[0];
    if (!script) return part;
    const lang = ownScripts(language).includes(script) ? language : (LANGUAGES[script] ?? `und-${script}`);
    return el("span", { lang, dir: RIGHT_TO_LEFT.includes(script) ? "rtl" : "ltr" }, part);
  });

const plural = (number, one, many = `${one}s`) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;

const percent = (share) => `${Math.round(share * 100)} %`;

// One line, as the files of decisions want it, without characters that a terminal would act on.
const oneLine = (text) => text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, " ").replace(/ {2,}/g, " ").trim();

const say = (text) => {
  const said = byHand("said");
  said.textContent = text;
  said.classList.add("shown");
  clearTimeout(say.timer);
  say.timer = setTimeout(() => said.classList.remove("shown"), 6000);
};

const copy = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // A page from a file has no clipboard of its own in some browsers.
    const area = el("textarea", { class: "unseen", "aria-hidden": true, value: text });
    document.activeElement.after(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
};
