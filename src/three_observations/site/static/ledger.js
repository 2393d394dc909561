/* Search and filters for the ledger of claims. Without this script the whole table is there. */
(function () {
  "use strict";
  var box = document.querySelector(".book-ledger");
  if (!box) return;
  var rows = Array.prototype.slice.call(box.querySelectorAll("tbody tr"));
  var names = JSON.parse(box.dataset.documents || "{}");
  var texts = rows.map(function (row) {
    return row.textContent.toLowerCase();
  });
  /* Charts keep their settings in the same address, so both scripts write one set of them. */
  var address = window.bookAddress || new URLSearchParams(location.search);
  window.bookAddress = address;

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
    form.append(labelled(select, id, filter[1], "select"));
  });
  var reset = element("button", { type: "reset", class: "quiet" }, "Show all claims");
  form.append(reset);
  var status = element("p", { class: "ledger-status", role: "status" });
  box.before(form, status);

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
    var question = address.toString();
    var whole = location.pathname + (question ? "?" + question : "") + location.hash;
    if (whole === location.pathname + location.search + location.hash) return;
    try {
      history.replaceState(history.state, "", whole);
    } catch (error) {
      /* some browsers keep the address of a file as it is; the filters work all the same */
    }
  }

  function apply() {
    var wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    var shown = 0;
    var active = wanted.length > 0;
    filters.forEach(function (filter) {
      if (selects[filter[0]].value) active = true;
    });
    rows.forEach(function (row, place) {
      var fits = filters.every(function (filter) {
        var value = selects[filter[0]].value;
        return !value || row.dataset[filter[0]] === value;
      }) && wanted.every(function (word) {
        return texts[place].indexOf(word) >= 0;
      });
      row.hidden = !fits;
      if (fits) shown += 1;
    });
    if (!active && document.activeElement === reset) words.focus();
    reset.disabled = !active;
    return shown + " of " + rows.length + " claims shown";
  }

  var waiting = 0;
  function soon() {
    var told = apply();
    /* A screen reader hears the count once the reader has stopped typing. */
    clearTimeout(waiting);
    waiting = setTimeout(function () {
      status.textContent = told;
      write();
    }, 300);
  }

  /* A link to one claim shows it, whatever the filters say. */
  function follow() {
    var row = /^#ledger-\d/.test(location.hash) && document.getElementById(location.hash.slice(1));
    if (!row || !row.hidden) return;
    form.reset();
    status.textContent = apply();
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
