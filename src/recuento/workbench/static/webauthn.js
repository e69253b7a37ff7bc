// Asks the browser for a security key when a form that needs one is sent. Nothing is asked of any other host.
"use strict";
(() => {
  const bytes = text => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), c => c.charCodeAt(0));
  const text = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const opened = keys => (keys || []).map(key => ({ ...key, id: bytes(key.id) }));

  // The options come as JSON, in which bytes are base64url.
  function options(plain) {
    const found = { ...plain, challenge: bytes(plain.challenge) };
    if (plain.user) found.user = { ...plain.user, id: bytes(plain.user.id) };
    if (plain.excludeCredentials) found.excludeCredentials = opened(plain.excludeCredentials);
    if (plain.allowCredentials) found.allowCredentials = opened(plain.allowCredentials);
    return found;
  }

  function told(credential) {
    const { response } = credential, said = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"])
      if (response[name]) said[name] = text(response[name]);
    if (response.getTransports) said.transports = response.getTransports();
    return {
      id: credential.id, rawId: text(credential.rawId), type: credential.type, response: said,
      authenticatorAttachment: credential.authenticatorAttachment,
      clientExtensionResults: credential.getClientExtensionResults(),
    };
  }

  async function ask(form) {
    const status = form.querySelector("[data-said]");
    status.textContent = form.dataset.waits;
    try {
      const publicKey = options(JSON.parse(form.dataset.options).publicKey);
      const made = form.dataset.webauthn === "create"
        ? await navigator.credentials.create({ publicKey }) : await navigator.credentials.get({ publicKey });
      form.elements.credential.value = JSON.stringify(told(made));
      form.submit();
    } catch { status.textContent = navigator.credentials ? form.dataset.failed : form.dataset.none; }
  }

  document.addEventListener("submit", event => {
    if (!event.target.matches("[data-webauthn]")) return;
    event.preventDefault();
    ask(event.target);
  });
})();
