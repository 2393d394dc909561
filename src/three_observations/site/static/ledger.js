/* Search and filters for the ledger of claims. Without this script the whole table is there. */
(function () {
  "use strict";
  var box = document.querySelector(".book-ledger");
  if (!box) return;
  var rows = Array.prototype.slice.call(box.querySelectorAll("tbody tr"));
  var names = JSON.parse(box.dataset.documents || "{}");

  /* ---------------------------------------------------------------- words

     A word is found where a word begins, and Chinese anywhere. What has a hyphen is found with
     it, without it, and by each of its parts; words between quotation marks stand together. */

  var inWord = /[\p{L}\p{N}]/u, han = /\p{Script=Han}/u;

  function plain(text) {
    return text.toLowerCase().replace(/[\u2010-\u2015\u2212]/g, "-").replace(/[\u2018\u2019]/g, "'")
      .replace(/\s+/g, " ").trim();
  }

  function both(text) {
    var joined = text.replace(/([\p{L}\p{N}])-(?=[\p{L}\p{N}])/gu, "$1");
    var parted = text.replace(/([\p{L}\p{N}])-(?=[\p{L}\p{N}])/gu, "$1 ");
    return joined === parted ? [text] : [text, joined, parted];
  }

  function begins(text, place) {
    var before = text[place - 1] || " ", first = text[place];
    if (han.test(first) || han.test(before) || !inWord.test(first)) return true;
    if (/\d/.test(first) && /[.,]/.test(before) && /\d/.test(text[place - 2] || "")) return false;
    return !inWord.test(before);
  }

  function has(text, word) {
    for (var at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      if (begins(text, at)) return true;
    }
    return false;
  }

  function asked(text) {
    var found = [], part, pattern = /"([^"]*)"?|[^\s"]+/g;
    text = plain(text.replace(/[\u201c\u201d\u201e]/g, '"'));
    while ((part = pattern.exec(text))) {
      var word = (part[1] === undefined ? part[0] : part[1]).trim();
      if (word) found.push(both(word));
    }
    return found;
  }

  var texts = rows.map(function (row) {
    var parts = Array.prototype.map.call(row.querySelectorAll("th, p"), function (part) {
      return part.textContent;
    });
    return both(plain(parts.join(" ")));
  });

  var address = window.bookAddress;

  var filters = [
    ["document", "Document"],
    ["speaker", "Who says it"],
    ["theme", "About"],
    ["testable", "Testable"],
    ["verdict", "Verdict"]
  ];

  function element(name, attributes, words) {
    var made = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) {
      made.setAttribute(key, attributes[key]);
    });
    if (words !== undefined) made.textContent = words;
    return made;
  }

  function labelled(control, id, words, kind) {
    var holder = element("div", { class: "control " + kind });
    holder.append(element("label", { for: id }, words), control);
    return holder;
  }

  var form = element("form", {
    class: "chart-controls ledger-controls", role: "search", "aria-label": "Filter the ledger"
  });
  var words = element("input", {
    type: "search", id: "ledger-words", autocomplete: "off", spellcheck: "false"
  });
  form.append(labelled(words, "ledger-words", "Words, numbers or characters", "select words"));
  /* What came out stands right below the words; the menus fold on a phone. */
  var told = element("div", { class: "ledger-told" });
  var status = element("p", { class: "ledger-status", role: "status" });
  var reset = element("button", { type: "reset", class: "quiet" }, "Show all claims");
  told.append(status, reset);
  var menus = element("details", { class: "ledger-menus" });
  var fold = element("summary", {}, "");
  var inside = element("div", {});
  menus.append(fold, inside);
  form.append(told, menus);
  var selects = {};
  filters.forEach(function (filter) {
    var id = "ledger-" + filter[0];
    var select = element("select", { id: id });
    var found = {};
    rows.forEach(function (row) {
      var value = row.dataset[filter[0]];
      found[value] = (found[value] || 0) + 1;
    });
    select.append(element("option", { value: "" }, "all"));
    Object.keys(found).sort().forEach(function (value) {
      var name = filter[0] === "document" && names[value] ? value + " " + names[value] : value;
      select.append(element("option", { value: value }, name + " (" + found[value] + ")"));
    });
    selects[filter[0]] = select;
    inside.append(labelled(select, id, filter[1], "select"));
  });
  var paper = element("p", { class: "ledger-set" });
  box.before(form, paper);
  /* On a phone the first claims are enough to see what the ledger is; a button shows the others. */
  var first = 12;
  var more = element("button", { type: "button", class: "quiet ledger-more" });
  box.after(more);
  var phone = window.matchMedia("(max-width: 40rem)");
  phone.addEventListener("change", function () { status.textContent = apply(); });
  more.addEventListener("click", function () {
    var next = box.querySelector("tr.later:not([hidden])");
    status.textContent = unfold();
    next.tabIndex = -1;
    next.focus();
  });
  function unfold() {
    box.classList.add("whole");
    return apply();
  }
  var wide = window.matchMedia("(min-width: 44rem)");
  function follows() {
    menus.open = wide.matches;
  }
  wide.addEventListener("change", follows);
  follows();

  function read() {
    words.value = address.get("ledger.words") || "";
    filters.forEach(function (filter) {
      var select = selects[filter[0]];
      var wanted = address.get("ledger." + filter[0]) || "";
      var known = Array.prototype.some.call(select.options, function (option) {
        return option.value === wanted;
      });
      select.value = known ? wanted : "";
    });
  }

  function write() {
    function keep(name, value) {
      if (value) address.set("ledger." + name, value);
      else address.delete("ledger." + name);
    }
    keep("words", words.value.trim());
    filters.forEach(function (filter) {
      keep(filter[0], selects[filter[0]].value);
    });
    window.bookWrite(location.hash);
  }

  function apply() {
    var wanted = asked(words.value);
    var shown = 0;
    var chosen = filters.filter(function (filter) { return selects[filter[0]].value; });
    var active = wanted.length > 0 || chosen.length > 0;
    rows.forEach(function (row, place) {
      var fits = filters.every(function (filter) {
        var value = selects[filter[0]].value;
        return !value || row.dataset[filter[0]] === value;
      }) && wanted.every(function (ways) {
        return ways.some(function (word) {
          return texts[place].some(function (text) { return has(text, word); });
        });
      });
      row.hidden = !fits;
      if (fits) shown += 1;
      row.classList.toggle("later", fits && shown > first);
    });
    var folded = phone.matches && shown > first && !box.classList.contains("whole");
    more.hidden = !folded;
    more.textContent = "Show the other " + (shown - first) + " claims";
    if (!active && document.activeElement === reset) words.focus();
    reset.disabled = !active;
    fold.textContent = "Filter by document, speaker, topic or verdict" +
      (chosen.length ? " (" + chosen.length + " set)" : "");
    var set = chosen.map(function (filter) {
      return filter[1] + ": " + selects[filter[0]].value;
    });
    if (wanted.length) set.unshift("Words: " + words.value.trim());
    paper.textContent = active
      ? shown + " of " + rows.length + " claims shown. " + set.join("; ") + "."
      : "";
    if (!shown) return "No claim has all of these.";
    if (folded) return shown + " of " + rows.length + " claims; the first " + first + " are shown";
    return shown + " of " + rows.length + " claims shown";
  }

  var waiting = 0;
  function soon() {
    var result = apply();
    /* A screen reader hears the count once the reader has stopped typing. */
    clearTimeout(waiting);
    waiting = setTimeout(function () {
      status.textContent = result;
      write();
    }, 300);
  }

  /* A link to one claim shows it, whatever the filters say. */
  function follow() {
    var row = /^#ledger-\d/.test(location.hash) && document.getElementById(location.hash.slice(1));
    if (!row || !(row.hidden || row.classList.contains("later"))) return;
    if (row.hidden) form.reset();
    status.textContent = unfold();
    write();
    row.scrollIntoView();
  }

  form.addEventListener("input", soon);
  form.addEventListener("submit", function (event) {
    event.preventDefault();
  });
  form.addEventListener("reset", function () {
    setTimeout(soon, 0);
  });
  window.addEventListener("hashchange", follow);
  read();
  status.textContent = apply();
  follow();
})();
