/* Draws the charts of a page when they come near the screen.

   Every chart was compiled when the site was built, so only Vega itself is loaded, and only when
   the first chart is near. Its expressions are interpreted instead of being turned into code, so
   a page may forbid code from strings. */
(function () {
  "use strict";

  var figures = Array.prototype.slice.call(document.querySelectorAll("figure.chart"));
  if (!figures.length) return;
  var settings = /* settings */ {};
  var colours = /* colours */ {};
  var here = document.currentScript.src;

  /* ---------------------------------------------------------------- Vega, loaded once */

  /* Give Vega what the charts of a page ask of it. */
  function equipped(vega) {
    var functions = {
      bookWrap: wrap, bookText: textOf, bookNumber: isNumber, bookDecades: decades,
      bookFigure: figureOf, bookRange: rangeOf, bookDay: dayOf
    };
    Object.keys(functions).forEach(function (name) { vega.expressionFunction(name, functions[name]); });
    vega.specificationOf = specificationOf;
    vega.settings = settings;
    return vega;
  }

  var engine = null;
  function loadEngine() {
    if (!engine) {
      engine = new Promise(function (resolve, reject) {
        var script = document.createElement("script");
        script.src = here.replace(/charts\.js(\?.*)?$/, "vega.js$1");
        function fail() {
          engine = null; /* the next chart asks again */
          script.remove();
          reject(new Error("The drawing script could not be loaded."));
        }
        script.onload = function () {
          if (!window.bookVega) fail(); /* a damaged file */
          else resolve(equipped(window.bookVega));
        };
        script.onerror = fail;
        document.head.append(script);
      });
    }
    return engine;
  }

  /* What the compiler would write out for every field of every mark. */
  function isValid(value) {
    return value !== null && value !== undefined && value === value;
  }
  function isNumber(value) {
    return isValid(value) && isFinite(+value);
  }
  function textOf(value) {
    return isValid(value) ? (Array.isArray(value) ? value.join(" ") : value) : "" + value;
  }

  /* The powers of ten on a logarithmic axis. */
  function decades(ends) {
    var from = Math.log10(Math.min(ends[0], ends[1])), to = Math.log10(Math.max(ends[0], ends[1]));
    var found = [], at = Math.ceil(from - 1e-9);
    for (; at <= to + 1e-9; at += 1) found.push(Math.pow(10, at));
    return found;
  }

  /* A figure with the digits that somebody hears or remembers: four of a fraction. */
  function figureOf(value) {
    if (typeof value !== "number" || !isFinite(value)) return textOf(value);
    var size = Math.abs(value), text;
    if (size >= 1e300) return "no end";
    if (size >= 1e15) text = String(Number(value.toPrecision(4)).toExponential());
    else if (size >= 1000 || value % 1 === 0) text = String(Math.round(value));
    else text = String(Number(value.toPrecision(4)));
    if (size >= 10000 && size < 1e15) text = text.replace(/\B(?=(\d{3})+$)/g, ",");
    return text.replace(/-/g, "\u2212");
  }

  /* A day at the end of an interval, in the words of its axis; the last one there is means none. */
  function dayOf(value, words) {
    return new Date(value).getUTCFullYear() >= 2262 ? "no end" : words;
  }

  /* The ends of an interval behind its middle; nothing where there is none. */
  function rangeOf(low, high) {
    if (!isValid(low) || !isValid(high) || low === high) return "";
    return " (" + figureOf(low) + " to " + figureOf(high) + ")";
  }

  /* Break a long label into lines where the page is narrow. */
  function wrap(text, width) {
    var most = width < 480 ? 16 : 30;
    text = String(text);
    if (text.length <= most) return text;
    var lines = [];
    text.split(" ").forEach(function (word) {
      var last = lines.length - 1;
      if (last >= 0 && (lines[last] + " " + word).length <= most) lines[last] += " " + word;
      else lines.push(word);
    });
    return lines;
  }

  /* ---------------------------------------------------------------- tables, as they were written */

  function unpackColumn(column) {
    if (Array.isArray(column)) return column;
    if (column.day) {
      return unpackColumn(column.day).map(function (day) { return day + "T00:00:00"; });
    }
    var values = [], index, left;
    if (column.at) return column.at.map(function (at) { return column.of[at]; });
    for (index = 0; index < column.runs.length; index += 2) {
      for (left = column.runs[index + 1]; left > 0; left -= 1) values.push(column.of[column.runs[index]]);
    }
    return values;
  }

  /* The chart of a figure, with every table as a list of rows. */
  function specificationOf(figure) {
    var specification = JSON.parse(figure.querySelector(".chart-spec").textContent);
    (specification.data || []).forEach(function (table) {
      if (!table.values || !table.values.columns) return;
      var names = Object.keys(table.values.columns);
      var columns = names.map(function (name) { return unpackColumn(table.values.columns[name]); });
      table.values = columns[0].map(function (value, row) {
        var made = {};
        names.forEach(function (name, index) { made[name] = columns[index][row]; });
        return made;
      });
    });
    return specification;
  }

  /* ---------------------------------------------------------------- tooltip */

  /* What a mark tells: its own words, or those that a screen reader gets, line by line. */
  function tellOf(item) {
    var value = item.tooltip;
    if (value && value.late) value = value.of(item);
    else if (value === 1) value = item.description;
    if (typeof value !== "string") return value;
    var told = {};
    value.split("; ").forEach(function (part) {
      var at = part.indexOf(": ");
      var name = part.slice(0, Math.max(at, 0)).replace(/ ?\(log scale\)/, "").replace(/_/g, " ");
      told[name] = part.slice(at < 0 ? 0 : at + 2);
    });
    return told;
  }

  var tip = null;
  var shownAt = 0;
  /* What scrolls away takes its tip along; not when it was just scrolled to. */
  window.addEventListener("scroll", function () {
    if (tip && performance.now() - shownAt > 250) tip.hidden = true;
  }, { passive: true });

  function tooltip(handler, event, item, value) {
    if (value) value = tellOf(item);
    if (value === null || value === undefined || value === "") {
      if (tip) tip.hidden = true;
      return;
    }
    if (!tip) {
      tip = document.createElement("div");
      tip.className = "chart-tip";
      tip.setAttribute("aria-hidden", "true");
      document.body.append(tip);
    }
    tip.replaceChildren();
    if (typeof value === "object") {
      Object.keys(value).forEach(function (name) {
        var row = document.createElement("p"), label = document.createElement("span");
        label.textContent = name;
        if (name) row.append(label, " ");
        row.append(String(value[name]));
        tip.append(row);
      });
    } else {
      tip.textContent = String(value);
    }
    tip.hidden = false;
    shownAt = performance.now();
    var x = event.clientX + 14, y = event.clientY + 14;
    if (x + tip.offsetWidth > document.documentElement.clientWidth - 8) {
      x = Math.max(8, event.clientX - tip.offsetWidth - 14);
    }
    if (y + tip.offsetHeight > document.documentElement.clientHeight - 8) {
      y = Math.max(8, event.clientY - tip.offsetHeight - 14);
    }
    tip.style.left = x + "px";
    tip.style.top = y + "px";
  }

  /* ---------------------------------------------------------------- controls */

  /* The book's value may lie between two steps; it is shown with as many digits as a step has. */
  function rounded(value, step) {
    var digits = (String(step).split(".")[1] || "").length;
    return Number.isFinite(Number(step)) ? String(Number(Number(value).toFixed(digits))) : value;
  }

  /* A slider's value with its unit. */
  function withUnit(control, value) {
    var unit = control.dataset.unit;
    value = rounded(value, control.step);
    if (!unit) return value;
    return value + (/^[%x]/.test(unit) ? unit : " " + unit);
  }

  /* Where a browser puts the knob for the book's value. */
  function startOf(control) {
    if (control.dataset.start === undefined) {
      var twin = control.cloneNode();
      twin.value = control.dataset.book;
      control.dataset.start = twin.value;
    }
    return control.dataset.start;
  }

  function valueOf(control) {
    /* A book's value between two steps stays what it is, though a browser moves the knob. */
    if (control.type === "range") {
      return control.value === startOf(control) ? JSON.parse(control.dataset.book) : Number(control.value);
    }
    if (control.type === "checkbox") return control.checked;
    return JSON.parse(control.value);
  }

  function isChanged(control) {
    return JSON.stringify(valueOf(control)) !== JSON.stringify(JSON.parse(control.dataset.book));
  }

  /* Of several round buttons only the chosen one counts. */
  function counts(control) {
    return control.type !== "radio" || control.checked;
  }

  function controlsOf(figure) {
    return Array.prototype.slice.call(figure.querySelectorAll(".chart-controls [data-signal]"));
  }

  /* ---------------------------------------------------------------- settings in the address */

  var inAddress = window.bookAddress; /* other controls of the page keep theirs in it too */

  function key(figure, control) {
    return figure.id.replace(/^chart-/, "") + "." + control.dataset.signal;
  }

  /* Set what the address says; a value that the control does not have is passed over. */
  function restore(figure) {
    controlsOf(figure).forEach(function (control) {
      var wanted = inAddress.get(key(figure, control));
      if (wanted === null) return;
      if (control.type === "range") {
        var number = wanted.trim() === "" ? NaN : Number(wanted);
        if (number >= Number(control.min) && number <= Number(control.max)) control.value = number;
      } else if (control.type === "checkbox") {
        if (wanted === "true" || wanted === "false") control.checked = wanted === "true";
      } else if (control.type === "radio") {
        if (String(JSON.parse(control.value)) === wanted) control.checked = true;
      } else {
        Array.prototype.forEach.call(control.options, function (option) {
          if (String(JSON.parse(option.value)) === wanted) control.value = option.value;
        });
      }
    });
  }

  function isSetInAddress(figure) {
    return controlsOf(figure).some(function (control) {
      return inAddress.has(key(figure, control));
    });
  }

  /* The settings of one chart, added to what an address holds already. */
  function withSettings(figure, parameters) {
    controlsOf(figure).filter(counts).forEach(function (control) {
      if (isChanged(control)) parameters.set(key(figure, control), String(valueOf(control)));
      else parameters.delete(key(figure, control));
    });
    return parameters;
  }

  function question(parameters) {
    var text = parameters.toString();
    return text ? "?" + text : "";
  }

  function remember(figure, changed) {
    withSettings(figure, inAddress);
    var link = figure.querySelector(".chart-link");
    if (link) {
      link.setAttribute(
        "href", question(withSettings(figure, new URLSearchParams())) + "#" + figure.id
      );
    }
    window.bookWrite(changed ? "#" + figure.id : location.hash);
  }

  /* ---------------------------------------------------------------- words for print */

  /* A value of a control in the words that stand beside it. */
  function wordsOf(control, value) {
    if (control.type === "range") return withUnit(control, value);
    if (control.type === "checkbox") return value ? "yes" : "no";
    var several = control.type === "radio" ? sameName(control) : control.options;
    var one = Array.prototype.find.call(several, function (option) {
      return JSON.stringify(JSON.parse(option.value)) === JSON.stringify(value);
    });
    return one ? (control.type === "radio" ? one.parentNode : one).textContent.trim() : String(value);
  }

  function sameName(control) {
    return control.closest("fieldset").querySelectorAll("input");
  }

  /* Not by control.labels, for which a browser searches the whole page. */
  function labelOf(control) {
    var radio = control.type === "radio";
    var around = radio ? control.closest("fieldset") : control.parentNode;
    return around.querySelector(radio ? "legend" : "label").textContent.trim();
  }

  /* Every value once, and beside what was changed the book's value. */
  function tellValues(figure, controls) {
    var line = figure.querySelector(".chart-values span");
    if (!line) return;
    line.textContent = controls.filter(counts).map(function (control) {
      var told = labelOf(control) + ": " + wordsOf(control, valueOf(control));
      if (!isChanged(control)) return told;
      return told + " (the book\u2019s value: " + wordsOf(control, JSON.parse(control.dataset.book)) + ")";
    }).join("; ");
  }

  function connect(figure, view) {
    var form = figure.querySelector(".chart-controls");
    if (!form) return null;
    var controls = controlsOf(figure);
    var reset = form.querySelector("button[type=reset]");
    var waiting = false;
    var since = 0;
    var writing = 0;

    /* Hand the settings to the chart, without drawing it. */
    function pass() {
      controls.filter(counts).forEach(function (control) {
        view.signal(control.dataset.signal, valueOf(control));
        if (control.type !== "range") return;
        var shown = withUnit(control, control.value);
        if (control.getAttribute("aria-valuetext") === shown) return;
        control.setAttribute("aria-valuetext", shown);
        control.parentNode.querySelector("output").value = shown;
      });
      var was = figure.classList.contains("changed");
      var changed = controls.filter(counts).some(isChanged);
      /* A button that loses the focus when it is disabled would send the reader to the top. */
      if (!changed && document.activeElement === reset && controls.length) controls[0].focus();
      reset.disabled = !changed;
      figure.classList.toggle("changed", changed);
      if (changed || was) tellValues(figure, controls);
      return changed;
    }

    function apply() {
      waiting = false;
      var changed = pass();
      view.runAsync().then(function () {
        performance.measure("set " + figure.id, { start: since, end: performance.now() });
      });
      /* Browsers allow only so many new addresses a second, so a slider in motion waits. */
      clearTimeout(writing);
      writing = setTimeout(function () { remember(figure, changed); }, 250);
    }

    function soon() {
      if (!waiting) {
        waiting = true;
        since = performance.now();
        requestAnimationFrame(apply);
      }
    }

    form.addEventListener("input", soon);
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.addEventListener("reset", function () { setTimeout(soon, 0); });
    form.hidden = false;
    restore(figure);
    remember(figure, pass() && location.hash === "#" + figure.id);
    return controls;
  }

  /* ---------------------------------------------------------------- points by keyboard */

  function pointsOf(view) {
    var found = [], seen = new Set();
    (function walk(mark) {
      if (/_beside$/.test(mark.name)) return; /* the rows of these bars are told by their dots */
      mark.items.forEach(function (item) {
        if (item.items) item.items.forEach(walk);
        else if (item.tooltip && item._svg && item._svg.getBBox && !seen.has(item._svg)) {
          seen.add(item._svg);
          found.push(item);
        }
      });
    })(view.scenegraph().root);
    var told = new Set();
    return found.map(function (item) {
      var box = item._svg.getBoundingClientRect();
      return { item: item, x: box.left + box.width / 2, y: box.top + box.height / 2 };
    }).filter(function (point) {
      /* Two marks at one place that tell the same are one point. */
      var words = [Math.round(point.x), Math.round(point.y), wordsOfTip(tellOf(point.item))].join(" ");
      return !told.has(words) && told.add(words);
    }).sort(function (a, b) { return a.x - b.x || a.y - b.y; });
  }

  function hasTips(mark) {
    return mark.items.some(function (item) {
      return item.items ? item.items.some(hasTips) : Boolean(item.tooltip);
    });
  }

  function wordsOfTip(value) {
    if (typeof value !== "object") return String(value);
    return Object.keys(value).map(function (name) {
      return (name ? name + ": " : "") + value[name];
    }).join(", ");
  }

  function explore(figure, view, box) {
    var number = figure.querySelector(".chart-number").textContent;
    box.setAttribute("aria-label", "Drawing of " + number.toLowerCase());
    if (!hasTips(view.scenegraph().root)) return;
    box.tabIndex = 0;
    box.setAttribute(
      "aria-label", "Drawing of " + number.toLowerCase() + ". The arrow keys read its points."
    );
    var said = document.createElement("p");
    said.className = "unseen";
    said.setAttribute("role", "status");
    figure.append(said);
    var points = null, at = -1;

    function leave() {
      if (points && points[at]) points[at].item._svg.classList.remove("pointed");
      points = null;
      at = -1;
      if (tip) tip.hidden = true;
    }

    box.addEventListener("keydown", function (event) {
      var steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: 0, End: 0 };
      if (event.key === "Escape") {
        leave();
        return;
      }
      if (!(event.key in steps) || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      var before = at;
      var fresh = pointsOf(view);
      if (!fresh.length) return;
      if (points && points[at]) points[at].item._svg.classList.remove("pointed");
      points = fresh;
      if (event.key === "Home") at = 0;
      else if (event.key === "End") at = points.length - 1;
      else at = (before + steps[event.key] + points.length) % points.length;
      if (before < 0 && steps[event.key] < 0) at = points.length - 1;
      var point = points[at];
      point.item._svg.classList.add("pointed");
      /* Below the bar at the top of the page, and with room for the tip. */
      if (point.y < 90 || point.y > window.innerHeight - 90) {
        var from = window.scrollY;
        window.scrollBy(0, point.y - window.innerHeight / 2);
        point.y -= window.scrollY - from;
      }
      tooltip(null, { clientX: point.x, clientY: point.y }, point.item, true);
      said.textContent = wordsOfTip(tellOf(point.item)) + " (" + (at + 1) + " of " + points.length + ")";
    });
    box.addEventListener("blur", leave);
  }

  /* ---------------------------------------------------------------- pictures to take away */

  function linesOf(text, font, width) {
    var pen = document.createElement("canvas").getContext("2d");
    pen.font = font;
    var lines = [""];
    text.split(/\s+/).forEach(function (word) {
      var last = lines.length - 1;
      var longer = lines[last] ? lines[last] + " " + word : word;
      if (pen.measureText(longer).width <= width || !lines[last]) lines[last] = longer;
      else lines.push(word);
    });
    return lines;
  }

  /* The drawing as it stands, in the colours of a light page, with its title and its source. */
  function pictureOf(figure) {
    var drawing = figure.querySelector(".chart-live svg");
    var width = Math.ceil(Number(drawing.getAttribute("width")));
    var height = Math.ceil(Number(drawing.getAttribute("height")));
    var face = getComputedStyle(figure.querySelector(".chart-title")).fontFamily;
    var title = figure.querySelector(".chart-title").textContent.replace(/\s+/g, " ").trim();
    var values = figure.querySelector(".chart-values span");
    var below = figure.querySelector(".chart-source").textContent;
    if (values && figure.classList.contains("changed")) below = values.textContent + ". " + below;
    var above = linesOf(title, "650 17px " + face, width - 16);
    var under = linesOf(below, "13px " + face, width - 16);
    var top = above.length * 22 + 16;
    var whole = top + height + under.length * 18 + 14;

    function add(parent, name, attributes, text) {
      var made = document.createElementNS(drawing.namespaceURI, name);
      Object.keys(attributes).forEach(function (key) { made.setAttribute(key, attributes[key]); });
      if (text) made.textContent = text;
      parent.append(made);
      return made;
    }
    var picture = document.createElementNS(drawing.namespaceURI, "svg");
    picture.setAttribute("width", width);
    picture.setAttribute("height", whole);
    picture.setAttribute("viewBox", "0 0 " + width + " " + whole);
    picture.setAttribute("role", "img");
    add(picture, "title", {}, title);
    add(picture, "desc", {}, figure.querySelector(".chart-words").textContent);
    add(picture, "rect", { width: width, height: whole, fill: colours["--chart-paper"] });
    above.forEach(function (line, index) {
      add(picture, "text", {
        x: 8, y: 24 + index * 22, "font-family": face, "font-size": 17, "font-weight": 650,
        fill: colours["--chart-ink"]
      }, line);
    });
    var copy = drawing.cloneNode(true);
    copy.querySelectorAll(".pointed").forEach(function (mark) { mark.classList.remove("pointed"); });
    copy.setAttribute("y", top);
    picture.append(copy);
    under.forEach(function (line, index) {
      add(picture, "text", {
        x: 8, y: top + height + 20 + index * 18, "font-family": face, "font-size": 13,
        fill: colours["--chart-grey"]
      }, line);
    });
    var text = new XMLSerializer().serializeToString(picture);
    text = text.replace(/var\((--chart-[a-z]+)\)/g, function (all, name) {
      return colours[name] || all;
    });
    return { text: text, width: width, height: whole };
  }

  function save(blob, name) {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 10000);
  }

  function toPng(picture) {
    return new Promise(function (resolve, reject) {
      var image = new Image();
      image.onload = function () {
        var canvas = document.createElement("canvas");
        canvas.width = 2 * picture.width;
        canvas.height = 2 * picture.height;
        canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
        canvas.toBlob(resolve, "image/png");
      };
      image.onerror = function () { reject(new Error("The picture could not be made.")); };
      image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(picture.text);
    });
  }

  function offer(figure) {
    var list = figure.querySelector(".chart-take ul");
    if (!list) return;
    var name = figure.id.replace(/^chart-/, "");
    var number = figure.querySelector(".chart-number").textContent;

    function button(words, action) {
      var item = document.createElement("li"), made = document.createElement("button");
      made.type = "button";
      made.className = "quiet";
      made.textContent = words;
      made.setAttribute("aria-label", words + ", " + number.toLowerCase());
      made.addEventListener("click", function () { action(made); });
      item.append(made);
      list.append(item);
    }
    button("Picture as shown (PNG)", function () {
      toPng(pictureOf(figure)).then(function (blob) { save(blob, name + ".png"); });
    });
    button("Picture as shown (SVG)", function () {
      save(new Blob([pictureOf(figure).text], { type: "image/svg+xml" }), name + ".svg");
    });
    if (!navigator.clipboard) return;
    button("Copy the link", function (made) {
      var link = figure.querySelector(".chart-link").href;
      navigator.clipboard.writeText(link).then(
        function () {
          made.textContent = "Copied";
          setTimeout(function () { made.textContent = "Copy the link"; }, 1500);
        },
        function () { made.textContent = "Not allowed"; }
      );
    });
  }

  /* ---------------------------------------------------------------- room for a drawing */

  /* How high the legends of a chart are; they stand side by side, and each in as many columns as
     the page has room for. A picture is so wide that each has the most columns. */
  function heightOfLegends(legends, width) {
    return Math.max.apply(null, legends.map(function (legend) {
      var room = width - (width < 480 ? legend[1] : 20);
      var columns = Math.max(1, Math.min(legend[3], Math.floor(room / legend[2])));
      return Math.ceil(legend[0] / columns) * legend[4];
    }));
  }

  /* A drawing is as high as its picture says, and higher by the rows that its legends get. */
  function keepRoom() {
    var width = figures[0].querySelector(".chart-canvas").clientWidth;
    figures.forEach(function (figure) {
      if (!figure.dataset.legends) return;
      var legends = JSON.parse(figure.dataset.legends);
      var more = heightOfLegends(legends, width) - heightOfLegends(legends, Infinity);
      if (more > 0) figure.querySelector(".chart-picture").style.marginBottom = more + "px";
    });
  }

  /* ---------------------------------------------------------------- drawing */

  /* A chart of several panels has no width of its own: draw it, see how wide it came out, mend.
     How much its labels take is known from its picture, so the first width mostly fits. */
  function fitPanels(view, panels, box, margin) {
    var width = box.clientWidth;
    var columns = width < 560 ? 1 : panels.columns;
    var names = panels.signals;
    function set(each) {
      names.forEach(function (name) { view.signal(name, Math.max(60, Math.floor(each))); });
      return view.resize().runAsync();
    }
    var first = width / columns - margin;
    return set(first).then(function () {
      var left = width - Number(box.querySelector("svg").getAttribute("width"));
      if (left < 0 || left > 6 * columns) return set(Math.max(60, Math.floor(first)) + left / columns);
    });
  }

  /* Vega draws, sees how much room the labels take, and draws again for the rest. Told what its
     picture took, it is right at once; where other letters are wider it still draws again. */
  function foresee(view, width, margin) {
    view.signal("width", width);
    if (!margin || width < 560 || !view._resizeWidth) return;
    view.signal("width", width - margin);
    view._resizeWidth.skip(true);
    view._width = width;
  }

  function viewOf(vega, figure) {
    var specification = specificationOf(figure);
    return new vega.View(
      vega.parse(specification, specification.config ? {} : settings, { ast: true }),
      { expr: vega.expressions, renderer: "svg", logLevel: 1 }
    );
  }

  /* Charts that were read and put together while the page was at rest, but not yet drawn. */
  var prepared = new Map();

  /* Let the page answer whoever scrolls or types before the next piece of work. */
  function pause() {
    return new Promise(function (resolve) { setTimeout(resolve, 0); });
  }

  function draw(figure) {
    var box = figure.querySelector(".chart-live");
    var panels = figure.dataset.panels ? JSON.parse(figure.dataset.panels) : null;
    var margin = Number(figure.dataset.margin);
    var view, width, since, spent;

    function lay() {
      if (panels) return fitPanels(view, panels, box, margin || 60);
      return view.runAsync();
    }

    function follow() {
      if (Math.abs(box.clientWidth - width) < 2 || !box.clientWidth) return;
      width = box.clientWidth;
      view.signal("bookWidth", width);
      if (panels) lay();
      /* By force: the plot may be as wide already as the figure is now. */
      else view.resize().signal("width", width, { force: true }).runAsync();
    }

    return loadEngine().then(function (vega) {
      since = performance.now();
      /* Asked before anything changes: later the browser would have to lay out the whole page. */
      width = box.clientWidth;
      view = prepared.get(figure) || viewOf(vega, figure);
      prepared.delete(figure);
      spent = performance.now() - since;
      return pause();
    }).then(function () {
      since = performance.now() - spent;
      if (!panels) foresee(view, width, margin);
      view.description(figure.querySelector(".chart-words").textContent);
      view.tooltip(tooltip).signal("bookWidth", width).initialize(box);
      /* A finger does not hover: a tap on a mark tells its values, one beside it hides them. */
      view.addEventListener("click", function (event, item) {
        tooltip(null, event, item, item && item.tooltip);
      });
      /* With the settings of the address before the first drawing, so it is drawn once. */
      connect(figure, view);
      return lay();
    }).then(function () {
      figure.chartView = view;
      figure.classList.add("live");
      performance.measure("draw " + figure.id, { start: since, end: performance.now() });
      explore(figure, view, box);
      offer(figure);
      new ResizeObserver(follow).observe(box);
    }).catch(function (error) {
      if (figure.querySelector(".chart-controls")) {
        figure.querySelector(".chart-controls").hidden = true;
      }
      figure.classList.remove("live");
      if (!figure.classList.contains("failed")) {
        figure.classList.add("failed"); /* no room is kept any longer */
        figure.querySelector(".chart-picture").style.marginBottom = "";
        var words = document.createElement("p");
        words.className = "chart-source";
        words.textContent = "This figure could not be drawn here. The picture shows the book\u2019s values.";
        figure.querySelector("figcaption").prepend(words);
      }
      console.error(figure.id + ": " + error.message);
    });
  }

  /* A browser is slow at what it does for the first time. While the page is at rest it practises on
     the first charts, out of sight, so that none that comes near the screen is its first one. Then
     it puts the charts together, one at a time, so that a chart that comes near is only drawn. */
  var wanted = false;
  var asked = new Set();
  function practise() {
    var sparing = navigator.connection && navigator.connection.saveData;
    var left = sparing ? [] : figures.slice(0, 3).map(rehearse).concat(figures.map(prepare));
    var idle = window.requestIdleCallback || function (work) { setTimeout(work, 100); };

    function rehearse(figure) {
      return function (vega) {
        if (wanted) return null;
        var box = document.createElement("div");
        var view = viewOf(vega, figure).initialize(box).signal("bookWidth", 640);
        if (!figure.dataset.panels) view.signal("width", 640);
        return view.runAsync().then(function () { view.finalize(); });
      };
    }

    function prepare(figure) {
      return function (vega) {
        if (!asked.has(figure)) prepared.set(figure, viewOf(vega, figure));
      };
    }

    function once() {
      var work = left.shift();
      if (!work) {
        performance.mark("charts ready");
        return;
      }
      loadEngine().then(work).catch(function () { left = []; }).then(function () { idle(once); });
    }
    idle(once);
  }

  /* One chart at a time, with a pause between two, so that the page answers while it draws. */
  var queue = Promise.resolve();
  function drawInTurn(figure) {
    wanted = true;
    asked.add(figure);
    queue = queue.then(function () { return draw(figure); }).then(pause);
  }

  keepRoom();
  if (!("IntersectionObserver" in window)) {
    figures.forEach(drawInTurn);
    return;
  }
  window.addEventListener("load", practise);
  var observer = new IntersectionObserver(
    function (entries) {
      entries.forEach(function (entry) {
        if (!entry.isIntersecting) return;
        observer.unobserve(entry.target);
        drawInTurn(entry.target);
      });
    },
    { rootMargin: "500px 0px" }
  );
  figures.forEach(function (figure) {
    /* Print shows what the address says, so such a chart does not wait until it is near. */
    if (isSetInAddress(figure)) drawInTurn(figure);
    else observer.observe(figure);
  });
})();
