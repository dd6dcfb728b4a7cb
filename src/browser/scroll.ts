// What runs in a report: whatever is wider than its window says so, and on which side there is more.

function mark(box: Element): void {
  const rest = box.scrollWidth - box.clientWidth;
  box.classList.toggle("overflows", rest > 1);
  box.classList.toggle("more-right", rest - box.scrollLeft > 1);
}

const watcher = new ResizeObserver((entries) => {
  for (const { target } of entries) mark(target.closest(".scroll") as Element);
});
for (const box of document.querySelectorAll(".scroll")) {
  watcher.observe(box);
  watcher.observe(box.firstElementChild as Element);
  box.addEventListener("scroll", () => mark(box), { passive: true });
}
