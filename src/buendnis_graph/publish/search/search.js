/* The search on a page: loads the index when it is first wanted, shows suggestions or results. Text is only ever set as text. */
(function () {
  "use strict";

  var SHOWN = 8, STEP = 50, FACETS = ["kind", "topic", "land", "form", "state", "completeness"];
  var WHAT = [null, "acronym", "former", "other"];
  var loading = null;

  /* The prepared index; loaded as a script, because pages read from a folder may not fetch. */
  function load(form) {
    loading = loading || new Promise(function (resolve, reject) {
      var script = document.createElement("script");
      script.src = form.dataset.index;
      script.onload = function () { resolve(buendnisFind.prepare(buendnisIndex)); };
      script.onerror = function () { loading = null; reject(new Error("index")); };
      document.head.append(script);
    });
    return loading;
  }

  function make(name, className, text) {
    var element = document.createElement(name);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  }

  function Search(form) {
    this.form = form;
    this.language = form.dataset.language;
    this.texts = JSON.parse(form.dataset.texts);
    this.input = form.querySelector("input[name=q]");
    this.status = form.querySelector(".search-status");
  }

  Search.prototype.address = function (doc) {
    var parts = doc.path.split("#");
    return this.form.dataset.home + parts[0] + ".html" + (parts[1] ? "#" + parts[1] : "");
  };

  Search.prototype.say = function (text) {
    this.status.textContent = text;
  };

  Search.prototype.counted = function (found) {
    if (!found.total) return this.texts.none;
    var number = found.total === 1 ? this.texts.one : this.texts.many.replace("{n}", found.total.toLocaleString(this.language));
    return found.similar ? this.texts.similar + " " + number : number;
  };

  /* A result: its title; what name matched, if not the title; its kind and where it is. */
  Search.prototype.fill = function (element, index, hit) {
    var doc = hit.doc, title = doc[this.language], at = this.language === "de" ? 1 : 2;
    element.append(make("bdi", "search-title", title));
    if (WHAT[hit.name.what]) {
      var why = make("span", "search-why", this.texts[WHAT[hit.name.what]] + ": ");
      why.append(make("bdi", "", hit.name.text));
      element.append(" ", why);
    }
    var land = index.facets.findIndex(function (facet) { return facet[0] === "land"; });
    var told = [index.kinds[doc.kind][at]];
    if (doc.facets[land].length === 1) told.push(index.facets[land][1][doc.facets[land][0]][at]);
    if (doc.year) told.push(String(doc.year));
    element.append(" ", make("span", "search-kind", told.join(" · ")));
  };

  Search.prototype.failed = function () {
    this.say(this.texts.failed);
    var lists = this.form.querySelector("noscript");
    if (lists) { /* its content is our own page's, and becomes markup only by the parser of a new document */
      var parsed = new DOMParser().parseFromString(lists.textContent, "text/html");
      lists.replaceWith.apply(lists, Array.from(parsed.body.childNodes));
    }
  };

  /* Suggestions below a field: a combobox with a list, after the ARIA Authoring Practices Guide. */
  function quick(search) {
    var input = search.input, list = search.form.querySelector("ul"), hits = [], active = -1, timer;
    Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })
      .forEach(function (pair) { input.setAttribute(pair[0], pair[1]); });
    list.setAttribute("role", "listbox");

    function close() {
      list.hidden = true;
      if (active >= 0) list.children[active].setAttribute("aria-selected", "false");
      active = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function choose(number) {
      active = (number + list.children.length) % list.children.length;
      Array.from(list.children).forEach(function (option, i) { option.setAttribute("aria-selected", String(i === active)); });
      input.setAttribute("aria-activedescendant", list.children[active].id);
      list.children[active].scrollIntoView({ block: "nearest" });
    }

    function show(index) {
      var asked = input.value.trim();
      list.replaceChildren();
      active = -1;
      input.removeAttribute("aria-activedescendant");
      if (asked.length < 2) { search.say(""); close(); return; }
      var found = buendnisFind.find(index, asked, {}, SHOWN);
      hits = found.hits;
      hits.forEach(function (hit, i) {
        var option = make("li", "search-option");
        option.id = list.id + "-" + i;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        search.fill(option, index, hit);
        list.append(option);
      });
      search.say(search.counted(found));
      list.hidden = !hits.length;
      input.setAttribute("aria-expanded", String(hits.length > 0));
    }

    function ask() {
      load(search.form).then(show, function () { search.failed(); });
    }

    input.addEventListener("focus", function () { load(search.form).catch(function () {}); }, { once: true });
    input.addEventListener("input", function () { clearTimeout(timer); timer = setTimeout(ask, 60); });
    input.addEventListener("blur", close);
    input.addEventListener("keydown", function (event) {
      if (event.isComposing) return;
      if (event.key === "Escape" && !list.hidden) { close(); event.preventDefault(); return; }
      if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !list.hidden) {
        choose(event.key === "ArrowDown" ? active + 1 : active < 0 ? -1 : active - 1);
        event.preventDefault();
      } else if (event.key === "ArrowDown" && input.value) {
        ask();
        event.preventDefault();
      } else if (event.key === "Enter" && active >= 0) {
        event.preventDefault();
        location.href = search.address(hits[active].doc);
      }
    });
    list.addEventListener("mousedown", function (event) { event.preventDefault(); /* the field keeps the focus */ });
    list.addEventListener("click", function (event) {
      var option = event.target.closest("li");
      if (option) location.href = search.address(hits[Array.from(list.children).indexOf(option)].doc);
    });
  }

  /* The page of the search: facets, all results, what was asked in the address. */
  function page(search) {
    var form = search.form, results = form.querySelector(".search-results"), shown = STEP, timer;
    var narrow = form.querySelector(".search-narrow");
    var more = make("button", "search-more", search.texts.more);
    more.type = "button";
    more.hidden = true;
    results.after(more);

    function filters() {
      var asked = {};
      FACETS.forEach(function (facet) { asked[facet] = form.elements[facet].value; });
      ["from", "to"].forEach(function (key) { asked[key] = parseInt(form.elements[key].value, 10) || 0; });
      return asked;
    }

    function options(index, counts) {
      var at = search.language === "de" ? 1 : 2;
      FACETS.forEach(function (facet) {
        var select = form.elements[facet], chosen = select.value || select.dataset.wanted || "";
        var rows = facet === "kind" ? index.kinds : index.facets.find(function (f) { return f[0] === facet; })[1];
        var all = make("option", "", search.texts.all);
        all.value = "";
        select.replaceChildren(all);
        rows.filter(function (row) { return counts[facet][row[0]] || row[0] === chosen; })
          .sort(function (a, b) { return a[at].localeCompare(b[at], search.language); })
          .forEach(function (row) {
            var option = make("option", "", row[at] + " (" + (counts[facet][row[0]] || 0) + ")");
            option.value = row[0];
            select.append(option);
          });
        select.value = chosen;
        delete select.dataset.wanted;
      });
    }

    function remember(asked) {
      var params = new URLSearchParams();
      if (search.input.value.trim()) params.set("q", search.input.value.trim());
      Object.keys(asked).forEach(function (key) { if (asked[key]) params.set(key, asked[key]); });
      try { history.replaceState(null, "", "?" + params); } catch (error) { /* pages read from a folder may not */ }
    }

    function show(index) {
      if (form.elements.kind.options.length === 0) options(index, buendnisFind.find(index, "", {}, 1).counts);
      var asked = filters(), words = search.input.value.trim();
      var found = buendnisFind.find(index, words, asked, shown);
      options(index, found.counts);
      if (narrow.hidden) { /* the first time: open where there is room, or where it already narrows */
        narrow.hidden = false;
        narrow.open = matchMedia("(min-width: 48em)").matches || Object.keys(asked).some(function (key) { return asked[key]; });
      }
      var idle = !words && !Object.keys(asked).some(function (key) { return asked[key]; });
      results.replaceChildren();
      (idle ? [] : found.hits).forEach(function (hit) {
        var item = make("li", "search-result"), link = make("a", "search-link");
        link.href = search.address(hit.doc);
        search.fill(link, index, hit);
        item.append(link);
        results.append(item);
      });
      more.hidden = idle || found.total <= found.hits.length;
      search.say(idle ? search.texts.idle : search.counted(found));
      remember(asked);
    }

    function ask() {
      if (!window.buendnisIndex) search.say(search.texts.loading);
      load(form).then(show, function () { search.failed(); });
    }

    function again() {
      shown = STEP;
      clearTimeout(timer);
      timer = setTimeout(ask, 120);
    }

    var given = new URLSearchParams(location.search);
    search.input.value = given.get("q") || "";
    FACETS.forEach(function (facet) { form.elements[facet].dataset.wanted = given.get(facet) || ""; });
    ["from", "to"].forEach(function (key) { form.elements[key].value = given.get(key) || ""; });
    form.addEventListener("input", again);
    form.addEventListener("submit", function (event) { event.preventDefault(); again(); });
    form.addEventListener("reset", function () { setTimeout(again); });
    more.addEventListener("click", function () {
      var first = results.children.length;
      shown += STEP;
      load(form).then(show).then(function () {
        if (results.children[first]) results.children[first].firstChild.focus();
      });
    });
    ask();
  }

  document.querySelectorAll("form[data-search]").forEach(function (form) {
    (form.dataset.search === "quick" ? quick : page)(new Search(form));
  });
})();
