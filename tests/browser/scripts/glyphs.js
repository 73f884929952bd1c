// Characters that no font has: they look like one that cannot exist in any font.
() => {
  const canvas = new OffscreenCanvas(48, 48);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.textBaseline = "alphabetic";
  const drawn = (text) => {
    context.clearRect(0, 0, 48, 48);
    context.fillText(text, 8, 34);
    const pixels = context.getImageData(0, 0, 48, 48).data;
    let hash = 0;
    for (let at = 3; at < pixels.length; at += 4) hash = (hash * 31 + pixels[at]) | 0;
    return hash;
  };
  const seen = new Map();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (["SCRIPT", "STYLE"].includes(parent.tagName)) continue;
    const style = getComputedStyle(parent);
    const font = `${style.fontStyle} ${style.fontWeight} 24px ${style.fontFamily}`;
    if (!seen.has(font)) seen.set(font, new Set());
    for (const letter of walker.currentNode.data) {
      if (!/[\p{M}\p{Z}\p{Cc}\p{Cf}]/u.test(letter)) seen.get(font).add(letter);
    }
  }
  const missing = new Set();
  for (const [font, letters] of seen) {
    context.font = font;
    const nothing = drawn("\u0378");  // never assigned
    for (const letter of letters) if (drawn(letter) === nothing) missing.add(letter);
  }
  return [...missing].map((letter) => `${letter} U+${letter.codePointAt(0).toString(16).padStart(4, "0")}`);
}
