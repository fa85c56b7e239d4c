// What the framework says in English only, said in the language of the screen: its fixed `lang`,
// its skip link, and the names of its own buttons, which screen readers read out.
(() => {
  const NAMES = ["aria-label", "placeholder", "title"];
  document.documentElement.lang = "__LANGUAGE__";
  document.querySelectorAll("[data-testid=stSkipToContent]")
    .forEach(link => { link.textContent = "__SKIP__"; });
  window.mekikiWords = __WORDS__;
  const said = value => {
    for (const [from, to] of window.mekikiWords) {
      if (value === from) return to;
      if (from.endsWith(" ") && value.startsWith(from)) return to + value.slice(from.length);
    }
    return value;
  };
  const mend = element => NAMES.forEach(name => {
    const value = element.getAttribute(name);
    if (value && said(value) !== value) element.setAttribute(name, said(value));
  });
  const mendAll = root => {
    mend(root);
    root.querySelectorAll(NAMES.map(name => `[${name}]`).join()).forEach(mend);
  };
  mendAll(document.body);
  if (window.mekikiWatch) return;
  window.mekikiWatch = new MutationObserver(changes => changes.forEach(change => {
    if (change.type === "attributes") mend(change.target);
    change.addedNodes.forEach(node => { if (node.nodeType === 1) mendAll(node); });
  }));
  window.mekikiWatch.observe(document.body,
    { subtree: true, childList: true, attributes: true, attributeFilter: NAMES });
})();
