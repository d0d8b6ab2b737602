// Light or dark: what the person chose here, else what their system says. Runs before the first paint.
(() => {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const stored = localStorage.getItem("theme");
  const apply = (theme) => { document.documentElement.dataset.theme = theme; };
  apply(stored ?? (system.matches ? "dark" : "light"));
  system.addEventListener("change", () => {
    if (!localStorage.getItem("theme")) apply(system.matches ? "dark" : "light");
  });
})();
