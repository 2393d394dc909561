/* What every page does: colours, the menu on a phone, copy buttons, keyboard reach. */
(function () {
  "use strict";
  var root = document.documentElement;

  /* Charts and filters keep their settings in one address, and write it with one function. */
  window.bookAddress = new URLSearchParams(location.search);
  window.bookWrite = function (hash) {
    var question = window.bookAddress.toString();
    var whole = location.pathname + (question ? "?" + question : "") + hash;
    if (whole === location.pathname + location.search + location.hash) return;
    try {
      history.replaceState(history.state, "", whole);
    } catch (error) {
      /* some browsers keep the address of a file as it is; everything works all the same */
    }
  };

  function colours() {
    var button = document.getElementById("theme-button");
    if (!button) return;
    function name() {
      button.setAttribute("aria-pressed", String(root.dataset.theme === "dark"));
    }
    button.addEventListener("click", function () {
      root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
      try {
        localStorage.setItem("theme", root.dataset.theme);
      } catch (error) {
        /* storage is switched off: the choice lasts for this page */
      }
      name();
    });
    name();
  }

  function menu() {
    var button = document.getElementById("menu-button");
    var panel = document.getElementById("book-menu");
    if (!button || !panel) return;
    var current = panel.querySelector("a[aria-current=page]");
    /* Scroll the menu, and only the menu, so far that the entry of this page is in it. */
    function find() {
      if (!current) return;
      var entry = current.getBoundingClientRect(), box = panel.getBoundingClientRect();
      var bottom = Math.min(box.bottom, window.innerHeight);
      if (entry.top < box.top) panel.scrollTop -= box.top - entry.top + 40;
      else if (entry.bottom > bottom) panel.scrollTop += entry.bottom - bottom + 40;
    }
    function open(state) {
      panel.classList.toggle("open", state);
      button.setAttribute("aria-expanded", String(state));
      if (!state) return;
      find();
      (current || panel.querySelector("a")).focus({ preventScroll: true });
    }
    find();
    /* Whoever leaves the menu by Tab is on the page below it, which it would hide. */
    panel.addEventListener("focusout", function (event) {
      var next = event.relatedTarget;
      if (next && next !== button && !panel.contains(next)) open(false);
    });
    button.addEventListener("click", function () {
      open(!panel.classList.contains("open"));
    });
    document.addEventListener("keydown", function (event) {
      if (event.key === "Escape" && panel.classList.contains("open")) {
        open(false);
        button.focus();
      }
    });
  }

  /* On a wide screen the list of headings stays open beside the text. */
  function headings() {
    var list = document.getElementById("page-headings");
    if (!list) return;
    var wide = window.matchMedia("(min-width: 80rem)");
    function follow() {
      list.open = wide.matches;
    }
    wide.addEventListener("change", follow);
    follow();
    var links = {};
    list.querySelectorAll("a[href^='#']").forEach(function (link) {
      links[decodeURIComponent(link.getAttribute("href").slice(1))] = link;
    });
    var current = null;
    var headings = Array.prototype.slice.call(
      document.querySelectorAll("article section > h2, article section > h3")
    );
    var waiting = false;
    function mark() {
      waiting = false;
      var above = headings.filter(function (h) {
        return !h.closest("[hidden]") && h.getBoundingClientRect().top < window.innerHeight * 0.3;
      });
      var last = above[above.length - 1];
      var link = last ? links[last.closest("section").id] : null;
      if (link === current) return;
      if (current) current.removeAttribute("aria-current");
      current = link;
      if (link) link.setAttribute("aria-current", "true");
    }
    window.addEventListener(
      "scroll",
      function () {
        if (!waiting) window.requestAnimationFrame(mark);
        waiting = true;
      },
      { passive: true }
    );
    mark();
  }

  function copying() {
    if (!navigator.clipboard) return;
    document.querySelectorAll(".cell_input .highlight").forEach(function (box) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "copy quiet";
      button.textContent = "Copy";
      button.addEventListener("click", function () {
        navigator.clipboard.writeText(box.querySelector("pre").textContent.trimEnd()).then(
          function () {
            button.textContent = "Copied";
            setTimeout(function () {
              button.textContent = "Copy";
            }, 1500);
          },
          function () {
            button.textContent = "Not allowed";
          }
        );
      });
      box.append(button);
    });
  }

  /* What scrolls sideways must be reached by keyboard; what does not need not stop the Tab key. */
  function reach(event) {
    var opened = event && event.type === "toggle" && event.target;
    (opened || document).querySelectorAll("pre, .book-table, .formula").forEach(function (box) {
      /* What is folded is looked at when it opens: to measure it would lay it all out. */
      if (box.closest("details:not([open]) > :not(summary)")) return;
      var wide = box.scrollWidth > box.clientWidth + 1;
      var high = box.scrollHeight > box.clientHeight + 1 && box.clientHeight > 0;
      if (wide || high) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    });
  }

  /* A link to something folded opens it. */
  function unfold() {
    var target = null;
    try {
      target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    } catch (error) {
      return;
    }
    if (!target) return;
    var folded = target.matches("details") ? target : target.closest("details");
    if (!folded && /^code-/.test(target.id)) folded = target.querySelector("details");
    if (folded && !folded.open) {
      folded.open = true;
      target.scrollIntoView();
    }
  }

  /* A page says once what a table is; below a figure that rests on it too, a copy is read. */
  function origins() {
    document.addEventListener("toggle", function (event) {
      if (!event.target.matches("details.chart-origin[open]")) return;
      event.target.querySelectorAll(".origin-again").forEach(function (again) {
        var told = document.getElementById(again.querySelector("a").hash.slice(1));
        if (!told) return;
        var copy = told.cloneNode(true);
        copy.removeAttribute("id");
        again.replaceWith(copy);
      });
    }, true);
  }

  /* Escape hides the meaning of a term; on a touch screen the first tap shows it. */
  function terms() {
    document.addEventListener("keydown", function (event) {
      if (event.key === "Escape") root.classList.add("quiet-terms");
    });
    ["focusin", "pointerover"].forEach(function (kind) {
      document.addEventListener(kind, function (event) {
        if (event.target.closest && event.target.closest(".term")) {
          root.classList.remove("quiet-terms");
        }
      });
    });
    document.addEventListener("click", function (event) {
      var term = event.target.closest(".term");
      if (!term) return;
      var touch = event.pointerType === "touch" || window.matchMedia("(hover: none)").matches;
      if (touch && document.querySelector(".term.tapped") !== term) {
        event.preventDefault();
        term.classList.add("tapped");
        term.focus();
        term.addEventListener("blur", function () { term.classList.remove("tapped"); }, { once: true });
      }
    });
  }

  colours();
  terms();
  menu();
  headings();
  copying();
  reach();
  unfold();
  origins();
  window.addEventListener("hashchange", unfold);
  window.addEventListener("resize", reach);
  document.addEventListener("toggle", reach, true);

  /* Print shows the pictures of charts that were never near the screen. A print does not wait for
     them, so they are fetched when the page has been read for a while. */
  function fetchPictures() {
    document.querySelectorAll("figure.chart:not(.live) img[loading=lazy]").forEach(function (image) {
      image.loading = "eager";
    });
  }
  window.addEventListener("load", function () {
    setTimeout(fetchPictures, 4000);
  });
  window.addEventListener("beforeprint", fetchPictures);
})();
