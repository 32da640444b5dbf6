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

HEAD = b"Host: x\r\n"
GET, POST = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\n" + HEAD, b"POST /sparql HTTP/1.1\r\n" + HEAD
QUERY = b"Content-Type: application/sparql-query\r\n"
CHUNKED = POST + QUERY + b"Transfer-Encoding: chunked\r\n\r\n"
HIDDEN = b"GET /healthz?smuggled HTTP/1.1\r\nHost: x\r\n\r\n"
RAW = {
    "bytes": b"\x00\x01\x02\xff\xfe\r\n\r\n",
    "nothing but breaks of line": b"\r\n" * 5_000,
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 500,
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00",
    "HTTP/0.9": b"GET /sparql\r\n\r\n",
    "another version": b"GET / HTTP/9.9\r\nHost: x\r\n\r\n",
    "no address": b"GET HTTP/1.1\r\n\r\n",
    "no method": b" / HTTP/1.1\r\n\r\n",
    "another method": b"SPARQL / HTTP/1.1\r\nHost: x\r\n\r\n",
    "CONNECT": b"CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: x\r\n\r\n",
    "TRACE": b"TRACE /sparql HTTP/1.1\r\nHost: x\r\nCookie: secret\r\nConnection: close\r\n\r\n",
    "two lengths": POST + QUERY + b"Content-Length: 6\r\nContent-Length: 7\r\n\r\nASK {}" + HIDDEN,
    "the same length twice": POST + QUERY + b"Content-Length: 6\r\nContent-Length: 6\r\n\r\nASK {}" + HIDDEN,
    "lengths in a list": POST + QUERY + b"Content-Length: 6, 7\r\n\r\nASK {}" + HIDDEN,
    "a negative length": POST + QUERY + b"Content-Length: -1\r\n\r\nASK {}",
    "a length with a sign": POST + QUERY + b"Content-Length: +6\r\n\r\nASK {}" + HIDDEN,
    "a length in hexadecimal": POST + QUERY + b"Content-Length: 0x6\r\n\r\nASK {}" + HIDDEN,
    "a huge length": POST + QUERY + b"Content-Length: 99999999999999999999999999\r\n\r\nASK {}",
    "a length with a break of line": POST + QUERY + b"Content-Length:\r\n 6\r\n\r\nASK {}" + HIDDEN,
    "length and chunks": POST + QUERY + b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + HIDDEN,
    "chunks and length": POST + QUERY + b"Transfer-Encoding: chunked\r\nContent-Length: 6\r\n\r\n0\r\n\r\n" + HIDDEN,
    "chunks twice": POST + QUERY + b"Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n" + HIDDEN,
    "chunks and another encoding": POST + QUERY + b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" + HIDDEN,
    "chunks behind a space": POST + QUERY + b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + HIDDEN,
    "chunks in disguise": POST + QUERY + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + HIDDEN,
    "chunks behind a vertical tab": POST + QUERY + b"Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n" + HIDDEN,
    "a chunk of no size": CHUNKED + b"\r\nASK {}\r\n0\r\n\r\n",
    "a chunk of a huge size": CHUNKED + b"FFFFFFFFFFFFFFFFF\r\nASK {}\r\n0\r\n\r\n",
    "a chunk of a negative size": CHUNKED + b"-6\r\nASK {}\r\n0\r\n\r\n",
    "a chunk longer than its size": CHUNKED + b"2\r\nASK {}\r\n0\r\n\r\n" + HIDDEN,
    "a chunk with an extension without end": CHUNKED + b"6;" + b"x" * 300_000 + b"\r\nASK {}\r\n0\r\n\r\n",
    "chunks of one byte": CHUNKED + b"1\r\nx\r\n" * 20_000 + b"0\r\n\r\n",
    "trailers": CHUNKED + b"6\r\nASK {}\r\n0\r\n" + b"X: y\r\n" * 50_000 + b"\r\n",
    "a header without a name": GET + b": x\r\n\r\n",
    "a header without a colon": GET + b"xxx\r\n\r\n",
    "a header of two lines": GET + b"X: a\r\n b\r\n\r\n",
    "a header with NUL": GET + b"X: a\x00b\r\n\r\n",
    "a header with a bare return": GET + b"X: a\rInjected: b\r\n\r\n",
    "bare breaks of line": b"GET /healthz HTTP/1.1\nHost: x\n\n",
    "a NUL in the address": b"GET /id/\x00 HTTP/1.1\r\nHost: x\r\n\r\n",
    "bytes in the address": b"GET /id/\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n",
    "a space in the address": b"GET /id/a b HTTP/1.1\r\nHost: x\r\n\r\n",
    "no host": b"GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n",
    "two hosts": b"GET /healthz HTTP/1.1\r\nHost: x\r\nHost: y\r\nConnection: close\r\n\r\n",
    "a host with a script": b"GET / HTTP/1.1\r\nHost: <script>alert(1)</script>\r\nAccept: text/html\r\nConnection: close\r\n\r\n",
    "an address elsewhere": b"GET http://169.254.169.254/latest/meta-data HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    "an address of everything": b"OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    "expecting": POST + QUERY + b"Expect: 200-maybe\r\nContent-Length: 6\r\nConnection: close\r\n\r\nASK {}",
    "a range": b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: x\r\nRange: bytes="
    + b"0-1," * 9_000
    + b"0-1\r\nConnection: close\r\n\r\n",
    "many headers": GET + b"X: y\r\n" * 30_000 + b"\r\n",
    "one long header": GET + b"X: " + b"x" * 200_000 + b"\r\n\r\n",
    "a long name of a header": GET + b"x" * 200_000 + b": y\r\n\r\n",
    "headers without end": GET + b"X: " + b"x" * 300_000,
    "a long address": b"GET /" + b"a" * 300_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    "a long method": b"A" * 300_000,
    "many weights in Accept": GET + b"Accept: " + b"a/b;q=0.1," * 9_000 + b"*/*\r\nConnection: close\r\n\r\n",
    "broken weights in Accept": GET + b"Accept: ;;q=,,/;q=1e999,*/*;q=NaN,text/csv;q=-1\r\nConnection: close\r\n\r\n",
    "tags without end": GET + b"If-None-Match: " + b'W/"' * 30_000 + b"\r\nConnection: close\r\n\r\n",
    "a body that was not announced": GET + b"\r\n" + b"x" * 200_000,
    "a body too large": POST + QUERY + b"Content-Length: 3000000\r\nConnection: close\r\n\r\n" + b"x" * 3_000_000,
    "a body far too large": POST + QUERY + b"Content-Length: 99000000\r\n\r\n" + b"x" * 500_000,
    "a compressed body": POST
    + QUERY
    + b"Content-Encoding: gzip\r\nContent-Length: 6\r\nConnection: close\r\n\r\nASK {}",
    "a body of many parts": POST
    + b"Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 9\r\nConnection: close\r\n\r\n--x\r\n\r\n--x",
    "requests on requests": (GET + b"\r\n") * 300 + GET + b"Connection: close\r\n\r\n",
}
"""Answered by the protocol's means, or cut off; what is hidden behind a request is never answered as a request."""

UP = "../../../../etc/passwd"
PATHS = [
    f"/{UP}",
    f"/id/{UP}",
    f"/{UP.replace('.', '%2e')}",
    f"/{UP.replace('/', '%2f')}",
    f"/{UP.replace('.', '%2e').replace('/', '%2F')}",
    f"/{UP.replace('.', '%252e').replace('/', '%252f')}",
    f"/{UP.replace('/', '%5c')}",
    f"/{UP.replace('.', '%c0%ae')}",
    f"/{UP.replace('/', '%c0%af')}",
    f"/{UP.replace('.', '%ef%bc%8e')}",
    f"/{UP.replace('../', '....//')}",
    f"/{UP.replace('../', '..;/')}",
    f"/{UP.replace('../', '..%00/')}",
    f"/id/x.ttl/{UP}",
    "/etc/passwd",
    "//etc/passwd",
    "/%2fetc%2fpasswd",
    "/file:///etc/passwd",
    "/C:%5cWindows%5cwin.ini",
    "/secret/passwd",
    "/secret%2fpasswd",
    "/.git/config",
    "/.htaccess",
    "/%2ehtaccess",
    "/id/x.ttl%00.html",
    "/id/x%00",
    "/id/x.ttl~",
    "/id/x.ttl.bak",
    "/id/%ff%fe",
    "/id/%u002e",
    "/id/%",
    "/id/%e2%80%aex",
    "/id/a%0d%0aX-Injected:%20yes",
    "/id/%3Cscript%3Ealert(1)%3C/script%3E",
    "/id/" + "a" * 5_000,
    "/" + "a/" * 3_000,
    "/sparql/../../etc/passwd",
    "/sparql%00",
    "/proc/self/environ",
    "/id/${jndi:ldap:%2f%2f127.0.0.1%2fx}",
    "http://169.254.169.254/latest/meta-data",
]
"""Nothing is there: 404."""

ASK = "query=ASK%7B%7D"
PARAMETERS = {
    f"{ASK}&{ASK}": 400,
    "query=ASK%257B%257D": 400,
    "query=%2541SK%7B%7D": 400,
    "query[]=ASK%7B%7D": 200,  # no parameter of ours: the description is asked for
    "QUERY=ASK%7B%7D": 200,
    f"{ASK}&update=DROP%20ALL": 403,
    f"{ASK}&%75pdate=DROP%20ALL": 403,
    "update=": 403,
    "query=": 400,
    "query": 400,
    "query=%00": 400,
    "query=ASK%7B%7D%00": 400,
    "query=%ff%fe": 400,
    "query=%ED%A0%80": 400,
    "query=%C0%80": 400,
    "query=%zz": 400,
    "query=%": 400,
    f"{ASK}&default-graph-uri=relative": 400,
    f"{ASK}&default-graph-uri=": 400,
    f"{ASK}&default-graph-uri=%3Cscript%3E": 400,
    f"{ASK}&default-graph-uri=http://x/%00": 400,
    f"{ASK}&default-graph-uri=file:///etc/passwd": 200,  # a graph that is not there
    f"{ASK}&" + "&".join(f"named-graph-uri=a:{n}" for n in range(500)): 400,
    f"{ASK}" + "&" * 60_000: 400,
    f"{ASK}&" + "&".join(f"x{n}=1" for n in range(9_000)): 400,
    f"{ASK}&format=..%2f..%2fetc%2fpasswd": 406,
    f"{ASK}&format=%3Cscript%3E": 406,
    f"{ASK}&format=turtle": 406,
    f"{ASK}&callback=alert(1)": 200,
    f"{ASK}&timeout=999999&debug=on": 200,
    f"{ASK}&format=json%0d%0aX-Injected:%20yes": 406,
    "query=SELECT%20%2A%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D%20%23%E2%80%AE": 200,
}
"""The string behind ``/sparql?`` and what comes of it."""
