// Keys, and pages that change in place. Everything works without this script, as links and forms.
"use strict";
(() => {
  const at = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const page = () => at("#page");
  const say = words => { at("#status").textContent = words; };
  // Keys pressed while the server answers wait here, in their order: whoever reviews fast loses none.
  const waiting = [];
  let timer = 0, here = location.pathname + location.search;
  const isBusy = () => "busy" in document.body.dataset;
  const setBusy = on => { if (on) document.body.dataset.busy = ""; else delete document.body.dataset.busy; };

  // Put the answer of the server in the place of the page at hand.
  async function go(address, options, push) {
    if (isBusy()) return;
    const from = document.activeElement.closest("section[aria-labelledby]");
    setBusy(true);
    try {
      const answer = await fetch(address, { credentials: "same-origin", ...options });
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!at("#page", fresh)) { location.reload(); return; }
      page().replaceWith(at("#page", fresh));
      document.title = fresh.title;
      if (push && answer.redirected || push && !options.method) history.pushState(null, "", answer.url);
      arrive();
      land(landing() || from && document.getElementById(from.getAttribute("aria-labelledby")) || at("#main"));
    } catch { waiting.length = 0; say(page().dataset.lost); } finally { setBusy(false); }
    while (waiting.length && !isBusy()) replay(waiting.shift());
  }

  // A key that waited does what it would have done on the page that is there now.
  function replay(key) {
    const focused = document.activeElement;
    if (focused.matches("input:not([type=radio])") && key.length === 1) focused.value += key;
    else act(key, focused, () => {});
  }

  // What takes a moment to work out is asked for once the page is there; without script its link leads to it.
  async function load(link) {
    const wanted = link.dataset.load;
    delete link.dataset.load;
    try {
      const answer = await fetch(link.href, { credentials: "same-origin" });
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(wanted);
      if (!fresh || !link.isConnected) return;
      const told = document.createElement("span");
      told.className = "src";
      told.append(...fresh.childNodes);
      link.replaceWith(told);
    } catch { /* The link stays where it is. */ }
  }

  // Where one goes on once a page is there: what is wrong, what the address names, the statement; on the way there,
  // what is said of the work.
  function landing(root = document) {
    const named = at(":target") || document.getElementById(location.hash.slice(1));
    return at("[data-land],.bad[role=alert]", root) || named && root.contains(named) && named
      || at("#statement", root) || location.hash && at("[role=status]:not(.status)", root);
  }

  function land(on) {
    if (!on) return;
    // Where a statement begins there is nothing to be seen: its words come after.
    while (on.matches(".at") && on.nextElementSibling) on = on.nextElementSibling;
    if (on.tabIndex < 0) on.tabIndex = -1;
    on.focus({ preventScroll: on.id === "statement" });
  }

  function arrive() {
    here = location.pathname + location.search;
    all("[data-load]").forEach(load);
    const mark = at(".s.on");
    if (mark) mark.scrollIntoView({ block: "nearest" });
    const after = at("#after"), effect = at("#effect");
    const bad = at(".bad");
    say(bad ? "" : after ? after.dataset.say : "");
    if (after && effect) tell(after, effect);
    later();
  }

  // What the last decision changed in the balance: asked for after it was made.
  async function tell(after, effect) {
    try {
      const answer = await fetch(effect.href, { credentials: "same-origin" });
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      const words = all("#told p", fresh).map(p => p.textContent).join(" ");
      if (!words || !after.isConnected) return;
      effect.replaceWith(words);
      say(`${after.dataset.say} ${words}`);
    } catch { /* The link stays where it is. */ }
  }

  // One field is open at a time; the same digit again opens that of the next figure or item, or closes it.
  function field(digit) {
    const same = all(`details.f[data-key="${digit}"]`);
    if (!same.length) return;
    const open = same.findIndex(one => one.open);
    all("details.f").forEach(one => { one.open = false; });
    const next = open < 0 ? same[0] : same[open + 1];
    if (next) { next.open = true; (at("input:checked", next) || at("input,select", next)).focus(); }
    else same[open].firstElementChild.focus();
    select();
  }

  function select() {
    const open = at("details.f[open]");
    all("mark").forEach(mark => mark.classList.toggle("sel", !!open && mark.dataset.field === open.dataset.field));
  }

  function close(open, back) {
    if (back) all("input,select", open).forEach(one => {
      if (one.type === "radio") one.checked = one.defaultChecked;
      else if (one.tagName === "SELECT") one.selectedIndex = 0;
      else one.value = one.defaultValue;
    });
    show(open);
    open.open = false;
    open.firstElementChild.focus();
    select();
  }

  function show(open) {
    const typed = at(".ty input,.ty select", open), chosen = at("input:checked+span", open);
    const words = typed && typed.value ? (typed.selectedOptions ? typed.selectedOptions[0].text : typed.value) : chosen && chosen.textContent;
    if (words) at(".v", open).textContent = words;
  }

  // The selection as places in the text of the document, counted in characters and not in UTF-16 units.
  function selection() {
    const chosen = getSelection();
    if (!chosen.rangeCount || chosen.isCollapsed) return null;
    const range = chosen.getRangeAt(0);
    const place = (node, offset) => {
      const p = (node.nodeType === 1 ? node : node.parentElement).closest(".txt p");
      if (!p) return null;
      const before = document.createRange();
      before.setStart(p, 0);
      before.setEnd(node, offset);
      return +p.dataset.at + [...before.toString()].length;
    };
    const start = place(range.startContainer, range.startOffset), end = place(range.endContainer, range.endOffset);
    return start !== null && end !== null && start < end ? `${start}-${end}` : null;
  }

  function missed(link) {
    const span = selection();
    const address = link.dataset.add || link.href;
    if (span) go(`${address}${address.includes("?") ? "&" : "?"}span=${span}`, {}, true);
    else if (!link.dataset.add) link.click();
  }

  // The next or the last of the offered readings.
  function choose(open, step) {
    const every = all("input[type=radio]", open), here = every.findIndex(one => one.checked);
    const next = every[(here + step + every.length) % every.length];
    next.checked = true;
    next.focus();
    show(open);
  }

  function press(key, stop) {
    const target = key === "?" ? at('details[data-key="?"]') : at(`[data-key="${CSS.escape(key)}"]`);
    if (/^[1-9]$/.test(key)) { if (target) { stop(); field(key); } return; }
    if (key === "t") {
      const typed = at("details.f[open] .ty input, details.f[open] .ty select");
      if (typed) { stop(); typed.focus(); }
      return;
    }
    if (!target) return;
    stop();
    if (key === "?") { target.open = !target.open; target.firstElementChild.focus(); target.scrollIntoView({ block: "nearest" }); }
    else if (key === "m") missed(target);
    else target.click();
  }

  function act(key, target, stop) {
    const open = at("details.f[open]"), inside = open && open.contains(target);
    const step = { ArrowLeft: -1, ArrowRight: 1 }[key];
    if (inside && key === "Escape") { stop(); close(open, true); return; }
    if (inside && key === "Enter" && target.matches("input,select")) { stop(); close(open, false); return; }
    if (inside && step && target.matches("[type=radio]")) { stop(); choose(open, step); return; }
    if (target.matches("input:not([type=radio]),textarea,select")) return;
    if (key.length !== 1 || page().dataset.keys !== "on" || key === " ") return;
    press(key.toLowerCase(), stop);
  }

  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const stop = () => event.preventDefault();
    if (!isBusy()) act(event.key, event.target, stop);
    else if (event.key.length === 1 || ["ArrowLeft", "ArrowRight", "Enter", "Escape"].includes(event.key)) {
      stop();
      waiting.push(event.key);
    }
  });

  // What is sealed is taken off the page when one leaves it, so that going back does not show it again.
  addEventListener("pagehide", () => all("[data-sealed] dd,[data-sealed] dt").forEach(one => one.remove()));

  // A file that is too large to be a key is not sent at all.
  document.addEventListener("change", event => {
    const most = event.target.dataset.most, file = event.target.files && event.target.files[0];
    if (most) event.target.setCustomValidity(file && file.size > +most ? event.target.dataset.mostWords : "");
  });

  document.addEventListener("change", event => {
    const open = event.target.closest("details.f");
    if (open) show(open);
  });
  document.addEventListener("toggle", event => { if (event.target.matches && event.target.matches("details.f")) select(); }, true);

  document.addEventListener("submit", event => {
    const form = event.target, button = event.submitter;
    // Whoever changes the language stays at the place that the address names.
    if (form.matches(".sets") && location.hash) form.elements.back.value += location.hash;
    if (!form.matches("[data-swap]")) return;
    event.preventDefault();
    const address = button && button.getAttribute("formaction") || form.getAttribute("action");
    go(address, { method: "POST", body: new URLSearchParams(new FormData(form, button)) }, true);
  });

  document.addEventListener("click", event => {
    const link = event.target.closest("a[data-swap]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    go(link.href, {}, true);
  });

  // Files dropped on a form are chosen in it.
  const target = event => event.target.closest && event.target.closest("[data-drop]");
  document.addEventListener("dragover", event => {
    const form = target(event);
    if (!form || !event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    form.classList.add("over");
  });
  document.addEventListener("dragleave", event => { const form = target(event); if (form) form.classList.remove("over"); });
  document.addEventListener("drop", event => {
    const form = target(event);
    if (!form) return;
    event.preventDefault();
    form.classList.remove("over");
    at("input[type=file]", form).files = event.dataTransfer.files;
    form.requestSubmit();
  });

  // A part that is still being worked on is asked for again, and alone replaced.
  async function poll() {
    const part = at("[data-poll]");
    if (!part) return;
    try {
      const answer = await fetch(location.href, { credentials: "same-origin" });
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(part.id);
      const held = part.contains(document.activeElement) && document.activeElement;
      // What somebody is typing is not taken away while the work goes on.
      if (fresh && part.isConnected && !(fresh.dataset.poll && held && held.matches("input,select,textarea"))) {
        part.replaceWith(fresh);
        if (held) land(held.id && document.getElementById(held.id) || landing(fresh) || fresh);
      }
    } catch { /* The link to look again stays. */ }
    later();
  }
  function later() {
    const part = at("[data-poll]");
    clearTimeout(timer);
    if (part) timer = setTimeout(poll, +part.dataset.poll);
  }

  // Another place on the same page asks the server for nothing.
  addEventListener("popstate", () => { if (location.pathname + location.search !== here) go(location.href, {}, false); });
  addEventListener("hashchange", () => land(landing()));
  arrive();
  land(landing());
  // The browser goes to the named place by itself once all is there, and where that cannot have the focus takes it away.
  addEventListener("load", () => { if (document.activeElement === document.body) land(landing()); });
})();
