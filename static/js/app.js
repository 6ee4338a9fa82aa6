/* What htmx and plain HTML cannot do: focus after a step, local times, a lost connection, copying, counting letters. */

(() => {
  "use strict";

  const MAIN = "main";
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  /* --- Made ready on every page and in every step that is swapped in ------------------------------------------------ */

  const localTime = (time) => {
    const at = new Date(time.dateTime);
    if (!Number.isNaN(at.valueOf())) time.textContent = at.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hour12: false });
  };

  const offerCopying = (button) => {
    if (!navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
      button.textContent = button.dataset.done;
    });
  };

  const countLetters = (field) => {
    const line = document.getElementById(`${field.id}-count`);
    const show = () => {
      const left = Number(field.dataset.counted) - field.value.length;
      const words = left < 0 ? line.dataset.over : left === 1 ? line.dataset.one : line.dataset.many;
      line.textContent = left <= 200 ? words.replace("#", Math.abs(left).toLocaleString()) : "";
    };
    field.addEventListener("input", show);
    show();
  };

  /* "None of these" and the other boxes rule each other out. */
  const ruleOut = (fieldset) => {
    fieldset.addEventListener("change", ({ target }) => {
      if (target.type !== "checkbox" || !target.checked) return;
      const exclusive = "exclusive" in target.dataset;
      for (const box of all("input[type=checkbox]", fieldset)) {
        if (box !== target && "exclusive" in box.dataset !== exclusive) box.checked = false;
      }
    });
  };

  const prepare = (root) => {
    all("time[data-local-time]", root).forEach(localTime);
    all("button[data-copy]", root).forEach(offerCopying);
    all("textarea[data-counted]", root).forEach(countLetters);
    all("fieldset", root).forEach(ruleOut);
    all("input[data-select]", root).forEach((field) => field.addEventListener("focus", () => field.select()));
  };

  /* --- A new step: the focus goes to its heading, or to what has to be put right ---------------------------------- */

  const arrive = (main) => {
    const goal = one("#error-summary", main) || one("h1", main) || main;
    window.scrollTo(0, 0);
    goal.focus({ preventScroll: true });
  };

  /* Links to fields in the summary of mistakes: focus the field, and bring its heading into view. */
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".error-summary a");
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    field.focus({ preventScroll: true });
    (field.closest("fieldset, .field") || field).scrollIntoView({ block: "start" });
  });

  /* --- When the server cannot be reached: say so, keep everything, offer to try again -------------------------------- */

  const showTrouble = (form, status) => {
    const template = one("#trouble");
    if (!template || !form) return;
    hideTrouble();
    const banner = template.content.firstElementChild.cloneNode(true);
    const words = !navigator.onLine ? "offline" : status === 404 ? "gone" : "server";
    all("[data-when]", banner).forEach((line) => { line.hidden = line.dataset.when !== words; });
    one("button", banner).addEventListener("click", () => form.requestSubmit());
    one(".actions:last-of-type", form).before(banner);
    banner.focus();
  };

  const hideTrouble = () => all(".banner.problem").forEach((banner) => banner.remove());

  const stepForm = (event) => event.detail.elt.closest?.("form[data-step]");
  for (const trouble of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(trouble, (event) => showTrouble(stepForm(event), event.detail.xhr?.status));
  }
  window.addEventListener("online", () => all(".banner.problem [data-when=offline]:not([hidden])").forEach(() => one("form[data-step]")?.requestSubmit()));

  /* --- htmx ------------------------------------------------------------------------------------------------------------ */

  let slow;

  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = stepForm(event);
    if (!form) return;
    form.setAttribute("aria-busy", "true");
    const pressed = event.detail.requestConfig.triggeringEvent?.submitter;
    if (pressed) {
      pressed.setAttribute("aria-disabled", "true");
      setTimeout(() => pressed.removeAttribute("aria-disabled"), 600);
    }
    const status = one("#status");
    slow = setTimeout(() => { if (status) status.textContent = one("#trouble")?.dataset.saving || ""; }, 1000);
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    clearTimeout(slow);
    stepForm(event)?.removeAttribute("aria-busy");
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.localName === MAIN) prepare(event.detail.target);
  });
  document.addEventListener("htmx:oobAfterSwap", (event) => prepare(event.detail.target));
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target.localName === MAIN) arrive(event.detail.target);
  });

  /* --- Light, dark, or as the system says: at once, without loading the page again ------------------------------------ */

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-theme-switch]");
    const chosen = event.submitter?.value;
    if (!form || !chosen) return;
    event.preventDefault();
    const body = new FormData(form, event.submitter);
    fetch(form.action, { method: "POST", body, redirect: "manual" });
    if (chosen === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = chosen;
    all("button", form).forEach((button) => button.setAttribute("aria-pressed", String(button === event.submitter)));
  });

  prepare(document);
})();

/* A link may lead into details that are closed: not every browser opens them by itself. */
(() => {
  "use strict";

  const reveal = () => {
    const goal = document.getElementById(location.hash.slice(1));
    let opened = false;
    for (let box = goal?.closest("details:not([open])"); box; box = goal.closest("details:not([open])")) {
      box.open = true;
      opened = true;
    }
    if (opened) goal.scrollIntoView();
  };

  window.addEventListener("hashchange", reveal);
  reveal();
})();
