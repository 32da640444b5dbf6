"""Hostile queries, by what they try. Each must be refused, stopped or answered, in time, by a server that lives on."""

from __future__ import annotations

MANY = 20_000


def nested(before: str, opening: str, middle: str, closing: str, after: str, times: int = MANY) -> str:
    return before + opening * times + middle + closing * times + after


def chained(name: str, step: str, times: int, count: str = "STRLEN(?{0}{1})") -> str:
    """Return a query in which each value is made of the one before it."""
    binds = "".join(f"BIND({step.format(f'?{name}{i}')} AS ?{name}{i + 1}) " for i in range(times))
    return f"SELECT ({count.format(name, times)} AS ?n) {{ BIND('hahahaha' AS ?{name}0) {binds}}}"


BRACKETS = {
    "groups": nested("ASK ", "{", "", "}", ""),
    "groups, never closed": "ASK " + "{" * MANY,
    "groups, only closed": "ASK {" + "}" * MANY,
    "expressions": nested("ASK { FILTER(", "(", "1", ")", ") }"),
    "expressions, spaced": nested("ASK { FILTER(", "( ", "1", ") ", ") }", 15_000),
    "expressions in comments' disguise": "ASK { FILTER(" + "(#)\n" * MANY + "1" + ")" * MANY + ") }",
    "expressions behind a comparison": f"ASK {{ FILTER(1 <'>') FILTER({nested('', '(', '1', ')', '')}) FILTER('x'!='y') }}",
    "paths": nested("ASK { ?s ", "(", "<a:a>", ")", " ?o }"),
    "paths with stars": nested("ASK { ?s ", "(", "<a:a>", ")*", " ?o }"),
    "negated paths": nested("ASK { ?s ", "!(", "<a:a>", ")", " ?o }"),
    "inverse paths": "ASK { ?s " + "^" * MANY + "<a:a> ?o }",
    "lists": nested("ASK { ?s ?p ", "(", "", ")", " }"),
    "lists as subjects": nested("ASK { ", "(", "1", ")", " ?p ?o }"),
    "blank nodes": nested("ASK { ", "[ ?p ", "1", "] ", "}"),
    "empty blank nodes": "ASK { ?s ?p " + "[],"[:3] * MANY + "[] }",
    "triple terms": nested("ASK { ?s ?p ", "<<( ?s ?p ", "1", " )>>", " }", 6_000),
    "reified triples": nested("ASK { ", "<< ?s ?p ", "1", " >>", " ?p ?o }", 6_000),
    "NOT EXISTS": nested("ASK { ", "FILTER NOT EXISTS { ", "?s ?p ?o", " }", " }", 3_500),
    "EXISTS": nested("ASK { ", "FILTER EXISTS { ", "?s ?p ?o", " }", " }", 4_000),
    "OPTIONAL": nested("ASK { ", "OPTIONAL {", "?s ?p ?o", "}", " }", 8_000),
    "MINUS": nested("ASK { ", "MINUS {", "?s ?p ?o", "}", " }", 10_000),
    "GRAPH": nested("ASK { ", "GRAPH ?g {", "?s ?p ?o", "}", " }", 7_000),
    "UNION": nested("ASK { ", "{ {} UNION ", "{}", "}", " }", 7_000),
    "subselects": nested("SELECT * { ", "{SELECT*{", "?s ?p ?o", "}}", " }", 8_000),
    "unary minus": "ASK { FILTER(" + "- " * MANY + "1 = 1) }",
    "unary plus": "ASK { FILTER(" + "+ " * MANY + "1 = 1) }",
    "not": "ASK { FILTER(" + "!" * MANY + "true) }",
    "IN lists": nested("ASK { FILTER(", "1 IN (", "1", ")", ") }", 12_000),
    "a long IN list": "ASK { FILTER(1 IN (" + "2," * 45_000 + "1)) }",
    "functions": nested("ASK { FILTER(", "STR(", "1", ")", " = '1') }", 15_000),
    "IF": nested("ASK { FILTER(", "IF(true,true,", "true", ")", ") }", 6_000),
    "COALESCE": nested("ASK { FILTER(", "COALESCE(", "true", ")", ") }", 9_000),
    "aggregates": nested("SELECT (", "SUM(", "?x", ")", " AS ?n) { ?s ?p ?x }", 15_000),
    "annotations": "ASK { ?s ?p 1 " + "{| ?p 1 " * 5_000 + "|} " * 5_000 + "}",
    "a sum": "ASK { FILTER(0" + "+1" * 30_000 + ") }",
    "or": "ASK { FILTER(false" + "||false" * 12_000 + ") }",
    "comparisons": "ASK { FILTER(1" + "=1" * 30_000 + ") }",
    "a sequence of paths": "ASK { ?s <a:a>" + "/<a:a>" * 14_000 + " ?o }",
    "alternatives of paths": "ASK { ?s <a:a>" + "|<a:a>" * 14_000 + " ?o }",
    "unions in a row": "ASK { {}" + " UNION {}" * 9_000 + " }",
    "semicolons": "ASK { ?s ?p ?o " + ";" * 90_000 + " }",
    "dots": "ASK { " + "?s ?p ?o ." * 9_000 + " }",
    "prologue": "PREFIX a: <a:> " * 6_000 + "ASK {}",
    "variables": "SELECT " + " ".join(f"?v{n}" for n in range(12_000)) + " {}",
    "one long name": "ASK { ?" + "x" * 99_000 + " ?p ?o }",
    "one long IRI": "ASK { <http://x/" + "x" * 99_000 + "> ?p ?o }",
    "more than is read": "ASK { ?s ?p '" + "x" * 900_000 + "' }",
}
"""Refused with 400, but for what is :data:`BORNE`."""
BORNE = {"one long name", "one long IRI"}

ASKS_OTHERS = {
    "plain": "ASK { SERVICE <{0}> { ?s ?p ?o } }",
    "silent": "ASK { SERVICE SILENT <{0}> { ?s ?p ?o } }",
    "of a variable": "ASK { VALUES ?u { <{0}> } SERVICE ?u { ?s ?p ?o } }",
    "in lower case": "ASK { service silent <{0}> { ?s ?p ?o } }",
    "in EXISTS": "ASK { FILTER EXISTS { SERVICE <{0}> { ?s ?p ?o } } }",
    "in a subselect": "ASK { { SELECT * { SERVICE SILENT <{0}> { ?s ?p ?o } } } }",
    "of a prefixed name": "PREFIX x: <{0}> ASK { SERVICEx: { ?s ?p ?o } }",
    "behind a comment": "ASK { #\nSERVICE#\n<{0}> { ?s ?p ?o } }",
    "glued": "ASK { FILTER(trueSERVICE <{0}> {}) }",
    "escaped": "ASK { \\u0053ERVICE <{0}> { ?s ?p ?o } }",
    "escaped at length": "ASK { \\U00000053ERVICE <{0}> { ?s ?p ?o } }",
    "escaped break of line": "ASK { #\\u000ASERVICE <{0}> { ?s ?p ?o }\n }",
    "behind a comparison": "ASK { FILTER(1 <'>') SERVICE <{0}> {} FILTER('x'!='y') }",
    "behind an escape in an IRI": "ASK { OPTIONAL { <a:\\u0061'> ?p ?o } SERVICE <{0}> {} OPTIONAL { <a:\\u0061'> ?p ?o } }",
    "LOAD": "LOAD <{0}>",
    "LOAD SILENT INTO": "LOAD SILENT <{0}> INTO GRAPH <a:g>",
    "FROM": "SELECT * FROM <{0}> { ?s ?p ?o }",
    "FROM NAMED": "SELECT * FROM NAMED <{0}> { GRAPH ?g { ?s ?p ?o } }",
    "FROM a file": "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "GRAPH": "ASK { GRAPH <{0}> { ?s ?p ?o } }",
    "DESCRIBE": "DESCRIBE <{0}>",
}
"""Nobody may be asked; ``{0}`` is a listening address."""

UPDATES = {
    "plain": "INSERT DATA { <a:a> <a:a> 1 }",
    "behind a comment": "# SELECT\nDROP ALL",
    "in mixed case": "iNsErT dAtA { <a:a> <a:a> 1 }",
    "behind a prologue": "PREFIX select: <a:> BASE <a:> DELETE WHERE { ?s ?p ?o }",
    "behind a query": "ASK {} ; DROP ALL",
    "in a query": "SELECT * { INSERT { ?s ?p ?o } WHERE {} }",
    "with WITH": "WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "CREATE": "CREATE GRAPH <a:g>",
    "COPY": "COPY DEFAULT TO <a:g>",
    "MOVE": "MOVE SILENT <a:g> TO DEFAULT",
    "escaped": "\\u0044ROP ALL",
    "behind a mark of byte order": "\ufeffDROP ALL",
    "behind an odd space": "\u2003DROP ALL",
}

COSTLY = {
    "triple cross product": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?a != ?d) }",
    "cross product of values": "SELECT (COUNT(*) AS ?n) { "
    + " ".join(f"VALUES ?v{i} {{ {' '.join(map(str, range(60)))} }}" for i in range(8))
    + " }",
    "cross product, sorted": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?f LIMIT 1",
    "cross product, distinct": "SELECT DISTINCT ?a ?d ?g ?c { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "cross product, grouped": "SELECT ?a (COUNT(DISTINCT ?f) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } GROUP BY ?a ?d",
    "cross product behind a huge OFFSET": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } OFFSET 9223372036854775000",
    "cross product with a huge LIMIT": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } LIMIT 18446744073709551615",
    "cross product in NOT EXISTS": "ASK { FILTER NOT EXISTS { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a = <a:no>) } }",
    "cross product in MINUS": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c MINUS { ?a ?e ?f . ?g ?h ?i . ?j ?k ?l } }",
    "cross product in a subselect": "SELECT (MAX(?n) AS ?m) { { SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } } }",
    "cross product, optional": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c OPTIONAL { ?d ?e ?f OPTIONAL { ?g ?h ?i } } }",
    "cross product, constructed": "CONSTRUCT { ?a ?e ?i } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "all graphs by all graphs": "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?a ?b ?c } GRAPH ?h { ?d ?e ?f } GRAPH ?i { ?j ?k ?l } }",
    "GROUP_CONCAT": "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?c), STR(?f))) AS ?all) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "GROUP_CONCAT, distinct": "SELECT (GROUP_CONCAT(DISTINCT CONCAT(STR(?a), STR(?d), STR(?g), STR(?c), STR(?f))) AS ?all) "
    "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "GROUP_CONCAT with a long separator": "SELECT (GROUP_CONCAT(STR(?a); SEPARATOR='"
    + "x" * 50_000
    + "') AS ?all) { ?a ?b ?c . ?d ?e ?f }",
    "doubled text": chained("x", "CONCAT({0}, {0})", 40),
    "squared text by REPLACE": chained("x", "REPLACE({0}, 'h', {0})", 12),
    "text multiplied by REPLACE": "SELECT (STRLEN(REPLACE(REPLACE('"
    + "a" * 5_000
    + "', 'a', '"
    + "b" * 2_000
    + "'), 'b', 'cccccccccc')) AS ?n) {}",
    "text of percent signs": chained("x", "ENCODE_FOR_URI(CONCAT('%', {0}, {0}))", 40),
    "doubled text, sorted": "SELECT ?x { ?s ?p ?o BIND(STR(?s) AS ?x0) "
    + "".join(f"BIND(CONCAT(?x{i}, ?x{i}) AS ?x{i + 1}) " for i in range(22))
    + "} ORDER BY ?x22",
    "doubled IRI": chained("x", "IRI(CONCAT('a:', STR({0}), STR({0})))", 40, "STRLEN(STR(?{0}{1}))"),
    "doubled text, hashed": chained("x", "CONCAT({0}, {0})", 31, "SHA512(?{0}{1})"),
    "paths from everywhere": "SELECT (COUNT(*) AS ?n) { ?a (!<a:a>|^!<a:a>)* ?b . ?c (!<a:a>|^!<a:a>)* ?d . ?e (!<a:a>|^!<a:a>)* ?f }",
    "stars of stars": "SELECT (COUNT(*) AS ?n) { ?a ((!<a:a>|^!<a:a>)*/(!<a:b>|^!<a:b>)*)* ?b . ?c (((!<a:a>)*|^(!<a:a>)*)*)* ?d . "
    "?e (!<a:a>|^!<a:a>)* ?f }",
    "long path": "SELECT (COUNT(*) AS ?n) { ?a " + "/".join(["(!<a:a>|^!<a:a>)"] * 12) + " ?b }",
    "regular expression, slow": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i "
    "FILTER(REGEX(CONCAT(STR(?a), STR(?f), STR(?i)), '(a|b|c|d|e)*(x+x+)+y')) }",
    "regular expression, slow to read": "ASK { ?s ?p ?o FILTER(REGEX(STR(?s), '" + "(.*){0,50}" * 300 + "z')) }",
    "everything described": "DESCRIBE * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "exists in a cross product": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER EXISTS { ?g ?h ?i . ?j ?k ?l "
    "FILTER(?i = ?l && ?g != ?j && STR(?a) = STR(?l)) } }",
}
"""Stopped: 503, and said why."""

HARMLESS = {
    "regular expression, nested": "SELECT * { BIND('" + "a" * 5_000 + "' AS ?x) FILTER(REGEX(?x, '(a+)+$')) }",
    "regular expression, counted": "ASK { FILTER(REGEX('a', '(((a{1,1000}){1,1000}){1,1000}){1,1000}')) }",
    "regular expression, deep": "ASK { FILTER(REGEX('a', '" + "(" * 20_000 + "a" + ")" * 20_000 + "')) }",
    "regular expression, broken": "ASK { FILTER(REGEX('a', '[')) }",
    "regular expression, classes": "ASK { FILTER(REGEX('a', '(\\\\p{L}{1,900}){1,900}')) }",
    "regular expression, backtracking": "ASK { FILTER(REGEX('" + "a" * 40_000 + "', '^(([a-z])+.)+[A-Z]([a-z])+$')) }",
    "REPLACE of nothing": "SELECT (REPLACE('" + "a" * 20_000 + "', '', 'x') AS ?x) {}",
    "division by zero": "SELECT (1/0 AS ?x) (1e308*1e308 AS ?y) {}",
    "large numbers": "SELECT (" + "9" * 20_000 + " AS ?x) (9223372036854775807+1 AS ?y) {}",
    "dates out of range": "SELECT ('999999999999-99-99'^^<http://www.w3.org/2001/XMLSchema#date> AS ?d) {}",
    "huge LIMIT and OFFSET": "SELECT * { ?s ?p ?o } OFFSET 18446744073709551615 LIMIT 18446744073709551615",
    "LIMIT out of range": "SELECT * { ?s ?p ?o } LIMIT 99999999999999999999999999",
    "negative LIMIT": "SELECT * { ?s ?p ?o } LIMIT -1",
    "SUBSTR out of range": "SELECT (SUBSTR('abc', -9223372036854775808, 9223372036854775807) AS ?x) {}",
    "no text": "",
    "only space": " \n\t ",
    "only a comment": "# SELECT * {}",
    "NUL": "ASK { ?s ?p '\x00' }",
    "NUL outside": "ASK {\x00}",
    "bidirectional marks": "ASK { ?s ?p '\u202e\u2066}' } #\u202e",
    "script": "SELECT ('<script>alert(1)</script>' AS ?x) {}",
    "script in a name": "SELECT ?x { ?x <javascript:alert(1)> <data:text/html,<script>> }",
    "a variable of other letters": "SELECT ?\u00e4\u4e2d { ?\u00e4\u4e2d ?p ?o } LIMIT 1",
    "a lone surrogate": "ASK { ?s ?p '\\uD800' }",
    "an unclosed text": "ASK { ?s ?p '''",
    "formulas": "SELECT ('=HYPERLINK(\"http://x\")' AS ?x) {}",
    "same blank node in two groups": "ASK { { _:a ?p ?o } { _:a ?q ?r } }",
    "functions of others": "SELECT (<http://example.org/exec>('id') AS ?x) {}",
    "pragma": "DEFINE get:soft 'replacing' SELECT * { ?s ?p ?o }",
}
"""Answered or refused, and soon."""
