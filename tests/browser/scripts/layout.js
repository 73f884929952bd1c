// What does not fit: the page wider than the window, elements beyond its edge, and text cut off by its box.
() => {
  const width = document.documentElement.clientWidth;
  const name = (element) =>
    `${element.tagName.toLowerCase()}${element.className ? "." + element.className : ""}: ` +
    `${(element.textContent || "").trim().slice(0, 60)}`;
  const scrolls = (element) => {
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      if (["auto", "scroll"].includes(getComputedStyle(at).overflowX)) return true;
    }
    return false;
  };
  const found = [];
  const wide = Math.max(document.documentElement.scrollWidth, document.body.scrollWidth);
  if (wide > width) found.push(`the page is ${wide} px wide in a window of ${width} px`);
  for (const element of document.body.querySelectorAll("*")) {
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    if (style.display === "none" || style.visibility === "hidden" || box.width < 2 || box.height < 2) continue;
    if ((box.right > width + 1 || box.left < -1) && !scrolls(element) && style.position !== "absolute") {
      found.push(`beyond the edge (${Math.round(box.left)} to ${Math.round(box.right)}): ${name(element)}`);
    }
    // An element may clip what stands in it on purpose, but never its own text.
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (own && style.display !== "inline" && ["hidden", "clip"].includes(style.overflowX) &&
        (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1)) {
      found.push(`text cut off: ${name(element)}`);
    }
  }
  return found;
}
