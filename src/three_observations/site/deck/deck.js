/* Shows one slide at a time. Without this script the slides stand below one another. */
(function () {
  "use strict";
  var root = document.documentElement;
  var slides = Array.prototype.slice.call(document.querySelectorAll(".slide"));
  var bar = document.querySelector(".bar");
  var place = bar.querySelector(".place");
  var progress = bar.querySelector("progress");
  var said = document.getElementById("said");
  var buttons = {};
  Array.prototype.forEach.call(bar.querySelectorAll("button"), function (button) {
    buttons[button.dataset.does] = button;
  });
  var current = 0;

  function shown() {
    var number = parseInt((location.hash.match(/^#slide-(\d+)$/) || [])[1], 10);
    return number >= 1 && number <= slides.length ? number - 1 : 0;
  }

  function show(index, moved) {
    current = index;
    slides.forEach(function (slide, number) {
      slide.hidden = number !== index;
    });
    var heading = slides[index].querySelector("h1, h2");
    place.textContent = index + 1 + " / " + slides.length;
    progress.value = index + 1;
    buttons.back.disabled = index === 0;
    buttons.on.disabled = index === slides.length - 1;
    window.scrollTo(0, 0);
    if (moved) {
      said.textContent = "Slide " + (index + 1) + " of " + slides.length;
      heading.focus({ preventScroll: true });
    }
  }

  function go(index) {
    if (index < 0 || index >= slides.length || index === current) return;
    try {
      history.replaceState(null, "", "#slide-" + (index + 1));
    } catch (error) {
      /* a file opened in a strict browser: the address stays */
    }
    show(index, true);
  }

  var does = {
    back: function () { go(current - 1); },
    on: function () { go(current + 1); },
    first: function () { go(0); },
    last: function () { go(slides.length - 1); },
    colours: function () {
      var dark = root.dataset.theme !== "dark";
      root.dataset.theme = dark ? "dark" : "light";
      buttons.colours.setAttribute("aria-pressed", String(dark));
    },
    full: function () {
      if (document.fullscreenElement) document.exitFullscreen();
      else if (root.requestFullscreen) root.requestFullscreen();
    }
  };
  var keys = {
    ArrowRight: "on", PageDown: "on", n: "on", ArrowLeft: "back", PageUp: "back", p: "back",
    Home: "first", End: "last", d: "colours", f: "full"
  };

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    var onButton = event.target.closest && event.target.closest("button, a");
    var action = keys[event.key];
    if (event.key === " " && !onButton) action = event.shiftKey ? "back" : "on";
    if (!action) return;
    event.preventDefault();
    does[action]();
  });
  bar.addEventListener("click", function (event) {
    var button = event.target.closest("button");
    if (button) does[button.dataset.does]();
  });

  var start = null;
  document.addEventListener("touchstart", function (event) {
    var wide = event.target.closest && event.target.closest(".drawing, pre, .formula");
    var scrolls = wide && wide.scrollWidth > wide.clientWidth;
    start = event.touches.length === 1 && !scrolls ? event.touches[0] : null;
  }, { passive: true });
  document.addEventListener("touchend", function (event) {
    if (!start) return;
    var end = event.changedTouches[0];
    var across = end.clientX - start.clientX;
    var along = end.clientY - start.clientY;
    start = null;
    if (Math.abs(across) > 60 && Math.abs(across) > 2 * Math.abs(along)) {
      does[across < 0 ? "on" : "back"]();
    }
  }, { passive: true });
  window.addEventListener("hashchange", function () { show(shown(), true); });

  var dark = window.matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "dark" : "light";
  buttons.colours.setAttribute("aria-pressed", String(dark));
  if (!root.requestFullscreen) buttons.full.hidden = true;
  progress.max = slides.length;
  root.classList.add("scripted");
  show(shown(), false);
})();
