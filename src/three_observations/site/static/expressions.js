/* Turns the expressions of a chart into nested functions, once, without making code from strings.

   Vega's own interpreter walks the tree of an expression each time and makes new functions for
   every value; half the time of a drawing went there. What is not known here is left to it. */
(function (vega) {
  "use strict";
  var stock = vega.expressionInterpreter;

  var constants = {
    NaN: NaN, E: Math.E, LN2: Math.LN2, LN10: Math.LN10, LOG2E: Math.LOG2E, LOG10E: Math.LOG10E,
    PI: Math.PI, SQRT1_2: Math.SQRT1_2, SQRT2: Math.SQRT2, MIN_VALUE: Number.MIN_VALUE,
    MAX_VALUE: Number.MAX_VALUE
  };
  var functions = {
    isNaN: Number.isNaN, isFinite: Number.isFinite, parseFloat: parseFloat, parseInt: parseInt,
    clamp: function (value, low, high) { return Math.max(low, Math.min(high, value)); },
    length: function (list) { return list.length; },
    upper: function (text) { return String(text).toUpperCase(); },
    lower: function (text) { return String(text).toLowerCase(); },
    trim: function (text) { return String(text).trim(); },
    test: function (pattern, text) { return RegExp(pattern).test(text); },
    regexp: RegExp,
    year: function (date) { return new Date(date).getFullYear(); },
    month: function (date) { return new Date(date).getMonth(); },
    time: function (date) { return new Date(date).getTime(); }
  };
  ["abs", "acos", "asin", "atan", "atan2", "ceil", "cos", "exp", "floor", "log", "max", "min",
    "pow", "round", "sin", "sqrt", "tan"].forEach(function (name) { functions[name] = Math[name]; });

  /* One function for each operator, so that none has to look up what it does. */
  var pairs = {
    "+": function (l, r) { return function (_, d, i) { return l(_, d, i) + r(_, d, i); }; },
    "-": function (l, r) { return function (_, d, i) { return l(_, d, i) - r(_, d, i); }; },
    "*": function (l, r) { return function (_, d, i) { return l(_, d, i) * r(_, d, i); }; },
    "/": function (l, r) { return function (_, d, i) { return l(_, d, i) / r(_, d, i); }; },
    "%": function (l, r) { return function (_, d, i) { return l(_, d, i) % r(_, d, i); }; },
    "==": function (l, r) { return function (_, d, i) { return l(_, d, i) == r(_, d, i); }; },
    "!=": function (l, r) { return function (_, d, i) { return l(_, d, i) != r(_, d, i); }; },
    "===": function (l, r) { return function (_, d, i) { return l(_, d, i) === r(_, d, i); }; },
    "!==": function (l, r) { return function (_, d, i) { return l(_, d, i) !== r(_, d, i); }; },
    "<": function (l, r) { return function (_, d, i) { return l(_, d, i) < r(_, d, i); }; },
    "<=": function (l, r) { return function (_, d, i) { return l(_, d, i) <= r(_, d, i); }; },
    ">": function (l, r) { return function (_, d, i) { return l(_, d, i) > r(_, d, i); }; },
    ">=": function (l, r) { return function (_, d, i) { return l(_, d, i) >= r(_, d, i); }; }
  };
  var singles = {
    "+": function (a) { return +a; },
    "-": function (a) { return -a; },
    "!": function (a) { return !a; }
  };

  function Unknown() {}

  /* Where a part of an expression looks only at settings, their names; null if at the row too. */
  function settingsOf(node, found) {
    if (node.type === "Literal") return found;
    if (node.type === "Identifier") {
      if (["datum", "item", "event"].indexOf(node.name) >= 0) return null;
      if (!Object.prototype.hasOwnProperty.call(constants, node.name)) found["$" + node.name] = true;
      return found;
    }
    var children = {
      BinaryExpression: [node.left, node.right],
      LogicalExpression: [node.left, node.right],
      UnaryExpression: [node.argument],
      ConditionalExpression: [node.test, node.consequent, node.alternate],
      CallExpression: node.arguments
    }[node.type];
    if (!children) return null;
    if (node.type === "CallExpression") {
      var name = node.callee.name.replace(/^_/, "");
      if (!Object.prototype.hasOwnProperty.call(functions, name)) return null;
    }
    return children.every(function (child) { return settingsOf(child, found); }) ? found : null;
  }

  /* What is the same for every row is computed once for each setting, not once for each row. */
  function remembered(run, names) {
    var last = null, value;
    return function (_) {
      var same = last !== null;
      for (var i = 0; same && i < names.length; i++) same = last[i] === _[names[i]];
      if (!same) {
        last = names.map(function (name) { return _[name]; });
        value = run(_);
      }
      return value;
    };
  }

  function compile(node, known) {
    function part(child) {
      var run = compile(child, known);
      if (child.type === "Literal" || child.type === "Identifier") return run;
      var settings = settingsOf(child, {});
      return settings ? remembered(run, Object.keys(settings)) : run;
    }
    var make = {
      Literal: function () {
        var value = node.value;
        return function () { return value; };
      },
      Identifier: function () {
        var name = node.name, key = "$" + name;
        if (name === "datum") return function (_, datum) { return datum; };
        if (name === "item") return function (_, datum, item) { return item; };
        if (name === "event") throw new Unknown();
        if (Object.prototype.hasOwnProperty.call(constants, name)) {
          return function () { return constants[name]; };
        }
        return function (_) { return _[key]; };
      },
      MemberExpression: function () {
        if (!node.computed && node.object.name === "datum") {
          var field = node.property.name;
          return function (_, datum) {
            var value = datum[field];
            if (typeof value === "function") throw new Error("A chart may not reach a function.");
            return value;
          };
        }
        var object = part(node.object);
        var name = node.computed ? null : node.property.name;
        var property = node.computed ? part(node.property) : null;
        return function (_, datum, item) {
          var value = object(_, datum, item)[property ? property(_, datum, item) : name];
          if (typeof value === "function") throw new Error("A chart may not reach a function.");
          return value;
        };
      },
      CallExpression: function () {
        var name = node.callee.name.replace(/^_/, "");
        var given = node.arguments.map(part);
        var a = given[0], b = given[1], c = given[2];
        if (name === "if") {
          return function (_, datum, item) {
            return a(_, datum, item) ? b(_, datum, item) : c(_, datum, item);
          };
        }
        if (["view", "group", "xy", "x", "y"].indexOf(name) >= 0) throw new Unknown();
        var own = Object.prototype.hasOwnProperty.call(functions, name);
        if (!(name in known) && !own) throw new Unknown();
        var plain = own && !(name in known) && functions[name];
        if (plain && given.length === 1) {
          return function (_, datum, item) { return plain(a(_, datum, item)); };
        }
        if (plain && given.length === 2) {
          return function (_, datum, item) {
            return plain(a(_, datum, item), b(_, datum, item));
          };
        }
        return function (_, datum, item) {
          var values = new Array(given.length);
          for (var i = 0; i < given.length; i++) values[i] = given[i](_, datum, item);
          return (known[name] || functions[name]).apply(known, values);
        };
      },
      ArrayExpression: function () {
        var elements = node.elements.map(part);
        return function (_, datum, item) {
          return elements.map(function (element) { return element(_, datum, item); });
        };
      },
      BinaryExpression: function () {
        if (!pairs[node.operator]) throw new Unknown();
        return pairs[node.operator](part(node.left), part(node.right));
      },
      UnaryExpression: function () {
        var operate = singles[node.operator], argument = part(node.argument);
        if (!operate) throw new Unknown();
        return function (_, datum, item) { return operate(argument(_, datum, item)); };
      },
      ConditionalExpression: function () {
        var test = part(node.test), yes = part(node.consequent), no = part(node.alternate);
        return function (_, datum, item) {
          return test(_, datum, item) ? yes(_, datum, item) : no(_, datum, item);
        };
      },
      LogicalExpression: function () {
        var left = part(node.left), right = part(node.right);
        if (node.operator === "&&") {
          return function (_, datum, item) {
            return left(_, datum, item) && right(_, datum, item);
          };
        }
        return function (_, datum, item) { return left(_, datum, item) || right(_, datum, item); };
      },
      ObjectExpression: function () {
        var names = node.properties.map(function (property) {
          return property.key.type === "Literal" ? property.key.value : property.key.name;
        });
        var values = node.properties.map(function (property) { return part(property.value); });
        return function (_, datum, item) {
          var made = {};
          for (var i = 0; i < names.length; i++) made[names[i]] = values[i](_, datum, item);
          return made;
        };
      }
    }[node.type];
    if (!make) throw new Unknown();
    return make();
  }

  function attempt(work, otherwise) {
    try {
      return work();
    } catch (error) {
      if (error instanceof Unknown) return otherwise();
      throw error;
    }
  }

  /* As Vega does after each item: from two ends to a start and a size. */
  function place(item, channels, swap) {
    var kept;
    if (channels.x2) {
      if (channels.x) {
        if (swap && item.x > item.x2) { kept = item.x; item.x = item.x2; item.x2 = kept; }
        item.width = item.x2 - item.x;
      } else {
        item.x = item.x2 - (item.width || 0);
      }
    }
    if (channels.xc) item.x = item.xc - (item.width || 0) / 2;
    if (channels.y2) {
      if (channels.y) {
        if (swap && item.y > item.y2) { kept = item.y; item.y = item.y2; item.y2 = kept; }
        item.height = item.y2 - item.y;
      } else {
        item.y = item.y2 - (item.height || 0);
      }
    }
    if (channels.yc) item.y = item.yc - (item.height || 0) / 2;
  }

  /* Words that nobody may ever point at are computed when somebody does. */
  function Late(run) {
    this.late = true;
    this.run = run;
    this.signals = null;
  }
  Late.prototype.of = function (item) { return this.run(this.signals, item.datum, item); };

  vega.expressions = {
    operator: function (context, expression) {
      return attempt(function () {
        var run = compile(expression.ast, context.functions);
        return function (_) { return run(_); };
      }, function () { return stock.operator(context, expression); });
    },
    parameter: function (context, expression) {
      return attempt(function () {
        var run = compile(expression.ast, context.functions);
        return function (datum, _) { return run(_, datum); };
      }, function () { return stock.parameter(context, expression); });
    },
    event: stock.event,
    handler: stock.handler,
    encode: function (context, encode) {
      return attempt(function () {
        var channels = encode.channels, names = Object.keys(channels), late = null;
        var runs = names.map(function (name) {
          var run = compile(channels[name].ast, context.functions);
          if (name !== "tooltip" || channels[name].ast.type === "Literal") return run;
          late = new Late(run);
          return function () { return late; };
        });
        var swap = ["group", "image", "rect"].indexOf(encode.marktype) >= 0;
        return function (item, _) {
          var changed = 0;
          if (late) late.signals = _;
          for (var i = 0; i < names.length; i++) {
            var value = runs[i](_, item.datum, item);
            if (item[names[i]] !== value) {
              item[names[i]] = value;
              changed = 1;
            }
          }
          if (encode.marktype !== "rule") place(item, channels, swap);
          return changed;
        };
      }, function () { return stock.encode(context, encode); });
    }
  };
})(window.bookVega);
