/* What signing in gains from scripts: passkeys, and a password that can be looked at. */

(() => {
  "use strict";

  const one = (selector, root = document) => root.querySelector(selector);

  /* --- A password that can be looked at ----------------------------------------------------------------------------- */

  for (const button of document.querySelectorAll("button[data-reveal]")) {
    const field = document.getElementById(button.dataset.reveal), words = button.firstChild, show = words.textContent;
    button.hidden = false;
    button.addEventListener("click", () => {
      const shown = field.type === "password";
      field.type = shown ? "text" : "password";
      words.textContent = shown ? button.dataset.hide : show;
    });
    field.form.addEventListener("submit", () => { field.type = "password"; }); // so that no browser keeps it as text
  }

  /* --- Passkeys: the page says what is asked of them, or the server when the button is pressed ---------------------- */

  const form = one("form[data-passkey]");
  if (!form) return;
  const kinds = { create: "addForm", get: "authenticateForm", login: "loginForm" };
  const ids = { add: "passkey", authenticate: "passkey", login: "passkey", credential: "credential", passwordless: "passwordless" };
  const data = one("#passkey-data");
  const button = one("#passkey", form);
  button.type = "button"; // the form is sent when the passkey has answered
  window.allauth.webauthn.forms[kinds[form.dataset.passkey]]({ ids, data: data && JSON.parse(data.textContent) });
  const refused = one("[data-refused]", form);
  button.addEventListener("click", () => { refused.hidden = true; });
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    refused.hidden = false;
  });
})();
