/* A filter for the list of sources. Without this script the whole list is there. */
(function () {
  "use strict";
  var boxes = Array.prototype.slice.call(document.querySelectorAll(".about-table.source"));
  if (!boxes.length) return;

  function plain(text) {
    return text.toLowerCase().replace(/[\u2018\u2019]/g, "'").replace(/\s+/g, " ");
  }

  var texts = boxes.map(function (box) { return plain(box.textContent); });
  var sections = boxes.map(function (box) { return box.closest("section"); });
  var address = window.bookAddress;

  var form = document.createElement("form");
  form.className = "chart-controls sources-controls";
  form.setAttribute("role", "search");
  form.setAttribute("aria-label", "Filter the sources");
  var holder = document.createElement("div"), label = document.createElement("label");
  var words = document.createElement("input"), status = document.createElement("p");
  holder.className = "control select words";
  label.htmlFor = words.id = "sources-words";
  label.textContent = "Words in a source: publisher, table, licence, address";
  words.type = "search";
  words.autocomplete = "off";
  words.spellcheck = false;
  status.className = "ledger-status";
  status.setAttribute("role", "status");
  holder.append(label, words);
  form.append(holder, status);
  sections[0].before(form);

  function apply() {
    var wanted = plain(words.value).split(" ").filter(Boolean), shown = 0, filled = new Set();
    boxes.forEach(function (box, place) {
      var fits = wanted.every(function (word) { return texts[place].indexOf(word) >= 0; });
      box.hidden = !fits;
      if (fits) {
        shown += 1;
        filled.add(sections[place]);
      }
    });
    sections.forEach(function (section) { section.hidden = !filled.has(section); });
    return shown ? shown + " of " + boxes.length + " sources" : "No source has all of these words.";
  }

  function write() {
    if (words.value.trim()) address.set("sources.words", words.value.trim());
    else address.delete("sources.words");
    window.bookWrite(location.hash);
  }

  var waiting = 0;
  function soon() {
    var told = apply();
    clearTimeout(waiting);
    waiting = setTimeout(function () {
      status.textContent = told;
      write();
    }, 300);
  }

  /* A link to one source shows it, whatever was asked for. */
  function follow() {
    var box = location.hash && document.getElementById(location.hash.slice(1));
    var part = box && box.closest("[hidden]");
    if (!part) return;
    words.value = "";
    status.textContent = apply();
    write();
    box.scrollIntoView();
  }

  form.addEventListener("input", soon);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  window.addEventListener("hashchange", follow);
  words.value = address.get("sources.words") || "";
  status.textContent = apply();
  follow();
})();
