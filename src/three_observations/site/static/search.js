/* Finds words in sections, figures, tables and their rows, in what search-index.js holds. */
(function () {
  "use strict";
  var list = document.getElementById("search-results");
  var status = document.getElementById("search-status");
  var box = document.getElementById("search-page-words");
  if (!list || !box || !window.bookSearch) return;
  var most = 60;
  var kinds = { figure: "Figure", row: "Row of a table", table: "Table" };

  /* Small letters without accents, of the same length as the text. */
  function simple(text) {
    return text.replace(/[\u2018\u2019]/g, "'").replace(/\u2212/g, "-").toLowerCase();
  }

  /* A text is the numbers of its words. */
  var entries = [];
  var words = window.bookSearch.words.split(" ");
  window.bookSearch.pages.forEach(function (page) {
    page[2].forEach(function (part) {
      var text = part[3] && part[3].split(" ").map(function (number) {
        return words[parseInt(number, 36)];
      }).join(" ");
      entries.push({
        address: page[0] + (part[0] ? "#" + part[0] : ""), page: page[1],
        title: part[1], kind: part[2], text: text,
        simpleTitle: simple(part[1]), simpleText: simple(text)
      });
    });
  });

  function patternOf(word) {
    /* "prices" finds "price" and "priced"; letters and digits begin a word. */
    var stem = word.length > 4 ? word.replace(/(ies|es|s)$/, "") : word;
    var safe = stem.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    /* Chinese is written without spaces, so there a word may stand anywhere. */
    return new RegExp((/^\p{Script=Han}/u.test(safe) ? "()" : "(^|[^\\p{L}\\p{N}])") + safe, "gu");
  }

  function find(words) {
    var patterns = words.map(patternOf);
    var found = [];
    entries.forEach(function (entry) {
      var score = 0;
      var all = patterns.every(function (pattern) {
        var inTitle = (entry.simpleTitle.match(pattern) || []).length;
        var inText = (entry.simpleText.match(pattern) || []).length;
        score += 20 * Math.min(inTitle, 1) + Math.min(inText, 5);
        return inTitle + inText > 0;
      });
      if (!all) return;
      if (entry.simpleTitle === words.join(" ")) score += 40;
      if (entry.kind === "figure") score += 3;
      if (entry.kind === "row") score -= 2;
      found.push({ entry: entry, score: score, patterns: patterns });
    });
    return found.sort(function (a, b) { return b.score - a.score; });
  }

  /* Write text with the words that were found marked. */
  function write(element, text, patterns) {
    var plain = simple(text), marks = [];
    patterns.forEach(function (pattern) {
      var hit;
      pattern.lastIndex = 0;
      while ((hit = pattern.exec(plain))) {
        var start = hit.index + hit[1].length;
        marks.push([start, hit.index + hit[0].length]);
        if (!hit[0]) break;
      }
    });
    marks.sort(function (a, b) { return a[0] - b[0]; });
    var at = 0;
    marks.forEach(function (mark) {
      if (mark[0] < at) return;
      element.append(text.slice(at, mark[0]));
      var made = document.createElement("mark");
      made.textContent = text.slice(mark[0], mark[1]);
      element.append(made);
      at = mark[1];
    });
    element.append(text.slice(at));
  }

  function excerpt(result) {
    var first = Infinity;
    result.patterns.forEach(function (pattern) {
      pattern.lastIndex = 0;
      var hit = pattern.exec(result.entry.simpleText);
      if (hit) first = Math.min(first, hit.index);
    });
    if (first === Infinity) first = 0;
    var text = result.entry.text;
    var start = first < 90 ? 0 : text.indexOf(" ", first - 80) + 1;
    var end = Math.min(text.length, start + 220);
    if (end < text.length) end = text.lastIndexOf(" ", end);
    return (start ? "\u2026 " : "") + text.slice(start, end) + (end < text.length ? " \u2026" : "");
  }

  function show() {
    var words = simple(box.value).split(/[^\p{L}\p{N}.'-]+/u).filter(Boolean);
    list.replaceChildren();
    if (!words.length) {
      status.textContent = "";
      return;
    }
    var found = find(words);
    status.textContent = found.length === 1 ? "1 place" : found.length + " places";
    if (found.length > most) status.textContent += ", the first " + most + " are shown";
    found.slice(0, most).forEach(function (result) {
      var item = document.createElement("li");
      var link = document.createElement("a");
      link.href = result.entry.address;
      write(link, result.entry.title || result.entry.page, result.patterns);
      var where = document.createElement("span");
      where.className = "where";
      where.textContent = [kinds[result.entry.kind], result.entry.page].filter(Boolean).join(", ");
      var words_there = document.createElement("p");
      words_there.className = "context";
      write(words_there, excerpt(result), result.patterns);
      item.append(link, " ", where, words_there);
      list.append(item);
    });
  }

  var asked = new URLSearchParams(location.search).get("q");
  if (asked) box.value = asked;
  box.form.addEventListener("submit", function (event) {
    event.preventDefault();
    show();
  });
  var waiting = 0;
  box.addEventListener("input", function () {
    clearTimeout(waiting);
    waiting = setTimeout(show, 120);
  });
  show();
  box.focus();
})();
