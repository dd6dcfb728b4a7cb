// The script by which whatever is wider than its window says so: it marks what overflows, and on which side there is more.

/** JavaScript as text; it asks nothing of any network. */
export const SCROLL_CLIENT = `"use strict";
(() => {
  const mark = (box) => {
    const rest = box.scrollWidth - box.clientWidth;
    box.classList.toggle("overflows", rest > 1);
    box.classList.toggle("more-right", rest - box.scrollLeft > 1);
  };
  const watcher = new ResizeObserver((entries) => {
    for (const { target } of entries) mark(target.closest(".scroll"));
  });
  for (const box of document.querySelectorAll(".scroll")) {
    watcher.observe(box);
    watcher.observe(box.firstElementChild);
    box.addEventListener("scroll", () => mark(box), { passive: true });
  }
})();
`;
