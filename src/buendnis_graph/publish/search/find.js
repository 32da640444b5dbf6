/* The search itself: pure functions over the index, without a page. Used by search.js, and by Node in tests. */
(function (global) {
  "use strict";

  /* Kinds of names, as in the index: title, acronym, former name, other name. */
  var TITLE = 0, OTHER = 3;
  /* How well a name matches, from best; in between, titles come before acronyms, former and other names. */
  var EXACT = 7, BEGINS = 6, WORDS = 5, PREFIXES = 4, INSIDE = 3, INITIALS = 2, ACROSS = 1, SIMILAR = 1;

  var PLAIN = { "ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "a", "œ": "o", "ß": "ss", "ẞ": "ss" };
  var GENDER = /([A-Za-zÄÖÜäöüß]{2,})(?:[*:_·]-?[Ii]|\/-?i)(nnen|n(?![a-zäöüß]))/g;
  var INNER_I = /([a-zäöüß]{2,})I(nnen|n(?![a-zäöüß]))/g;

  /* A text as words that spellings have in common: no case, no accents, ü = ue = u, ß = ss, no marks of gender. */
  function fold(text) {
    return text
      .replace(GENDER, "$1i$2")
      .toLowerCase()
      .replace(/[øłđıæœßẞ]/g, function (c) { return PLAIN[c]; })
      .normalize("NFKD")
      .replace(/[\u0300-\u036f]/g, "")
      .replace(/(^|[^q])([aou])e/g, "$1$2")
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .trim()
      .replace(/ (e ?v|g?gmbh)$/, "");
  }

  /* The unmarked reading of marked forms ("Migrant*innen" as "Migranten"), or "" if there is none. */
  function unmarked(text) {
    var changed = text.replace(GENDER, plain).replace(INNER_I, plain);
    return changed === text ? "" : fold(changed);
  }

  function plain(whole, base, ending) {
    return /(er|el|en)$/i.test(base) || ending === "n" ? base : base + "en";
  }

  /* Folded names of each document, once a page. */
  function prepare(index) {
    var docs = index.docs.map(function (row, number) {
      var names = [], texts = [];
      function add(what, text) {
        var other = unmarked(text);
        names.push(name(what, text, fold(text)));
        if (other) names.push(name(what, text, other));
        texts.push(text);
      }
      add(TITLE, row[2]);
      if (row[3]) add(TITLE, row[3]);
      for (var i = 0; i < row[4].length; i += 2) add(row[4][i], row[4][i + 1]);
      return {
        number: number, path: row[0], kind: row[1], de: row[2], en: row[3] || row[2],
        isPage: index.kinds[row[1]][0] === "source",
        names: names, facets: row[5], year: row[6], words: names.flatMap(function (n) { return n.words; })
      };
    });
    return { kinds: index.kinds, facets: index.facets, docs: docs };
  }

  function name(what, text, folded) {
    return { what: what, text: text, folded: folded, joined: folded.replace(/ /g, ""), words: folded.split(" "),
      initials: folded.replace(/(\S)\S* ?/g, "$1") };
  }

  /* How well one name matches the words asked for; 0: not. */
  function quality(n, asked) {
    if (n.folded === asked.folded || n.joined === asked.joined) return EXACT;
    if (n.folded.startsWith(asked.folded)) return BEGINS;
    if (asked.words.every(function (w) { return n.words.includes(w); })) return WORDS;
    if (asked.words.every(function (w) { return begins(n.words, w); })) return PREFIXES;
    if (asked.words.every(function (w) { return begins(n.words, w) || (w.length > 3 && n.joined.includes(w)); })) return INSIDE;
    if (n.initials.length > 2 && n.initials === asked.folded) return INITIALS;
    return 0;
  }

  function begins(words, word) {
    return words.some(function (w) { return w.startsWith(word); });
  }

  /* The best match of a document as { score, name }, or null. */
  function match(doc, asked) {
    var best = null;
    doc.names.forEach(function (n) {
      var good = quality(n, asked), score = good * 10 + (OTHER - n.what);
      if (good && (!best || score > best.score)) best = { score: score, name: n };
    });
    if (!best && asked.words.length > 1 && asked.words.every(function (w) { return begins(doc.words, w); })) {
      best = { score: ACROSS * 10, name: doc.names[0] };
    }
    if (best && doc.isPage && best.score < EXACT * 10) best.score /= 100; /* what is read comes after what it is about */
    return best;
  }

  /* The same with small slips of the keys. */
  function similar(doc, asked) {
    var best = null;
    doc.names.forEach(function (n) {
      var slipped = 0;
      for (var i = 0; i < asked.words.length; i++) {
        var fewest = closest(n.words, asked.words[i]);
        if (fewest === Infinity) return;
        slipped += fewest;
      }
      var whole = n.words.length === asked.words.length && Math.abs(n.folded.length - asked.folded.length) <= 2;
      var score = SIMILAR * 10 + (OTHER - n.what) - 2 * slipped + (whole ? 4 : 0);
      if (!best || score > best.score) best = { score: score, name: n };
    });
    if (best && doc.isPage) best.score /= 100;
    return best;
  }

  function closest(words, word) {
    var allowed = word.length < 4 ? 0 : word.length < 8 ? 1 : 2, best = Infinity;
    words.forEach(function (w) {
      if (w.length + allowed < word.length) return;
      var d = slips(word, w, allowed);
      if (d <= allowed && d < best) best = d;
    });
    return best;
  }

  /* Letters wrong, missing, too many or exchanged between a word and the beginning of another (optimal string alignment). */
  function slips(a, b, allowed) {
    var before = [], last = [], row = [], i, j, width = Math.min(b.length, a.length + allowed);
    for (j = 0; j <= width; j++) last[j] = j;
    for (i = 1; i <= a.length; i++) {
      row = [i];
      for (j = 1; j <= width; j++) {
        var same = a[i - 1] === b[j - 1] ? 0 : 1;
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + same);
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      before = last;
      last = row;
    }
    return Math.min.apply(null, last);
  }

  /* Whether a document is among what the facets ask for; `but` names a facet that is not looked at. */
  function within(prepared, doc, filters, but) {
    if (filters.kind && but !== "kind" && prepared.kinds[doc.kind][0] !== filters.kind) return false;
    if (filters.from && !(doc.year >= filters.from)) return false;
    if (filters.to && !(doc.year && doc.year <= filters.to)) return false;
    return prepared.facets.every(function (facet, i) {
      var wanted = filters[facet[0]];
      return !wanted || facet[0] === but || doc.facets[i].some(function (v) { return facet[1][v][0] === wanted; });
    });
  }

  /*
   * Find documents. `filters` may have kind, topic, land, form, state, completeness (keys) and from, to (years).
   * Returns { total, similar, hits: [{ doc, name, score }], counts: { facet: { key: number } } }; a facet is counted
   * among what all others leave. Without words all that the filters leave is found.
   */
  function find(prepared, words, filters, limit) {
    var folded = fold(words || ""), other = unmarked(words || "");
    var asked = [folded, other].filter(Boolean).map(function (text) {
      return { folded: text, joined: text.replace(/ /g, ""), words: text.split(" ") };
    });
    filters = filters || {};
    var all = !(words || "").trim(), nearly = false;
    var hits = all ? prepared.docs.map(every) : collect(prepared, asked, match);
    if (!hits.length && asked.length) {
      hits = collect(prepared, asked, similar);
      nearly = hits.length > 0;
    }
    var counts = count(prepared, hits, filters);
    hits = hits.filter(function (hit) { return within(prepared, hit.doc, filters); });
    hits.sort(order);
    return { total: hits.length, similar: nearly, hits: hits.slice(0, limit || hits.length), counts: counts };
  }

  function every(doc) {
    return { doc: doc, name: doc.names[0], score: 0 };
  }

  function collect(prepared, asked, how) {
    var hits = [];
    prepared.docs.forEach(function (doc) {
      var best = null;
      asked.forEach(function (one) {
        var found = how(doc, one);
        if (found && (!best || found.score > best.score)) best = found;
      });
      if (best) hits.push({ doc: doc, name: best.name, score: best.score });
    });
    return hits;
  }

  function order(a, b) {
    return b.score - a.score || a.doc.kind - b.doc.kind || (a.score && a.name.folded.length - b.name.folded.length) ||
      compare(a.doc.names[0].folded, b.doc.names[0].folded) || compare(a.doc.path, b.doc.path);
  }

  function compare(a, b) {
    return a < b ? -1 : a > b ? 1 : 0;
  }

  function count(prepared, hits, filters) {
    var counts = { kind: {} };
    prepared.facets.forEach(function (facet) { counts[facet[0]] = {}; });
    hits.forEach(function (hit) {
      if (within(prepared, hit.doc, filters, "kind")) add(counts.kind, prepared.kinds[hit.doc.kind][0]);
      prepared.facets.forEach(function (facet, i) {
        if (hit.doc.facets[i].length && within(prepared, hit.doc, filters, facet[0])) {
          hit.doc.facets[i].forEach(function (v) { add(counts[facet[0]], facet[1][v][0]); });
        }
      });
    });
    return counts;
  }

  function add(counts, key) {
    counts[key] = (counts[key] || 0) + 1;
  }

  var api = { fold: fold, prepare: prepare, find: find };
  if (typeof module === "object" && module.exports) module.exports = api;
  else global.buendnisFind = api;
})(typeof self === "undefined" ? this : self);
