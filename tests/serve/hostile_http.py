"""Hostile requests below and beside the queries: what is no good HTTP, paths, parameters."""

from __future__ import annotations

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
    "an expectation": POST + QUERY + b"Expect: 100-continue\r\nContent-Length: 6\r\n\r\nASK {}",
    "thousands of ranges": GET + b"Range: bytes=0-0" + b",4-5" * 20_000 + b"\r\n\r\n",
    "a long Accept-Language": b"GET /nosuch HTTP/1.1\r\n"
    + HEAD
    + b"Accept-Language: "
    + b"de;q=0.000 ;q, " * 7_000
    + b"\r\n\r\n",
    "HEAD with a body": b"HEAD" + POST[4:] + QUERY + b"Content-Length: %d\r\n\r\n" % len(HIDDEN) + HIDDEN,
    "GET with a body": GET + b"Content-Length: %d\r\n\r\n" % len(HIDDEN) + HIDDEN,
    "an offer of HTTP/2 with a body": POST
    + QUERY
    + b"Connection: Upgrade\r\nUpgrade: h2c\r\nContent-Length: %d\r\n\r\n" % len(HIDDEN)
    + HIDDEN,
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
