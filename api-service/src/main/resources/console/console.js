// What every page for those who are logged in can do beyond HTML: "/" goes to the search, and a page that changes is shown anew.
"use strict";

document.addEventListener("keydown", event => {
  const typing = event.target.closest("input, select, textarea");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const search = document.querySelector("main [data-search]") ?? document.getElementById("search");
    if (search !== null) {
      event.preventDefault();
      search.focus();
    }
  }
});

const live = document.querySelector("[data-live]");
if (live !== null) {
  const state = document.querySelector("[data-live-state]");
  const policy = window.trustedTypes?.createPolicy("gyre-live", { createHTML: html => html });
  const source = new EventSource(live.dataset.live);

  const say = (words, shape) => {
    if (state.textContent !== words) {
      state.textContent = words;
      state.className = `live-state ${shape}`;
    }
  };

  // Part by part, and only those that are others than before, so that nothing jumps. What somebody marks stays until it is copied;
  // the focus stays where it was.
  const show = html => {
    if (!getSelection().isCollapsed && live.contains(getSelection().anchorNode)) {
      return;
    }
    const fresh = document.createElement("template");
    fresh.innerHTML = policy === undefined ? html : policy.createHTML(html);
    for (const part of fresh.content.querySelectorAll("[data-part]")) {
      const old = live.querySelector(`[data-part="${part.dataset.part}"]`);
      if (old === null || old.isEqualNode(part)) {
        continue;
      }
      const focused = old.contains(document.activeElement) ? document.activeElement : null;
      const address = focused?.getAttribute("href");
      old.replaceWith(part);
      if (focused === old) {
        part.focus();
      } else if (address) {
        part.querySelector(`[href="${CSS.escape(address)}"]`)?.focus();
      }
    }
  };

  source.addEventListener("part", event => {
    show(event.data);
    say("Shown anew as it changes.", "moves");
  });
  source.addEventListener("over", event => {
    source.close();
    say(event.data, "open");
  });
  source.addEventListener("error", () => {
    say(
      source.readyState === EventSource.CLOSED
        ? "Not shown anew any more: load the page again."
        : "The connection is lost, and is made again.",
      "late",
    );
  });
  addEventListener("pagehide", () => source.close());
}
