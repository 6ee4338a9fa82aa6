/* The live room: screens that are out of sight ask nothing, votes that did not arrive are sent again, clocks count down, and
   the console can be worked with keys. */

(() => {
  "use strict";

  const one = (selector) => document.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];

  /* --- Asking for news: not out of sight, and not while a vote is on its way, which the news may not know yet ---------- */

  /* By the element that asked: events of one that was swapped away are sent to what is left around it. */
  const asker = (detail) => detail.requestConfig?.elt || detail.elt;
  const asksForNews = (element) => element.matches?.("[data-poll]");
  const votes = (element) => element.matches?.("form[data-vote]");
  let underWay = 0;

  document.addEventListener("htmx:beforeRequest", (event) => {
    const element = asker(event.detail);
    if (asksForNews(element) && (document.hidden || underWay)) event.preventDefault();
    if (!votes(element)) return;
    underWay++;
    unsent = null; // what is on its way is newer
  });

  document.addEventListener("htmx:beforeSwap", (event) => {
    if (asksForNews(asker(event.detail)) && underWay) event.detail.shouldSwap = false;
  });

  const look = () => {
    const screen = one("[data-poll]");
    if (screen && !document.hidden) htmx.trigger(screen, "look");
  };

  document.addEventListener("visibilitychange", look);
  window.addEventListener("online", look);
  window.addEventListener("pageshow", (event) => { if (event.persisted) look(); });

  /* A room that is over may be opened again: its screens look now and then for a while, and later when somebody comes back to them. */
  const AGAIN = 15000, LOOKS = 60;
  let looks = 0;

  setInterval(() => {
    const over = one('[data-moment="ended"][data-poll]');
    looks = over ? looks + 1 : 0;
    if (over && looks <= LOOKS) look();
  }, AGAIN);

  /* --- What did not arrive: votes are sent again, everything else is said ---------------------------------------------- */

  let unsent = null; // a vote's form, its round and its answer
  let lost = false; // something else

  const tell = (state) => {
    const line = one("#unsent");
    if (!line) return;
    const words = (state && line.dataset[state]) || "";
    if (line.textContent !== words) line.textContent = words;
  };

  const again = () => {
    const form = one("form[data-vote]");
    const { round, answer } = unsent;
    unsent = null;
    if (!form || form.elements.round.value !== round) return; // the room has moved on
    form.elements.answer.value = answer;
    form.requestSubmit();
  };

  for (const failure of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    document.addEventListener(failure, ({ detail }) => {
      const form = asker(detail);
      if (votes(form)) unsent = { round: form.elements.round.value, answer: form.elements.answer.value };
      else if (!asksForNews(form)) lost = true;
      tell(unsent ? "unsent" : lost ? "lost" : "offline");
    });
  }

  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    const element = asker(detail);
    if (votes(element)) underWay = Math.max(0, underWay - 1);
    const { status } = detail.xhr;
    if (!status || status >= 500) return;
    if (votes(element) && status >= 400 && status !== 409 && status !== 422) return location.reload(); // whose page says why
    if (!asksForNews(element)) lost = false;
    if (unsent) again();
    else tell(lost ? "lost" : "");
  });

  /* --- Clocks: the server says how long is left, so that a wrong clock on a phone does no harm ------------------------- */

  const clocks = new WeakMap();

  const tick = () => {
    for (const clock of all("[data-left]")) {
      if (!clocks.has(clock)) clocks.set(clock, { ends: performance.now() + clock.dataset.left * 1000, whole: Number(clock.dataset.whole), spoken: new Set() });
      const { ends, whole, spoken } = clocks.get(clock);
      const left = Math.max(0, Math.round((ends - performance.now()) / 1000));
      const figure = clock.querySelector("b");
      const shown = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
      if (figure && figure.textContent !== shown) figure.textContent = shown;
      for (const [name, at] of [["half", Math.round(whole / 2)], ["ten", 10], ["up", 0]]) {
        if (left === at && whole > 10 && !spoken.has(name)) {
          spoken.add(name);
          const words = one("#unsent")?.dataset[name];
          if (words && one("#said")) one("#said").textContent = words;
        }
      }
    }
  };

  setInterval(tick, 500);
  tick();

  /* --- What somebody has unfolded stays so from question to question ----------------------------------------------------- */

  const unfold = () => {
    for (const fold of all("details[data-kept]")) fold.open = sessionStorage.getItem(fold.dataset.kept) === "open";
  };

  document.addEventListener("toggle", ({ target }) => {
    const { kept } = target.dataset;
    if (kept) sessionStorage.setItem(kept, target.open ? "open" : "shut");
  }, true); // it does not bubble
  document.addEventListener("htmx:load", unfold);
  unfold();

  /* --- The console by keys: each stands on its button, and they can be switched off -------------------------------------- */

  const typing = (element) => element.matches?.("input:not([type=radio], [type=checkbox], [type=hidden]), textarea, select, [contenteditable]");
  const switched = () => one("#keys");

  document.addEventListener("keydown", (event) => {
    if (!switched()?.checked || event.ctrlKey || event.metaKey || event.altKey || event.repeat || typing(event.target)) return;
    const key = event.key.toLowerCase();
    const goal = all("[data-key]").find((each) => each.dataset.key === key && each.checkVisibility());
    if (!goal) return;
    event.preventDefault();
    if (goal.matches("button, summary")) goal.click();
    else goal.focus();
    if (goal.type === "radio") goal.checked = true;
  });

  document.addEventListener("change", ({ target }) => {
    if (target.id === "keys") sessionStorage.setItem("keys", target.checked ? "on" : "off");
  });
  if (switched()) switched().checked = sessionStorage.getItem("keys") !== "off";

  /* --- A note that was typed when somebody else went on is kept all the same -------------------------------------------- */

  document.addEventListener("input", ({ target }) => {
    const form = target.closest("form.note");
    if (form) form.dataset.typed = "1";
  });

  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    const form = asker(detail);
    if (form.matches?.("form.note") && detail.successful) delete form.dataset.typed;
  });

  const keepNote = (part) => {
    const form = part.querySelector("form.note[data-typed]");
    if (form) navigator.sendBeacon(form.action, new FormData(form));
  };

  /* --- Who was at work in a part that is swapped goes on at its heading, or at what went wrong -------------------------- */

  let inside = null;

  const before = ({ detail: { target } }) => {
    if (target.id === "work") keepNote(target);
    if (["room", "work"].includes(target.id)) inside = target.contains(document.activeElement) ? target.id : null;
  };

  const after = () => {
    const part = inside && document.getElementById(inside);
    if (!part || document.activeElement !== document.body) return;
    inside = null;
    const wrong = part.querySelector("[role=alert]");
    if (wrong) wrong.focus();
    else part.querySelector("h1")?.focus({ preventScroll: true });
  };

  document.addEventListener("htmx:beforeSwap", before);
  document.addEventListener("htmx:oobBeforeSwap", before);
  document.addEventListener("htmx:afterSettle", after);
  document.addEventListener("htmx:oobAfterSwap", after);
})();
