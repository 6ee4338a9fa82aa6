/* What htmx and plain HTML cannot do: saving along, focus after a step, a lost connection, local times, copying, counting letters,
   a word while a PDF is being made. */

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
    if (!navigator.clipboard || !button.hidden) return;
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

  /* "None of these" and the other boxes rule each other out, and so do a number and "I don't know". */
  const ruleOut = (fieldset) => {
    fieldset.addEventListener("change", ({ target }) => {
      if (target.type !== "checkbox" || !target.checked) return;
      const number = one("input[inputmode]", fieldset);
      if (number) number.value = "";
      const exclusive = "exclusive" in target.dataset;
      for (const box of all("input[type=checkbox]", fieldset)) {
        if (box !== target && "exclusive" in box.dataset !== exclusive) box.checked = false;
      }
    });
    fieldset.addEventListener("input", ({ target }) => {
      if (target.inputMode && target.value) all("input[type=checkbox]", fieldset).forEach((box) => { box.checked = false; });
    });
  };

  const prepare = (root) => {
    all("time[data-local-time]", root).forEach(localTime);
    all("button[data-copy]", root).forEach(offerCopying);
    all("textarea[data-counted]", root).forEach(countLetters);
    all("fieldset", root).forEach(ruleOut);
    all("form:has([data-autosave])", root).forEach(saveAlong);
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

  /* --- The status line: a live region, so its words change only when the state does ---------------------------------- */

  const say = (state, at) => {
    const line = one("#status");
    if (!line) return;
    const frame = line.parentElement;
    const words = frame.dataset[state] || "";
    if (line.textContent !== words) line.textContent = words;
    frame.dataset.state = state;
    const stored = state === "saved" || state === "draft";
    const time = one("#saved-at");
    time.hidden = !stored;
    one("svg", frame).toggleAttribute("hidden", !stored);
    if (!at) return;
    time.dateTime = at;
    localTime(time);
  };

  /* --- What stands in the way, in a banner above the buttons ---------------------------------------------------------- */

  const showTrouble = (form, kind, again, at) => {
    const template = one("#trouble");
    if (!template || !form) return;
    hideTrouble();
    const banner = template.content.firstElementChild.cloneNode(true);
    all("[data-when]", banner).forEach((line) => { line.hidden = !line.dataset.when.split(" ").includes(kind); });
    one("button", banner).addEventListener("click", again);
    const time = one("time", banner);
    if (at) { time.dateTime = at; localTime(time); }
    one(".actions:last-of-type", form).before(banner);
    if (form.contains(document.activeElement)) document.activeElement.scrollIntoView({ block: "nearest" }); // it was pushed down
    return banner;
  };

  const hideTrouble = () => all(".banner.problem").forEach((banner) => banner.remove());

  /* --- Saving while somebody answers ---------------------------------------------------------------------------------
     One save at a time and always of the whole form, so that the last one sent holds everything. `seq` lets the server
     tell which of two is the newer one, and `seen` which answer this page knows. */

  const PAUSE = 800;
  const RETRIES = [1000, 3000, 9000, 27000];
  const BOOKKEEPING = new Set(["page", "seq", "seen", "csrfmiddlewaretoken"]);
  const saver = new WeakMap();
  let seq = 0;

  const contents = (form) => new URLSearchParams([...new FormData(form)].filter(([name]) => !BOOKKEEPING.has(name) && !name.endsWith("-seen"))).toString();

  const saveAlong = (form) => {
    let kept = contents(form), sent = kept, tries = 0, pause, stopped = false, busy = false;
    seq = Math.max(seq, Number(form.dataset.seq || 0)); // a page that is shown again goes on counting
    let last = one("#saved-at")?.dateTime ? "saved" : "";

    const tell = (state, at) => {
      last = state;
      say(state, at);
    };

    const save = () => {
      clearTimeout(pause);
      if (stopped || busy || form.hasAttribute("aria-busy") || !form.isConnected || contents(form) === kept) return;
      busy = true;
      sent = contents(form);
      form.dispatchEvent(new CustomEvent("autosave"));
    };

    const later = (delay) => {
      clearTimeout(pause);
      pause = setTimeout(save, delay);
    };

    const failed = (xhr) => {
      const { status } = xhr, wait = Number(xhr.getResponseHeader("Retry-After"));
      if (status === 403 || status === 404 || status === 410) {
        stopped = true;
        tell("stopped");
        showTrouble(form, status === 403 ? "ended" : "gone");
      } else if (!navigator.onLine) {
        say("offline");
      } else if (status === 503 && wait > 0) { // it is there, and knows when to come again
        tell("unsaved");
        later(wait * 1000);
      } else if (tries < RETRIES.length) {
        tell("unsaved");
        later(RETRIES[tries++]);
      } else {
        tries = 0;
        tell("stopped");
        showTrouble(form, "server", save);
      }
    };

    form.addEventListener("saved", ({ detail: { state, at, fields } }) => {
      tries = 0;
      for (const [name, value] of Object.entries(fields || {})) form.elements[name].value = value;
      if (state === "conflict") stopped = !("several" in form.dataset); // the other answers on the page go on being saved
      if (state === "conflict" || state === "refused") {
        tell("stopped");
        if (!one(`.banner.problem [data-when=${state}]:not([hidden])`, form)) showTrouble(form, state, save, at);
        return;
      }
      hideTrouble();
      tell(state, at);
    });

    form.addEventListener("htmx:afterRequest", ({ detail: { elt, xhr, successful } }) => {
      if ("autosave" in elt.dataset) busy = false;
      if (!("autosave" in elt.dataset) || form.hasAttribute("aria-busy")) return; // Continue has taken over
      if (!successful) return failed(xhr);
      kept = sent;
      later(0); // once htmx has let go of the form
    });

    form.addEventListener("input", ({ target }) => { if (target.matches("textarea, [type=text]")) later(PAUSE); });
    form.addEventListener("change", save);

    saver.set(form, { save, restore: () => say(last), unsaved: () => !stopped && contents(form) !== kept, stop: () => clearTimeout(pause) });
  };

  const watched = () => all("form:has([data-autosave])").map((form) => [form, saver.get(form)]);

  window.addEventListener("offline", () => { if (watched().length) say("offline"); });
  window.addEventListener("online", () => {
    for (const [form, { save, restore, unsaved }] of watched()) {
      if (one(".banner.problem [data-when=offline]:not([hidden])", form)) sendAgain(form);
      else if (unsaved()) save();
      else restore();
    }
  });

  /* Whoever leaves within the pause still has the last words saved. A phone may end a page that is out of sight. */
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) watched().forEach(([, { save }]) => save());
  });
  window.addEventListener("pagehide", () => {
    for (const [form, { unsaved }] of watched()) {
      if (!unsaved()) continue;
      const body = new FormData(form);
      body.set("auto", "1");
      body.set("seq", ++seq);
      navigator.sendBeacon(one("[data-autosave]", form).getAttribute("hx-post"), body);
    }
  });

  /* --- htmx ------------------------------------------------------------------------------------------------------------ */

  let slow;

  /* By the element that asked: events of one that was swapped away are sent to what is left around it. */
  const asker = ({ detail }) => detail.requestConfig?.elt || detail.elt;
  const formOf = (event) => asker(event).closest?.("form[data-step]");
  const stepForm = (event) => (asker(event).matches?.("form[data-step]") ? asker(event) : null);

  document.addEventListener("htmx:configRequest", (event) => {
    if (formOf(event)) event.detail.parameters.seq = ++seq;
  });

  /* Before htmx hears of it, since it then ends a save that is under way. */
  const presser = new WeakMap();

  const sendAgain = (form) => form.requestSubmit(presser.get(form));

  document.addEventListener("submit", ({ target, submitter }) => {
    if (!target.matches("form[data-step]")) return;
    presser.set(target, submitter);
    saver.get(target)?.stop();
    target.setAttribute("aria-busy", "true");
  }, true);

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (!formOf(event)) return;
    clearTimeout(slow);
    slow = setTimeout(() => say("saving"), 1000);
    const form = stepForm(event);
    if (!form) return;
    const pressed = event.detail.requestConfig.triggeringEvent?.submitter;
    if (pressed) {
      pressed.setAttribute("aria-disabled", "true");
      setTimeout(() => pressed.removeAttribute("aria-disabled"), 600);
    }
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    if (!formOf(event)) return;
    clearTimeout(slow);
    const form = stepForm(event);
    if (!form) return;
    form.removeAttribute("aria-busy");
    const { xhr, successful } = event.detail;
    if (xhr.getResponseHeader("HX-Reselect")) say("stopped"); // a whole page, whose own status line stays behind
    if (successful || xhr.status === 422 || xhr.status === 409) return;
    const kind = !navigator.onLine ? "offline" : xhr.status === 404 || xhr.status === 410 ? "gone" : "server";
    say(kind === "offline" ? "offline" : "stopped");
    showTrouble(form, kind, () => sendAgain(form))?.focus();
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.localName === MAIN) prepare(event.detail.target);
  });
  document.addEventListener("htmx:oobAfterSwap", (event) => {
    delete event.detail.target.dataset.state;
    prepare(event.detail.target.isConnected ? event.detail.target : event.target); // what took its place
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target.localName === MAIN) arrive(event.detail.target);
  });

  /* --- What if: a change that did not get through would look like one without effect ---------------------------------- */

  for (const lost of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    document.addEventListener(lost, (event) => {
      const form = asker(event).closest?.("form[data-lost]");
      if (form) one("#said").textContent = form.dataset.lost;
    });
  }

  /* --- A PDF that nobody has made yet takes a moment: said, instead of seeming to do nothing --------------------------- */

  const SOON = 400; // milliseconds; what is there sooner needs no word
  const LOOK_AGAIN = 1000, LOOKS = 5; // one that takes longer has a page of its own, which says how far it is

  document.addEventListener("click", async (event) => {
    const link = event.target.closest?.("a[href]");
    const line = one("[data-making]");
    const plain = !event.button && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!link || !line || !plain || !new URL(link.href).pathname.endsWith(".pdf")) return;
    event.preventDefault();
    if (line.dataset.state) return;
    line.dataset.state = "making";
    const telling = setTimeout(() => { line.textContent = line.dataset.making; }, SOON);
    let answer = await fetch(link.href).catch(() => null);
    for (let times = 0; answer?.status === 202 && times < LOOKS; times += 1) { // a worker makes it
      await new Promise((next) => { setTimeout(next, LOOK_AGAIN); });
      answer = await fetch(link.href).catch(() => null);
    }
    const file = answer?.status === 200 && (await answer.blob().catch(() => null));
    clearTimeout(telling);
    delete line.dataset.state;
    line.textContent = file && line.textContent ? line.dataset.ready : "";
    if (!file) return location.assign(link.href); // whose page says why there is none, or how far it is
    const [, name] = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition")) ?? [];
    const saving = Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: name ?? "" });
    saving.click();
    setTimeout(() => URL.revokeObjectURL(saving.href), 60000);
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
