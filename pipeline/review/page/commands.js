// Decisions as commands for a shell and as lines of overlay.toml.
const quoted = (text) => `'${oneLine(text).replaceAll("'", "'\\''")}'`;

const toml = (value) => {
  if (typeof value === "boolean") return String(value);
  if (Array.isArray(value)) return `[${value.map(toml).join(", ")}]`;
  // JSON's escapes are TOML's; the control character that JSON leaves alone is not.
  return JSON.stringify(oneLine(value)).replaceAll("\u007f", "\\u007F");
};

const commandsOf = (decisions) => decisions.flatMap(commandOf).join("\n");

// An empty value takes the decision back; a text may begin with a dash.
const commandOf = (decision) => {
  const which = issue.digest ? ["--digest", issue.digest] : [];
  const edit = (key, ...words) => `worldbrief edit ${[key, ...which, ...words].join(" ")}`;
  const put = (words, value) => (value.length ? edit(...words, "--", ...[value].flat().map(quoted)) : edit(...words, "--remove"));
  if (decision.kind === "article") {
    return Object.entries(decision.changes)
      .filter(([key]) => key !== "revision")
      .map(([key, value]) =>
        typeof value === "boolean" ? edit(key, decision.article, ...(value ? [] : ["--remove"])) : put([key, decision.article], value),
      );
  }
  if (decision.kind === "issue") {
    return Object.entries(decision.changes).map(([key, value]) => put(key === "note" ? [key, "issue"] : [key], value));
  }
  const { kind, language, source, english } = decision;
  const remove = english ? [] : ["--remove"];
  return [edit(kind, "--language", language, ...remove, "--", quoted(source), ...(english ? [quoted(english)] : []))];
};

const linesOf = (decisions) => {
  const lines = [];
  for (const decision of decisions) {
    if (decision.kind === "article") {
      const kept = Object.entries(editOf(decision.article)).filter(([, value]) => value);
      lines.push(`[issue.${toml(issue.id)}.article.${toml(decision.article)}]`);
      lines.push(...kept.map(([key, value]) => `${key} = ${toml(value)}`), "");
    } else if (decision.kind === "issue") {
      const kept = Object.entries(issueEdit()).filter(([, value]) => value.length);
      lines.push(`[issue.${toml(issue.id)}]`, ...kept.map(([key, value]) => `${key} = ${toml(value)}`), "");
    } else if (decision.english) {
      const { language, source, english } = decision;
      lines.push(`[[${decision.kind}]]`, `language = ${toml(language)}`, `source = ${toml(source)}`, `english = ${toml(english)}`, "");
    }
  }
  return lines.join("\n");
};

const waiting = () => [
  ...(Object.keys(pending.issue).length ? [{ kind: "issue", changes: pending.issue }] : []),
  ...Object.entries(pending.articles).map(([article, changes]) => ({ kind: "article", article, changes })),
  ...pending.names.map((name) => ({ kind: "name", ...name })),
  ...pending.sentences.map((sentence) => ({ kind: "sentence", ...sentence })),
];
