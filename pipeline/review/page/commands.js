// Decisions as commands for a shell and as lines of overlay.toml.
const quoted = (text) => `'${oneLine(text).replaceAll("'", "'\\''")}'`;

const toml = (value) => {
  if (typeof value === "boolean") return String(value);
  if (Array.isArray(value)) return `[${value.map(toml).join(", ")}]`;
  // JSON's escapes are TOML's; the control character that JSON leaves alone is not.
  return JSON.stringify(oneLine(value)).replaceAll("\u007f", "\\u007F");
};

const commandsOf = (decisions) => decisions.flatMap(commandOf).join("\n");

// What begins with a dash would be an option: texts come after `--`.
const commandOf = (decision) => {
  const command = (what, options, ...texts) => ["worldbrief edit", what, ...options, ...(texts.length ? ["--", ...texts.map(quoted)] : [])].join(" ");
  if (decision.kind === "article") {
    return Object.entries(decision.changes)
      .filter(([key]) => key !== "revision")
      .map(([key, value]) => command(key, [decision.article, ...(value ? [] : ["--remove"])], ...(value && value !== true ? [value] : [])));
  }
  if (decision.kind === "issue") {
    return Object.entries(decision.changes).map(([key, value]) => {
      if (key === "note") return command("note", ["issue", ...(value ? [] : ["--remove"])], ...(value ? [value] : []));
      return value.length ? command(key, [], ...value) : command(key, ["--remove"]);
    });
  }
  const { kind, language, source, english } = decision;
  return [english ? command(kind, ["--language", language], source, english) : command(kind, ["--language", language, "--remove"], source)];
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
